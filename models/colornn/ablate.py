"""`python -m colornn.ablate --clips <training clips> --stills <folder> --eval <clips>`: does each part of the pass pay?

Trains one variant after another from the same start, for the same time, each with one part changed, and scores all
of them on the same frames. A variant that was trained already is not trained again, so a broken run can be resumed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
WEIGHTS = Path(__file__).resolve().parents[1] / "weights"


@dataclass(frozen=True)
class Variant:
    """title: for the table; arguments: what its training does differently; keyframes: whether its memory has them."""

    title: str
    arguments: tuple[str, ...] = ()
    keyframes: bool = True
    trained_as: str | None = None


VARIANTS = {
    "base": Variant("as shipped"),
    "predecessor": Variant("memory: the predecessor alone", ("--no-keyframes",), keyframes=False),
    "blind": Variant("the same, as shipped but for its memory", keyframes=False, trained_as="base"),
    "forced": Variant("teacher forcing: true predecessors", ("--own", "0", "--rounds", "1")),
    "short": Variant("runs of four frames, not carried over", ("--rounds", "1")),
    "imitated": Variant("imitated guesses of the color model", ("--no-color-model",)),
    "plain": Variant("plain luma: no film response, no damage", ("--film", "0")),
}


def train(name: str, variant: Variant, options: argparse.Namespace) -> None:
    """Runs colornn.train_pass for one variant, unless its weights are there."""
    run = options.runs / name
    if variant.trained_as or (run / "done").exists():
        return
    arguments = list(variant.arguments)
    if "--no-color-model" in arguments:
        arguments.remove("--no-color-model")
    else:
        arguments += ["--color-model", str(options.color_weights)]
    command = [
        sys.executable,
        "-m",
        "colornn.train_pass",
        "--clips",
        options.clips,
        "--stills",
        options.stills,
        *(("--squeezenet", options.squeezenet) if options.squeezenet else ("--init-from", options.init_from)),
        "--run",
        run,
        "--minutes",
        options.minutes,
        "--max-steps",
        options.steps,
        "--sizes",
        f"0:{options.size}",
        "--batch",
        options.batch,
        *arguments,
    ]
    print(f"\n{variant.title}", flush=True)
    subprocess.run([str(part) for part in command], check=True)
    (run / "done").touch()


def aged(luma: np.ndarray, seed: int) -> np.ndarray:
    """A clip's luma (n, h, w) with grain, flicker, dust and scratches, the same for every variant."""
    from colornn.propagation.film import film_luma

    gray = np.repeat(luma[..., None], 3, -1)
    return film_luma(gray, np.random.default_rng(seed), 0.8)


def scores(clip, lumas: np.ndarray, propagate: Callable) -> dict[str, float]:
    """Chroma PSNR of all frames and of the last fifth from the first frame's colors, dB, and of the colorfulness."""
    from colornn.evaluation import metrics
    from colornn.evaluation.clips import compose

    chroma = propagate(lumas, {0: clip.chroma[0]})
    results = [compose(clip.luma[t], chroma[t]) for t in range(1, len(clip))]
    psnr = [metrics.chroma_psnr(metrics.rgb_to_lab(r), clip.lab[t + 1]) for t, r in enumerate(results)]
    colorful = [metrics.colorfulness(r) / max(clip.colorfulness[t + 1], 1e-3) for t, r in enumerate(results)]
    last = max(1, len(psnr) // 5)
    return {
        "all": float(np.mean(psnr)),
        "last fifth": float(np.mean(psnr[-last:])),
        "colorful": float(np.mean(colorful)),
    }


def evaluate(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Scores every trained variant on the clips, clean and aged; prints a line each."""
    import keras

    from colornn.evaluation.clips import list_clips, read_clip
    from colornn.propagation import store
    from colornn.propagation.live_pass import LivePass
    from colornn.propagation.network import ConsistencyPass
    from colornn.propagation.saved_pass import SavedPass

    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    clips = [read_clip(path, options.short_side, options.frames) for path in list_clips(options.eval)]
    old = [aged(clip.luma, seed) for seed, clip in enumerate(clips)]
    guesses = SavedPass(WEIGHTS / "consistency-pass", options.color_weights, options.short_side, "bf16")
    table: dict[str, dict[str, float]] = {}
    passes: dict[str, LivePass] = {}
    for name, variant in VARIANTS.items():
        path = options.runs / (variant.trained_as or name) / "weights.npz"
        if not path.exists():
            continue
        network = ConsistencyPass()
        network.build()
        store.load(network, path)
        passes[name] = LivePass(network, options.short_side, variant.keyframes)
        passes[name].share_guesses(guesses)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in passes}
    for clip, damaged in zip(clips, old, strict=True):
        for kind, lumas in (("clean", clip.luma), ("aged", damaged)):
            for name, one in passes.items():
                got = scores(clip, lumas, one.propagate)
                found[name].append({f"{kind}, {key}": value for key, value in got.items()})
    print(f"\n{len(clips)} clips, first frame as reference; chroma PSNR in dB")
    for name, rows in found.items():
        keys = sorted({key for row in rows for key in row})
        table[name] = {key: float(np.mean([row[key] for row in rows if key in row])) for key in keys}
        print(f"{VARIANTS[name].title:44s}" + "  ".join(f"{k} {v:.2f}" for k, v in table[name].items()), flush=True)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True, help="color clips to train on")
    parser.add_argument("--stills", type=Path, required=True, help="color pictures to set in motion")
    parser.add_argument("--eval", type=Path, required=True, help="color clips to score on, never trained on")
    parser.add_argument(
        "--init-from", type=Path, default=WEIGHTS / "consistency-pass", help="where every variant starts"
    )
    parser.add_argument(
        "--squeezenet", type=Path, help="SqueezeNet 1.1's ImageNet weights: start from them alone instead"
    )
    parser.add_argument("--color-weights", type=Path, default=WEIGHTS / "color-model")
    parser.add_argument("--steps", type=int, default=600, help="updates of each variant: the same for all")
    parser.add_argument("--minutes", type=float, default=600, help="at most, each")
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--short-side", type=int, default=256)
    parser.add_argument("--frames", type=int, help="at most this many of each clip")
    parser.add_argument("--runs", type=Path, default=Path("runs/ablate"))
    parser.add_argument("--only", nargs="*", choices=list(VARIANTS), help="train these alone; score all there are")
    options = parser.parse_args()
    for name, variant in VARIANTS.items():
        if not options.only or name in options.only:
            train(name, variant, options)
    table = evaluate(options)
    (options.runs / "table.json").write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
