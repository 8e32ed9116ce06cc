"""Trains the color model on with one's own pictures: python -m colornn.fine_tune --pictures <folder> --out <folder>

Goes on from the weights that the program came with, chooses temperature and gain on pictures that were held out,
compares both models on those, and writes a folder of weights that the program can be started with. Every part is a
command of its own as well (train_color, tune_color, export_color, evaluate_color). Arguments that are not listed go to
colornn.train_color.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np

from colornn import train_color
from colornn.colormodel.pictures import to_network
from colornn.colormodel.saved import SavedColorModel
from colornn.colormodel.stills import HELD_OUT, list_pictures, load_stills
from colornn.evaluate_color import measure, summary
from colornn.export_color import export_run, load_run
from colornn.tune_color import chosen, rank

SHIPPED = Path(__file__).resolve().parents[1] / "weights"
COLOR_MODEL = "color-model"
# Networks that the program does without.
NOT_NEEDED = ("source-consistency",)
# Two held-out pictures are the least that anything can be chosen and compared on.
LEAST_PICTURES = 2 * HELD_OUT
MOST_HELD = 100
# Gentler than a training from scratch: what the network has learned is to stay.
USUAL = ["--rate", "3e-4", "--sizes", "0:128,0.75:160"]
LICENCE = (
    "Weights trained on with pictures of whoever made this file, from those of {name} {version}. "
    "Those: {licence} What the pictures' own licences ask for is up to whoever passes this file on."
)


def parse(arguments: list[str] | None = None) -> tuple[argparse.Namespace, list[str]]:
    p = argparse.ArgumentParser(
        prog="colornn.fine_tune", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("--pictures", type=Path, required=True, help="folder of color pictures, in subfolders or not")
    p.add_argument("--out", type=Path, required=True, help="new folder of weights for the program")
    p.add_argument("--weights", type=Path, default=SHIPPED, help="the folder of weights to go on from")
    p.add_argument("--run", type=Path, help="folder for checkpoints and the log; beside --out when left out")
    p.add_argument("--minutes", type=float, default=30, help="training time")
    return p.parse_known_args(arguments)


def check(pictures: Path, out: Path) -> None:
    """Raises SystemExit where there is too little to learn from, or something in the way."""
    if out.exists():
        raise SystemExit(f"{out} is there already: name a new folder.")
    try:
        count = len(list_pictures(pictures))
    except FileNotFoundError as error:
        raise SystemExit(str(error)) from None
    if count < LEAST_PICTURES:
        raise SystemExit(
            f"{pictures} holds {count} pictures; at least {LEAST_PICTURES} are needed: one in {HELD_OUT} is held out."
        )


def scores(folder: Path, truths: list[np.ndarray]) -> dict[str, float]:
    """Means of an exported color model over color pictures; see colornn.evaluate_color."""
    model = SavedColorModel(folder)
    return summary(measure(truths, lambda luma: model.chroma(to_network(luma, model.short_side))[0]))


def main(arguments: list[str] | None = None) -> None:
    args, others = parse(arguments)
    check(args.pictures, args.out)
    base = args.weights / COLOR_MODEL
    run = args.run or args.out.with_name(f"{args.out.name}-run")
    wish = ["--data", args.pictures, "--run", run, "--init-from", base, "--minutes", args.minutes]
    train_color.main([*USUAL, *map(str, wish), *others])

    _, held = load_stills(args.pictures).split()
    truths = chosen(held, MOST_HELD)
    before = json.loads((base / "model.json").read_text())
    true_share = scores(base, truths)["colorfulness"]
    # As colorful as before: a paler model has a lower error, and nobody wants it.
    best = rank(load_run(run)[0], truths, [before["shortSide"]], colorfulness=true_share)[0]

    shutil.copytree(args.weights, args.out, ignore=shutil.ignore_patterns(COLOR_MODEL, *NOT_NEEDED))
    licence = LICENCE.format(**{key: before[key] for key in ("name", "version", "licence")})
    version = f"{before['version']}, trained on"
    export_run(run, args.out / COLOR_MODEL, best["temperature"], best["gain"], before["shortSide"], version, licence)
    print(f"On {len(truths)} pictures that were held out:")
    for name, folder in (("before", base), ("after", args.out / COLOR_MODEL)):
        print(f"  {name:8}" + "".join(f"{key} {value:.3f}   " for key, value in scores(folder, truths).items()))
    print(f"To color with it: COLORNN_WEIGHTS={args.out} npm start")


if __name__ == "__main__":
    main()
