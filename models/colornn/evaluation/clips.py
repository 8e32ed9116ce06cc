"""Reading clips for evaluation: true luma and chroma, in floating point, at one short side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from colornn.color import rgb_to_yuv, yuv_to_rgb

from .metrics import colorfulness, rgb_to_lab

VIDEO_SUFFIXES = {".mp4", ".mov", ".mkv", ".avi", ".webm"}


@dataclass(frozen=True)
class Clip:
    """A decoded clip. rgb: (n, h, w, 3), luma: (n, h, w), 0..1; chroma: (n, h, w, 2), U and V, -0.5..0.5."""

    name: str
    rgb: np.ndarray
    luma: np.ndarray
    chroma: np.ndarray

    def __len__(self) -> int:
        return len(self.luma)

    @cached_property
    def lab(self) -> list[np.ndarray]:
        """CIELAB of every frame."""
        return [rgb_to_lab(frame) for frame in self.rgb]

    @cached_property
    def colorfulness(self) -> list[float]:
        """Colorfulness of every frame."""
        return [colorfulness(frame) for frame in self.rgb]


def list_clips(folder: Path) -> list[Path]:
    """The video files of a folder, by name. Raises FileNotFoundError when there are none."""
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in VIDEO_SUFFIXES) if folder.is_dir() else []
    if not paths:
        raise FileNotFoundError(f"There are no video files in {folder}.")
    return paths


def read_clip(path: Path, short_side: int, max_frames: int | None = None) -> Clip:
    """Decodes a clip, scaled so that its shorter side is short_side. Raises ValueError if it cannot be read."""
    capture = cv2.VideoCapture(str(path))
    frames: list[np.ndarray] = []
    while max_frames is None or len(frames) < max_frames:
        ok, bgr = capture.read()
        if not ok:
            break
        scale = short_side / min(bgr.shape[:2])
        if scale != 1:
            size = (round(bgr.shape[1] * scale), round(bgr.shape[0] * scale))
            bgr = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        frames.append(bgr[..., ::-1].astype(np.float32) / 255)
    capture.release()
    if not frames:
        raise ValueError(f"{path} could not be read as a video.")
    rgb = np.stack(frames)
    yuv = np.stack([np.asarray(rgb_to_yuv(frame)) for frame in rgb])
    return Clip(path.stem, rgb, yuv[..., 0], yuv[..., 1:])


def compose(luma: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """The RGB picture, clipped to 0..1, of true luma (h, w) under a result's chroma (h, w, 2)."""
    yuv = np.concatenate([luma[..., None], chroma], -1).astype(np.float32)
    return np.clip(np.asarray(yuv_to_rgb(yuv)), 0, 1)
