"""Saving and loading the weights of the pass as plain arrays."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from .network import ConsistencyPass


def save(network: ConsistencyPass, path: Path, step: int, mean: list | None = None) -> None:
    """Writes the weights, or their running mean when there has been time for one, as an .npz; never half of it."""
    values = network.weights if mean is None or step < 300 else mean
    temporary = path.with_suffix(".partial")
    with open(temporary, "wb") as file:
        np.savez(file, step=step, **{f"w{i}": np.asarray(v) for i, v in enumerate(values)})
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def load(network: ConsistencyPass, path: Path) -> int:
    """Reads weights written by `save`. Returns the training step. Raises ValueError for another network's file."""
    with np.load(path) as file:
        arrays = [file[f"w{i}"] for i in range(len(file.files) - 1)]
        if [a.shape for a in arrays] != [tuple(w.shape) for w in network.weights]:
            raise ValueError(f"{path} holds the weights of a network of another size.")
        for weight, value in zip(network.weights, arrays, strict=True):
            weight.assign(value)
        return int(file["step"])


def fit_scales(network: ConsistencyPass, luma: np.ndarray) -> None:
    """Fits the shift and scale of each trunk channel to some frames, (..., H, W, 1)."""
    features = network.trunk(luma.reshape(-1, *luma.shape[-3:])[:32])
    for scale, f in zip(network.scales, features, strict=True):
        flat = np.asarray(f, np.float32).reshape(-1, f.shape[-1])
        deviation = flat.std(0)
        scale.set_weights([flat.mean(0), 1 / (deviation + 0.1 * deviation.mean() + 1e-6)])
