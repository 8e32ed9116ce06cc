"""Saving and loading the weights of the pass as plain arrays."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

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


def _fitted(value: np.ndarray, shape: tuple) -> np.ndarray:
    """A kernel of before the pass was told what motion carries, with zeros for that; all others as they are."""
    fewer = (
        value.ndim == 4 and value.shape[2] < shape[2] and (*value.shape[:2], value.shape[3]) == (*shape[:2], shape[3])
    )
    return np.pad(value, ((0, 0), (0, 0), (0, shape[2] - value.shape[2]), (0, 0))) if fewer else value


def load(network: ConsistencyPass, path: Path) -> int:
    """Reads weights written by `save`. Returns the training step. Raises ValueError for another network's file."""
    with np.load(path) as file:
        arrays = [file[f"w{i}"] for i in range(len(file.files) - 1)]
        if len(arrays) == len(network.weights):
            arrays = [_fitted(a, tuple(w.shape)) for a, w in zip(arrays, network.weights, strict=True)]
        if [a.shape for a in arrays] != [tuple(w.shape) for w in network.weights]:
            raise ValueError(f"{path} holds the weights of a network of another size.")
        for weight, value in zip(network.weights, arrays, strict=True):
            weight.assign(value)
        return int(file["step"])


def load_mean(network: ConsistencyPass, paths: list[Path]) -> int:
    """Takes the mean of the weights in files written by `save`. Returns the last one's training step.

    Raises ValueError for another network's file.
    """
    sums = [np.zeros(tuple(w.shape), np.float64) for w in network.weights]
    step = 0
    for path in paths:
        step = load(network, path)
        for total, weight in zip(sums, network.weights, strict=True):
            total += np.asarray(weight, np.float64) / len(paths)
    for weight, total in zip(network.weights, sums, strict=True):
        weight.assign(total.astype(np.float32))
    return step


def fit_scales(network: ConsistencyPass, luma: np.ndarray) -> None:
    """Fits the shift and scale of each trunk channel to some frames, (..., H, W, 1)."""
    features = network.trunk(luma.reshape(-1, *luma.shape[-3:])[:32])
    for scale, f in zip(network.scales, features, strict=True):
        flat = np.asarray(f, np.float32).reshape(-1, f.shape[-1])
        deviation = flat.std(0)
        scale.set_weights([flat.mean(0), 1 / (deviation + 0.1 * deviation.mean() + 1e-6)])


def _constant_name(array: np.ndarray) -> str:
    """What colornn.savedmodel calls the shared constant of a large weight: a hash of its shape and stored bytes."""
    stored = tf.cast(array, tf.bfloat16).numpy()
    return "weights/" + hashlib.sha256(str(array.shape).encode() + stored.tobytes()).hexdigest()[:20]


def save_resume(network: ConsistencyPass, path: Path) -> None:
    """Writes what it takes to train on from an export: small weights themselves, for large ones their constant's name.

    The large weights are in saved_model.pb already, so this file is a few kilobytes.
    """
    entries = {}
    for i, weight in enumerate(network.weights):
        value = np.asarray(weight)
        entries[f"w{i}"] = value if value.size < 1024 else np.array(_constant_name(value))
    np.savez_compressed(path, **entries)


def load_export(network: ConsistencyPass, folder: Path) -> None:
    """Takes the weights of an export (saved_model.pb and resume.npz), large ones rounded to bfloat16.

    Raises ValueError when the two files are not of one export.
    """
    model = saved_model_pb2.SavedModel.FromString((folder / "saved_model.pb").read_bytes())
    nodes = model.meta_graphs[0].graph_def.node
    constants = {n.name: n.attr["value"].tensor for n in nodes if n.name.startswith("weights/")}
    with np.load(folder / "resume.npz") as file:
        for i, weight in enumerate(network.weights):
            value = file[f"w{i}"]
            if value.dtype.kind == "U":
                if str(value) not in constants:
                    raise ValueError(f"resume.npz and saved_model.pb in {folder} are not of one export.")
                value = tf.make_ndarray(constants[str(value)]).astype(np.float32)
            weight.assign(_fitted(value, tuple(weight.shape)))
