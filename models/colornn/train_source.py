"""Trains the source's consistency model: python -m colornn.train_source --clips <folder> --minutes 15

As the source describes it: adjacent pairs, the true predecessor in bins, plain cross-entropy over 30 + 30 bins. The
color model is the exported one and stays as it is. Writes weights/source-consistency/weights.npz and its settings.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from colornn.color import soft_encode
from colornn.colormodel.losses import LossOptions, bin_loss, top1
from colornn.colormodel.saved import DEFAULT, SavedColorModel
from colornn.colormodel.trainer import cosine_rate
from colornn.source.network import WIDTHS, build_consistency_model
from colornn.source.pairs import load_frames, pair_batch
from colornn.source.store import WEIGHTS, save_weights


def main(arguments: list[str] | None = None) -> None:
    p = argparse.ArgumentParser(prog="colornn.train_source", description="Trains the source's consistency model.")
    p.add_argument("--clips", type=Path, required=True)
    p.add_argument("--only", default="", help="train on clips whose names start with this alone")
    p.add_argument("--color-model", type=Path, default=DEFAULT)
    p.add_argument("--out", type=Path, default=WEIGHTS)
    p.add_argument("--minutes", type=float, default=15)
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--size", type=int, default=128)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--seed", type=int, default=1)
    args = p.parse_args(arguments)

    keras.utils.set_random_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    clips = load_frames(args.clips, args.only)
    print(f"{len(clips)} clips, {sum(len(c.rgb) for c in clips)} frames", flush=True)
    color_model = SavedColorModel(args.color_model, "bf16")
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    model = build_consistency_model()
    optimizer = keras.optimizers.Adam(args.rate)
    optimizer.build(model.trainable_variables)
    plain, even = LossOptions(sigma=0, rebalance=0), np.ones((2, 30), np.float32)

    @tf.function
    def step(luma, own, before, chroma):
        with tf.GradientTape() as tape:
            logits = model([luma, own, soft_encode(before, 0)], training=True)
            loss = bin_loss(logits, chroma, plain, even)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(tf.clip_by_global_norm(gradients, 1.0)[0], model.trainable_variables)
        return loss, top1(logits, chroma)

    started = said = time.monotonic()
    seen: list[tuple[float, float, float]] = []
    steps = 0
    while (progress := (time.monotonic() - started) / (args.minutes * 60)) < 1:
        optimizer.learning_rate.assign(args.rate * cosine_rate(progress))
        luma, chroma, before = pair_batch(clips, args.batch, args.size, rng)
        loss, accuracy = step(luma, color_model.chroma(luma), before, chroma)
        steps += 1
        seen.append((float(loss), *(float(a) for a in accuracy)))
        if time.monotonic() - said > 60:
            said = time.monotonic()
            mean = np.mean(seen, axis=0)
            seen.clear()
            u, v = 100 * mean[1], 100 * mean[2]
            print(f"step {steps}: loss {mean[0]:.4f}, top-1 U {u:.2f} %, V {v:.2f} %", flush=True)
    settings = {"minutes": args.minutes, "steps": steps, "batch": args.batch, "size": args.size, "widths": WIDTHS}
    settings |= {"clips": [c.name for c in clips], "parameters": model.count_params()}
    save_weights(model, args.out)
    (args.out / "model.json").write_text(json.dumps(settings, indent=1) + "\n")
    print(f"{steps} steps; weights in {args.out}")


if __name__ == "__main__":
    main()
