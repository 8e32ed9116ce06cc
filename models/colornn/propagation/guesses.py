"""What the color model says of the training material, and how it reaches the pass in training.

The pass falls back on the color model where no pin shows what is in the picture, so it must learn from that model's
own mistakes. Its guesses are computed once, kept on disk, and then cropped, moved and hidden with the picture.

A guess rides beside its picture as two more channels, U and V plus one half, so that it stays in 0..1 like RGB.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import cv2
import numpy as np

from colornn.sizes import network_size

from .film import BT601

_TOGETHER = 8


def _fingerprint(model_checksum: str, items: list[np.ndarray]) -> str:
    """Tells the guesses of one model on one collection of pictures from all others."""
    digest = hashlib.sha256(model_checksum.encode())
    for item in items:
        digest.update(str(item.shape).encode())
        digest.update(item[..., ::7, ::11, :].tobytes())
    return digest.hexdigest()[:16]


def _guess_frames(model, frames: np.ndarray) -> np.ndarray:
    """The model's chroma (n, h/2, w/2, 2) of RGB frames (n, h, w, 3), uint8; float16."""
    n, height, width, _ = frames.shape
    nh, nw = network_size(height, width, model.short_side)
    out = np.empty((n, height // 2, width // 2, 2), np.float16)
    for start in range(0, n, _TOGETHER):
        some = frames[start : start + _TOGETHER].astype(np.float32) / 255
        luma = np.stack([cv2.resize(f @ BT601, (nw, nh), interpolation=cv2.INTER_AREA) for f in some])
        for i, chroma in enumerate(model.chroma(luma[..., None])):
            out[start + i] = cv2.resize(chroma, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return out


def guesses(model_folder: Path, items: list[np.ndarray], cache: Path, precision: str = "bf16") -> list[np.ndarray]:
    """The color model's chroma of each item: clips (n, h, w, 3) or stills (h, w, 3), uint8 RGB.

    Returns arrays (n, h/2, w/2, 2) or (h/2, w/2, 2), float16, in the order of `items`. They are read from the folder
    `cache` when the same model has seen the same items before, and written there otherwise.
    """
    from colornn.colormodel.saved import SavedColorModel

    model = SavedColorModel(model_folder, precision)
    path = cache / f"{_fingerprint(model.about['sha256'], items)}.npz"
    if path.exists():
        with np.load(path) as file:
            return [file[f"g{i}"] for i in range(len(items))]
    found = [_guess_frames(model, x) if x.ndim == 4 else _guess_frames(model, x[None])[0] for x in items]
    cache.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.partial")
    with open(part, "wb") as file:
        np.savez(file, **{f"g{i}": g for i, g in enumerate(found)})
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return found


def beside(picture: np.ndarray, guess: np.ndarray) -> np.ndarray:
    """Picture (h, w, 3), 0..1, with its guess (h/2, w/2, 2) as channels 3 and 4."""
    full = cv2.resize(guess.astype(np.float32), picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.concatenate([picture, full + 0.5], -1)


def apart(frames: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Frames (n, h, w, 5) of pictures with guesses `beside` them -> RGB (n, h, w, 3) and chroma (n, h/2, w/2, 2)."""
    n, h, w, _ = frames.shape
    chroma = frames[..., 3:].reshape(n, h // 2, 2, w // 2, 2, 2).mean((2, 4)) - 0.5
    return frames[..., :3], chroma


def unsteady(guess: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Guesses (n, h, w, 2) as grain and flicker would have shaken them: paler or stronger, tinted, cloudy, late.

    The order of the frames is that of a sequence: keyframes, predecessor, frames in a row.
    """
    out = guess.astype(np.float32)
    if rng.random() < 0.3:  # the program may ask the color model at every few frames only
        every = int(rng.integers(2, 5))
        out = out[np.arange(len(out)) // every * every]
    if rng.random() < 0.5:
        return out * rng.uniform(0.8, 1.15)
    size = out.shape[2:0:-1]
    shake = rng.uniform(0, 0.15)
    cloud = rng.uniform(0, 0.012)
    steady = cv2.resize(rng.normal(0, 0.02, (3, 3, 2)).astype(np.float32), size)
    for frame in out:
        frame *= rng.uniform(0.7, 1.1) * np.exp(rng.normal(0, shake))
        frame += steady + cv2.resize(rng.normal(0, cloud, (4, 4, 2)).astype(np.float32), size)
    return out
