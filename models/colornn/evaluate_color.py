"""Measures the exported color model on pictures it has never seen, beside gray and beside one mean color.

python -m colornn.evaluate_color --test <folder of class folders> --train <training folder> [--sheets sheets]

Every picture is colored from its own BT.601 luma, the true luma is put under the result, and the two pictures are
compared at full size: CIEDE2000, chroma PSNR (a and b of CIELAB), PSNR, colorfulness as a share of the truth's, and the
source system's measure, top-1 accuracy over the 30 bins of U and of V.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from colornn.color import chroma_to_bins, rgb_to_yuv
from colornn.colormodel.pictures import compose, to_network
from colornn.colormodel.saved import DEFAULT, SavedColorModel
from colornn.colormodel.sheet import contact_sheet
from colornn.colormodel.stills import list_pictures, load_stills, read_rgb
from colornn.evaluation import metrics

# Given a picture's luma (h, w), its chroma (of any size).
Coloring = Callable[[np.ndarray], np.ndarray]


def mean_chroma(folder: Path) -> np.ndarray:
    """The mean U and V of all training pictures, (2,)."""
    pictures = load_stills(folder).pictures
    return np.mean([rgb_to_yuv(rgb[::4, ::4] / 255.0)[..., 1:].mean(axis=(0, 1)) for rgb in pictures], axis=0)


def measure(truths: list[np.ndarray], color: Coloring) -> np.ndarray:
    """One row a picture (h, w, 3), 0..1: CIEDE2000, chroma PSNR, PSNR, colorfulness of the result and of the truth."""
    rows = []
    for truth in truths:
        luma = rgb_to_yuv(truth)[..., 0]
        result = compose(luma, color(luma))
        lab, true_lab = metrics.rgb_to_lab(result), metrics.rgb_to_lab(truth)
        rows.append(
            (
                metrics.ciede2000(lab, true_lab).mean(),
                metrics.chroma_psnr(lab, true_lab),
                metrics.psnr(result, truth),
                metrics.colorfulness(result),
                metrics.colorfulness(truth),
            )
        )
    return np.array(rows)


def summary(rows: np.ndarray) -> dict[str, float]:
    """Means over the rows of measure; colorfulness as a share of the truth's."""
    error, chroma, every, ours, true = (float(value) for value in rows.mean(axis=0))
    return {"CIEDE2000": error, "chroma PSNR": chroma, "PSNR": every, "colorfulness": ours / true}


def bin_accuracies(truths: list[np.ndarray], model: SavedColorModel, short_side: int) -> np.ndarray:
    """Top-1 accuracy of each picture's U and V bins, (n, 2), at the network's size: the source system's measure."""
    hits = []
    for truth in truths:
        yuv = rgb_to_yuv(truth)
        logits = model.logits(to_network(yuv[..., 0], short_side))[0]
        chroma = cv2.resize(yuv[..., 1:], logits.shape[1::-1], interpolation=cv2.INTER_AREA)
        hits.append((logits.argmax(-1) == np.asarray(chroma_to_bins(chroma))).mean(axis=(0, 1)))
    return np.array(hits)


def main() -> None:
    p = argparse.ArgumentParser(prog="colornn.evaluate_color", description="Measures the exported color model.")
    p.add_argument("--test", type=Path, required=True, help="folder with one subfolder of pictures per kind")
    p.add_argument("--train", type=Path, required=True, help="the training folder, for its mean color")
    p.add_argument("--model", type=Path, default=DEFAULT)
    p.add_argument("--short-side", type=int, help="the network's short side; the model's own when left out")
    p.add_argument("--sheets", type=Path, help="folder for contact sheets, one a kind: gray, ours, truth")
    p.add_argument("--json", type=Path, help="file for the figures")
    args = p.parse_args()
    model = SavedColorModel(args.model)
    short_side = args.short_side or model.short_side
    constant = mean_chroma(args.train).reshape(1, 1, 2)

    def ours(luma: np.ndarray) -> np.ndarray:
        return model.chroma(to_network(luma, short_side))[0]

    ways: dict[str, Coloring] = {
        "gray": lambda luma: np.zeros((1, 1, 2), np.float32),
        "mean color": lambda luma: constant,
        "ColoRNN": ours,
    }
    kinds = {
        folder.name: [read_rgb(path).astype(np.float32) / 255 for path in list_pictures(folder)]
        for folder in sorted(args.test.iterdir())
        if folder.is_dir()
    }
    measured: dict[str, list[np.ndarray]] = {name: [] for name in ways}
    hits: list[np.ndarray] = []
    results: dict[str, dict] = {}

    def report(kind: str, rows: dict[str, np.ndarray], bins: np.ndarray) -> None:
        results[kind] = {name: summary(values) for name, values in rows.items()}
        results[kind]["ColoRNN"] |= {"top-1 U": float(bins[:, 0].mean()), "top-1 V": float(bins[:, 1].mean())}
        print(f"\n{kind}: {len(bins)} pictures, network short side {short_side}")
        for name, row in results[kind].items():
            print(f"  {name:12}" + "".join(f"{key} {value:8.3f}   " for key, value in row.items()), flush=True)

    for kind, truths in kinds.items():
        rows = {name: measure(truths, way) for name, way in ways.items()}
        hits.append(bin_accuracies(truths, model, short_side))
        report(kind, rows, hits[-1])
        for name, values in rows.items():
            measured[name].append(values)
        if args.sheets:
            args.sheets.mkdir(parents=True, exist_ok=True)
            contact_sheet(truths, ours, args.sheets / f"{kind.replace('_', '-')}.jpg")
    report("all", {name: np.concatenate(values) for name, values in measured.items()}, np.concatenate(hits))
    if args.json:
        args.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
