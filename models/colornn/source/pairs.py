"""Adjacent pairs of frames from clips, for the source's consistency model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from colornn.color import rgb_to_yuv
from colornn.evaluation.clips import list_clips

SHORT_SIDE = 192


@dataclass(frozen=True)
class Frames:
    """A clip's frames, RGB uint8 (n, h, w, 3), h and w multiples of 32."""

    name: str
    rgb: np.ndarray

    def luma(self, index: int) -> np.ndarray:
        """(H, W, 1), 0..1, BT.601."""
        return rgb_to_yuv(self.rgb[index] / 255.0)[..., :1]

    def chroma(self, index: int) -> np.ndarray:
        """(H/2, W/2, 2), -0.5..0.5."""
        chroma = rgb_to_yuv(self.rgb[index] / 255.0)[..., 1:]
        return cv2.resize(chroma, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def load_frames(folder: Path, only: str = "", most: int = 90, short_side: int = SHORT_SIDE) -> list[Frames]:
    """The clips of a folder whose names start with `only`, scaled to a short side and cut to multiples of 32."""
    clips = []
    for path in list_clips(folder):
        if not path.stem.startswith(only):
            continue
        capture, frames = cv2.VideoCapture(str(path)), []
        while len(frames) < most:
            ok, bgr = capture.read()
            if not ok:
                break
            scale = short_side / min(bgr.shape[:2])
            width, height = (max(32, round(side * scale) // 32 * 32) for side in (bgr.shape[1], bgr.shape[0]))
            frames.append(cv2.resize(bgr, (width, height), interpolation=cv2.INTER_AREA)[..., ::-1])
        capture.release()
        if len(frames) < 2:
            raise ValueError(f"{path} could not be read as a video of two frames or more.")
        clips.append(Frames(path.stem, np.stack(frames)))
    if not clips:
        raise FileNotFoundError(f"There is no clip in {folder} whose name starts with '{only}'.")
    return clips


def pair_batch(clips: list[Frames], batch: int, size: int, rng: np.random.Generator) -> tuple:
    """luma (n, S, S, 1), chroma and the predecessor's chroma (n, S/2, S/2, 2), of random crops of adjacent frames."""
    luma = np.empty((batch, size, size, 1), np.float32)
    chroma = np.empty((2, batch, size // 2, size // 2, 2), np.float32)
    for row in range(batch):
        rgb = clips[int(rng.integers(len(clips)))].rgb
        at = int(rng.integers(1, len(rgb)))
        top, left = (int(rng.integers(side - size + 1)) for side in rgb.shape[1:3])
        mirrored = slice(None, None, -1 if rng.random() < 0.5 else 1)
        pair = rgb[at - 1 : at + 1, top : top + size, left : left + size][:, :, mirrored]
        if rng.random() < 0.5:  # time runs both ways
            pair = pair[::-1]
        yuv = rgb_to_yuv(pair / 255.0)
        luma[row] = yuv[1, ..., :1]
        for which in range(2):
            half = cv2.resize(yuv[which, ..., 1:], (size // 2, size // 2), interpolation=cv2.INTER_AREA)
            chroma[which, row] = half
    return luma, chroma[1], chroma[0]
