"""Keeps the consistency model's weights at two bytes each."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

WEIGHTS = Path(__file__).resolve().parents[2] / "weights" / "source-consistency"


def save_weights(model: keras.Model, folder: Path) -> None:
    """Writes folder/weights.npz: float16, in the order of model.trainable_variables."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = [keras.ops.convert_to_numpy(v).astype(np.float16) for v in model.trainable_variables]
    np.savez_compressed(folder / "weights.npz", *arrays)


def load_weights(model: keras.Model, folder: Path) -> None:
    """The inverse. Raises FileNotFoundError, in plain words, when nothing was trained yet."""
    path = folder / "weights.npz"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: train it with python -m colornn.train_source --clips <folder>.")
    with np.load(path) as file:
        for i, variable in enumerate(model.trainable_variables):
            variable.assign(file[f"arr_{i}"].astype(np.float32))
