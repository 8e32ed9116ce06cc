"""The exported color model, as the program has it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import tensorflow as tf

DEFAULT = Path(__file__).resolve().parents[2] / "weights" / "color-model"


class SavedColorModel:
    """Runs an export of colornn.export_color. Raises ValueError when its file is damaged."""

    def __init__(self, folder: Path = DEFAULT, precision: str = "fp32") -> None:
        self.about = json.loads((folder / "model.json").read_text())
        if hashlib.sha256((folder / "saved_model.pb").read_bytes()).hexdigest() != self.about["sha256"]:
            raise ValueError(f"{folder / 'saved_model.pb'} is damaged: its checksum is not the one in model.json.")
        self._loaded = tf.saved_model.load(str(folder), tags=["serve"])
        self._signatures = self._loaded.signatures
        self._precision = precision
        self.short_side: int = self.about["shortSide"]
        self.temperature: float = self.about["bins"]["temperature"]

    def chroma(self, luma: np.ndarray) -> np.ndarray:
        """luma (n, H, W, 1), 0..1 -> chroma (n, H/2, W/2, 2), -0.5..0.5."""
        return self._signatures[self._precision](luma=tf.constant(luma))["chroma"].numpy()

    def logits(self, luma: np.ndarray) -> np.ndarray:
        """luma (n, H, W, 1), 0..1 -> logits of the bins (n, H/2, W/2, 2, 30)."""
        return self._signatures["logits"](luma=tf.constant(luma))["logits"].numpy()
