"""Coloring whole pictures of any size with a network that wants multiples of 32, and putting the colors back."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from colornn.color import rgb_to_yuv, yuv_to_rgb
from colornn.sizes import network_size


def to_network(luma: np.ndarray, short_side: int) -> np.ndarray:
    """Luma (h, w), 0..1 -> (1, H, W, 1), as the network sees it."""
    height, width = network_size(*luma.shape, short_side)
    smaller = height < luma.shape[0]
    scaled = cv2.resize(luma, (width, height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    return np.clip(scaled, 0, 1)[None, :, :, None].astype(np.float32)


def compose(luma: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """RGB (h, w, 3), clipped to 0..1, of luma (h, w) under chroma of any size (hc, wc, 2)."""
    full = cv2.resize(np.asarray(chroma, np.float32), luma.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.clip(yuv_to_rgb(np.concatenate([luma[..., None], full], -1)), 0, 1)


def colorize(rgb: np.ndarray, network: Callable[[np.ndarray], np.ndarray], short_side: int) -> np.ndarray:
    """A color picture (h, w, 3), 0..1, colored anew from its luma alone: RGB (h, w, 3), 0..1.

    network: luma (1, H, W, 1) -> chroma (1, H/2, W/2, 2).
    """
    luma = rgb_to_yuv(rgb)[..., 0]
    return compose(luma, np.asarray(network(to_network(luma, short_side)))[0])
