"""Does each part of the color model's training pay?

python -m colornn.ablate_color --data <stills> --test <stills> --features F

Trains one variant after another from nothing, for the same number of minutes, each with one part changed, and scores
all of them on the same pictures: as BT.601 sees them, and as random film saw them. A variant that was trained already
is not trained again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

VARIANTS: dict[str, tuple[str, ...]] = {
    "as shipped": (),
    "hard bins": ("--sigma", "0"),
    "colors weigh alike": ("--rebalance", "0"),
    "hard bins, colors weigh alike (the source's loss)": ("--sigma", "0", "--rebalance", "0"),
    "no film response": ("--film", "0"),
    "no class labels": ("--label", "0"),
}


def folder_of(runs: Path, name: str) -> Path:
    """The folder of a variant: its name with everything but letters and digits as a dash."""
    return runs / "".join(c if c.isalnum() else "-" for c in name)


def train(name: str, options: argparse.Namespace) -> None:
    """Runs colornn.train_color for one variant, unless its weights are there."""
    run = folder_of(options.runs, name)
    if (run / "done").exists():
        return
    command = [
        sys.executable,
        "-m",
        "colornn.train_color",
        "--data",
        options.data,
        "--run",
        run,
        "--minutes",
        options.minutes,
        "--sizes",
        f"0:{options.size}",
        *VARIANTS[name],
    ]
    if options.features:
        command += ["--features", options.features]
    print(f"\n{name}", flush=True)
    subprocess.run([str(part) for part in command], check=True)
    (run / "done").touch()


def coloring(run: Path, temperature: float) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Luma (1, H, W, 1) -> chroma (H/2, W/2, 2) and logits (H/2, W/2, 2, 30), by the averaged weights of a run."""
    import tensorflow as tf

    from colornn.color import annealed_mean
    from colornn.export_color import load_run

    model, _, _ = load_run(run)
    logits_of = tf.function(lambda x: model(x, training=False)["bins"], reduce_retracing=True)

    def color(luma: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        logits = logits_of(tf.constant(luma))
        return np.asarray(annealed_mean(logits, temperature))[0], np.asarray(logits)[0]

    return color


def scores(truths: list[np.ndarray], lumas: list[np.ndarray], color: Callable, short_side: int) -> dict[str, float]:
    """Means over pictures of what `color` makes of their `lumas` (h, w), under the true luma.

    CIEDE2000, chroma PSNR (dB), colorfulness as a share of the truth's, top-1 accuracy of the bins of U and of V.
    """
    import cv2

    from colornn.color import chroma_to_bins, rgb_to_yuv
    from colornn.colormodel.pictures import compose, to_network
    from colornn.evaluation import metrics

    rows = []
    for truth, luma in zip(truths, lumas, strict=True):
        chroma, logits = color(to_network(luma, short_side))
        yuv = rgb_to_yuv(truth)
        result = compose(yuv[..., 0], chroma)
        lab, true_lab = metrics.rgb_to_lab(result), metrics.rgb_to_lab(truth)
        true_bins = np.asarray(
            chroma_to_bins(cv2.resize(yuv[..., 1:], logits.shape[1::-1], interpolation=cv2.INTER_AREA))
        )
        hits = (logits.argmax(-1) == true_bins).mean(axis=(0, 1))
        rows.append(
            (
                metrics.ciede2000(lab, true_lab).mean(),
                metrics.chroma_psnr(lab, true_lab),
                metrics.colorfulness(result),
                metrics.colorfulness(truth),
                *hits,
            )
        )
    error, psnr, ours, true, u, v = (float(x) for x in np.mean(rows, axis=0))
    return {"CIEDE2000": error, "chroma PSNR": psnr, "colorfulness": ours / true, "top-1 U": u, "top-1 V": v}


def main() -> None:
    p = argparse.ArgumentParser(prog="colornn.ablate_color", description=__doc__)
    p.add_argument("--data", type=Path, required=True, help="folder with one subfolder of pictures per class")
    p.add_argument("--test", type=Path, required=True, help="folder with one subfolder of pictures per kind")
    p.add_argument("--features", type=Path, help="ImageNet weights of EfficientNet-Lite0, PyTorch .pth")
    p.add_argument("--minutes", type=float, default=30, help="of training, each variant")
    p.add_argument("--size", type=int, default=96)
    p.add_argument("--short-side", type=int, default=160, help="of the pictures when they are scored")
    p.add_argument("--temperature", type=float, default=0.4)
    p.add_argument("--runs", type=Path, default=Path("runs/ablate-color"))
    p.add_argument("--only", nargs="*", choices=list(VARIANTS), help="train these alone; score all there are")
    options = p.parse_args()
    for name in options.only or VARIANTS:
        train(name, options)

    from colornn.color import rgb_to_yuv
    from colornn.colormodel.stills import list_pictures, read_rgb
    from colornn.propagation.film import film_luma

    truths = [read_rgb(path).astype(np.float32) / 255 for path in list_pictures(options.test)]
    seen = {
        "BT.601": [rgb_to_yuv(truth)[..., 0] for truth in truths],
        "film": [film_luma(truth[None], np.random.default_rng(i))[0] for i, truth in enumerate(truths)],
    }
    table = {}
    for name in VARIANTS:
        run = folder_of(options.runs, name)
        if (run / "done").exists():
            color = coloring(run, options.temperature)
            table[name] = {kind: scores(truths, lumas, color, options.short_side) for kind, lumas in seen.items()}
            for kind, row in table[name].items():
                print(f"{name:52}{kind:8}" + "  ".join(f"{key} {value:.3f}" for key, value in row.items()), flush=True)
    (options.runs / "table.json").write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
