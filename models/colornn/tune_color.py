"""Chooses the decoder's temperature and gain on held-out training pictures.

python -m colornn.tune_color --run runs/color --data <training folder>

The annealed mean of Zhang et al. 2016 has one knob, the temperature; a gain on chroma is a second one. Both trade
exactness against vividness, so the pair with the lowest CIEDE2000 is taken among those that are colorful enough.
Test pictures are never looked at here.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import keras
import numpy as np
import tensorflow as tf

from colornn.color import annealed_mean, rgb_to_yuv
from colornn.colormodel.pictures import compose, to_network
from colornn.colormodel.stills import Stills, load_stills
from colornn.evaluation import metrics
from colornn.export_color import load_run

TEMPERATURES = (0.25, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0)
GAINS = (1.0, 1.05, 1.1, 1.15, 1.3, 1.5)


def chosen(held: Stills, most: int) -> list[np.ndarray]:
    """At most so many of the held-out pictures, the same ones every time; RGB 0..1."""
    order = np.random.default_rng(1).permutation(len(held))[:most]
    return [held.pictures[i].astype(np.float32) / 255 for i in order]


def rank(model: keras.Model, truths: list[np.ndarray], short_sides: Sequence[int], colorfulness: float) -> list[dict]:
    """Short sides, temperatures and gains, the lowest CIEDE2000 first, of those that give at least this share of the
    truths' colorfulness; where none does, of all."""
    labs = [metrics.rgb_to_lab(rgb) for rgb in truths]
    true_colorfulness = np.mean([metrics.colorfulness(rgb) for rgb in truths])
    run = tf.function(lambda x: model(x, training=False)["bins"], reduce_retracing=True)
    rows = []
    for short_side in short_sides:
        logits = [run(tf.constant(to_network(rgb_to_yuv(rgb)[..., 0], short_side))) for rgb in truths]
        for temperature in TEMPERATURES:
            means = [np.asarray(annealed_mean(one, temperature))[0] for one in logits]
            for gain in GAINS:
                errors, colorful = [], []
                for rgb, lab, chroma in zip(truths, labs, means, strict=True):
                    picture = compose(rgb_to_yuv(rgb)[..., 0], gain * chroma)
                    colorful.append(metrics.colorfulness(picture))
                    small = [
                        cv2.resize(x, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
                        for x in (metrics.rgb_to_lab(picture), lab)
                    ]
                    errors.append(metrics.ciede2000(*small).mean())
                row = {"shortSide": short_side, "temperature": temperature, "gain": gain}
                rows.append(
                    row
                    | {
                        "ciede2000": float(np.mean(errors)),
                        "colorfulness": float(np.mean(colorful) / true_colorfulness),
                    }
                )
    enough = [row for row in rows if row["colorfulness"] >= colorfulness] or rows
    return sorted(enough, key=lambda row: row["ciede2000"])


def main() -> None:
    p = argparse.ArgumentParser(prog="colornn.tune_color", description="Chooses the decoder's temperature and gain.")
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True, help="the training folder; its held-out pictures are used")
    p.add_argument("--short-sides", type=int, nargs="+", default=[160, 192, 224, 256])
    p.add_argument("--pictures", type=int, default=100)
    p.add_argument("--colorfulness", type=float, default=0.75, help="the least share of the truth's colorfulness")
    args = p.parse_args()
    model, _, _ = load_run(args.run)
    _, held = load_stills(args.data).split()
    for row in rank(model, chosen(held, args.pictures), args.short_sides, args.colorfulness)[:12]:
        print(json.dumps(row))


if __name__ == "__main__":
    main()
