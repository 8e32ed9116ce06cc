"""Turns a trained run into the SavedModel that the program reads: python -m colornn.export_color --run runs/color"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import keras
import tensorflow as tf
from keras import ops

from colornn.color import BINS, HIGH, LOW, annealed_mean
from colornn.colormodel.network import ColorConfig, as_plain, build_color_model
from colornn.colormodel.trainer import load_average
from colornn.savedmodel import write_saved_model

WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "color-model"
LICENCE = (
    "ColoRNN's own weights: see models/README.md for what they were trained on. "
    "Holds features of EfficientNet-Lite (Apache License 2.0, Copyright 2020 The TensorFlow Authors)."
)


def load_run(run: Path) -> tuple[keras.Model, ColorConfig, dict]:
    """The network of a run with its averaged weights, in float32; its sizes; its settings."""
    settings = json.loads((run / "settings.json").read_text())
    config = ColorConfig.from_dict(settings["config"])
    keras.mixed_precision.set_global_policy("float32")
    model = build_color_model(config)
    load_average(model, run / "average.npz")
    return model, config, settings


def decoder(model: keras.Model, temperature: float, gain: float):
    """The function that a signature runs: luma (n, H, W, 1) -> chroma (n, H/2, W/2, 2) and confidence (n,).

    gain multiplies the chroma's distance from gray; confidence is the mean over pixels of the most probable bin's
    probability, over U and V.
    """

    def color(luma):
        logits = model(luma, training=False)["bins"]
        chroma = ops.clip(gain * annealed_mean(logits, temperature), LOW, HIGH)
        peak = ops.exp(ops.max(logits, axis=-1) - ops.logsumexp(logits, axis=-1))
        return {"chroma": chroma, "confidence": ops.mean(peak, axis=(1, 2, 3))}

    return color


def export(model: keras.Model, config: ColorConfig, folder: Path, temperature: float, gain: float, about: dict) -> dict:
    """Writes the SavedModel: to color with in two precisions, "fp32" and "bf16", and to measure with, "logits".

    `about` is added to model.json. Returns what model.json says.
    """
    luma = {"luma": tf.TensorSpec([None, None, None, 1], tf.float32, "luma")}
    signatures = {}
    for name, policy in (("fp32", "float32"), ("bf16", "mixed_bfloat16")):
        keras.mixed_precision.set_global_policy(policy)
        signatures[name] = (decoder(as_plain(model, config), temperature, gain), luma)
    keras.mixed_precision.set_global_policy("float32")
    plain = as_plain(model, config)
    signatures["logits"] = (lambda x: {"logits": plain(x, training=False)["bins"]}, luma)
    description = {
        "name": "ColoRNN color model",
        "version": about.pop("version", "1"),
        "kind": "color-model",
        "signatures": list(signatures),
        "inputs": {"luma": "float32 [N,H,W,1], 0..1 full range; H and W multiples of 32"},
        "outputs": {
            "chroma": "float32 [N,H/2,W/2,2]: U and V, BT.601 full range, -0.5..0.5",
            "confidence": "float32 [N], 0..1: mean probability of the most probable bins",
            "logits": "float32 [N,H/2,W/2,2,30], of the signature logits alone: U's and V's bins",
        },
        "bins": {"count": BINS, "low": LOW, "high": HIGH, "temperature": temperature, "gain": gain},
        "network": config.to_dict(),
        **about,
    }
    return write_saved_model(folder, signatures, description)


def export_run(
    run: Path, folder: Path, temperature: float, gain: float, short_side: int, version: str, licence: str = LICENCE
) -> dict:
    """Exports a run of colornn.train_color, with what its log says last. Returns what model.json says."""
    model, config, settings = load_run(run)
    log = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    about = {
        "version": version,
        "shortSide": short_side,
        "licence": licence,
        "trained": {"loss": settings["loss"], "classes": settings["classes"], **(log[-1] if log else {})},
    }
    return export(model, config, folder, temperature, gain, about)


def main() -> None:
    p = argparse.ArgumentParser(prog="colornn.export_color", description="Exports a trained color model.")
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--out", type=Path, default=WEIGHTS)
    p.add_argument("--temperature", type=float, default=0.4, help="of the annealed mean; see colornn.tune_color")
    p.add_argument("--gain", type=float, default=1.0, help="factor on chroma; see colornn.tune_color")
    p.add_argument("--short-side", type=int, default=256, help="the short side that the network works best at")
    p.add_argument("--version", default="1")
    args = p.parse_args()
    record = export_run(args.run, args.out, args.temperature, args.gain, args.short_side, args.version)
    print(f"{args.out}: {record['bytes']:,} bytes, sha256 {record['sha256']}")


if __name__ == "__main__":
    main()
