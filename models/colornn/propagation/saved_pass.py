"""The exported pass, driven as the program drives it: forward, backward and between pins."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import tensorflow as tf

from colornn.sizes import network_size

from .network import CARRIED


def resize(x: np.ndarray, height: int, width: int) -> np.ndarray:
    """(h, w[, C]) -> (height, width[, C]): area mean when smaller, cubic when larger."""
    if x.shape[:2] == (height, width):
        return x
    smaller = height * width < x.shape[0] * x.shape[1]
    return cv2.resize(x, (width, height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)


class SavedPass:
    """Runs an export of colornn.export_pass. Raises ValueError when its file is damaged."""

    def __init__(
        self,
        folder: Path,
        color_folder: Path | None = None,
        short_side: int = 256,
        precision: str = "fp32",
        auto_every: int = 1,
    ) -> None:
        """color_folder: the color model's export, for `auto`; without one, auto is gray.

        precision: "fp32" or "bf16". auto_every: at every so many frames the color model is asked, and its answer kept
        until the next: it costs more than the pass itself.
        """
        self.auto_every = auto_every
        self.about = json.loads((folder / "model.json").read_text())
        if hashlib.sha256((folder / "saved_model.pb").read_bytes()).hexdigest() != self.about["sha256"]:
            raise ValueError(f"{folder / 'saved_model.pb'} is damaged: its checksum is not the one in model.json.")
        self._loaded = tf.saved_model.load(str(folder), tags=["serve"])
        self.encode = self._loaded.signatures[f"encode_{precision}"]
        self._step = self._loaded.signatures[f"step_{precision}"]
        self._color_model = None
        if color_folder is not None and (color_folder / "saved_model.pb").exists():
            self._color_model = tf.saved_model.load(str(color_folder), tags=["serve"])
            self._color = self._color_model.signatures[precision]
            self._color_side: int = json.loads((color_folder / "model.json").read_text())["shortSide"]
        self._guesses: tuple[np.ndarray, dict[int, np.ndarray]] | None = None
        self.short_side = short_side
        self.memory: list[str] = self.about["memory"]
        self.confidence: list[float] = []

    def _joined(self, memories: list[dict[str, tf.Tensor]], like: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        """The tensors of some frames' memories along axis 0; of no frames, empty ones shaped like another's."""
        if not memories:
            return {n: like[n][:0] for n in self.memory}
        return {n: tf.concat([m[n] for m in memories], 0) for n in self.memory}

    def auto(self, luma: np.ndarray) -> np.ndarray:
        """The color model's chroma (1, H/2, W/2, 2) of luma (1, H, W, 1), seen at the size that it works best at."""
        _, h, w, _ = luma.shape
        if self._color_model is None:
            return np.zeros((1, h // 2, w // 2, 2), np.float32)
        seen = resize(luma[0, ..., 0], *network_size(h, w, min(self._color_side, h, w)))[None, ..., None]
        chroma = self._color(luma=tf.constant(seen))["chroma"].numpy()[0]
        return resize(chroma, h // 2, w // 2)[None]

    def _guess(self, clip: np.ndarray, t: int, luma: np.ndarray) -> np.ndarray:
        """`auto` of frame t of a clip, computed once however often that same clip is propagated.

        luma: frame t as the network sees it. Frames between those that the color model is asked at get the last one's.
        """
        if self._guesses is None or self._guesses[0] is not clip:
            self._guesses = (clip, {})
        kept = self._guesses[1]
        asked = t - t % self.auto_every
        if asked not in kept:
            if asked != t:
                _, height, width, _ = luma.shape
                luma = resize(clip[asked], height, width)[None, ..., None].astype(np.float32)
            kept[asked] = self.auto(luma)
        return kept[asked]

    def remember(self, luma: np.ndarray, chroma: np.ndarray) -> dict[str, tf.Tensor]:
        """What the memory holds of a frame of which the coloring is known."""
        return dict(self.encode(luma=tf.constant(luma), chroma=tf.constant(chroma)))

    def step(
        self,
        luma: np.ndarray,
        auto: np.ndarray,
        pins: list[dict[str, tf.Tensor]],
        distance: list[float],
        before: dict[str, tf.Tensor],
        state: tf.Tensor,
    ) -> dict[str, tf.Tensor]:
        """Colors one frame; see model.json for what comes back."""
        return self._step(
            luma=tf.constant(luma),
            auto=tf.constant(auto),
            carried=tf.zeros((*auto.shape[:3], CARRIED)),
            distance=tf.constant(distance, tf.float32),
            state=state,
            **{f"keyframe_{n}": x for n, x in self._joined(pins, before).items()},
            **{f"predecessor_{n}": before[n] for n in self.memory},
        )

    def zero_state(self, height: int, width: int) -> tf.Tensor:
        """The state at the start of a shot, for a network picture of this size."""
        return tf.zeros((1, height // 8, width // 8, self.about["stateShape"][-1]))

    def propagate(self, luma: np.ndarray, pins: dict[int, np.ndarray]) -> np.ndarray:
        """Colors a shot. luma (n, h, w), 0..1; pins: frame -> chroma (h, w, 2). Returns chroma (n, h, w, 2).

        Frames after the first pin go forward, frames before it backward; every step reads the pin behind it
        and, where there is one, the next pin ahead. `confidence` then holds a value per frame.
        """
        n, height, width = luma.shape
        nh, nw = network_size(height, width, self.short_side)
        result = np.zeros((n, height, width, 2), np.float32)
        self.confidence = [1.0] * n
        small = {t: resize(luma[t], nh, nw)[None, ..., None].astype(np.float32) for t in range(n)}
        remembered = {
            p: self.remember(small[p], resize(chroma, nh // 2, nw // 2)[None].astype(np.float32))
            for p, chroma in pins.items()
        }
        for p, chroma in pins.items():
            result[p] = chroma
        first = min(pins)
        for start, order in ((first, range(first + 1, n)), (first, range(first - 1, -1, -1))):
            before, state = remembered[start], self.zero_state(nh, nw)
            for t in order:
                if t in pins:
                    before = remembered[t]
                    continue
                behind = [p for p in pins if (p < t) == (start < t)]
                ahead = [p for p in pins if (p > t) == (start < t)]
                near = [min(side, key=lambda p: abs(p - t)) for side in (behind, ahead) if side]
                out = self.step(
                    small[t],
                    self._guess(luma, t, small[t]),
                    [remembered[p] for p in near],
                    [float(t - p) for p in near],
                    before,
                    state,
                )
                state = out["state"]
                before = {name: out[f"next_{name}"] for name in self.memory}
                result[t] = resize(out["chroma"].numpy()[0], height, width)
                self.confidence[t] = float(out["frame_confidence"][0])
        return result
