"""Reference methods that every network has to beat. Each carries the chroma of pinned frames through a clip.

A method takes the luma of a clip, (n, h, w), 0..1, and its pins, {frame index: chroma (h, w, 2)}, and gives
the chroma of every frame, (n, h, w, 2).
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

Pins = dict[int, np.ndarray]
Method = Callable[[np.ndarray, Pins], np.ndarray]


def gray(luma: np.ndarray, pins: Pins) -> np.ndarray:
    """No color at all, apart from the pins themselves."""
    result = np.zeros((*luma.shape, 2), np.float32)
    for index, chroma in pins.items():
        result[index] = chroma
    return result


def chroma_in_place(luma: np.ndarray, pins: Pins) -> np.ndarray:
    """Every frame gets the chroma of its nearest pin, unmoved."""
    nearest = [min(pins, key=lambda p: abs(p - t)) for t in range(len(luma))]
    return np.stack([pins[p] for p in nearest]).astype(np.float32)


def flow_chain(luma: np.ndarray, pins: Pins) -> np.ndarray:
    """Dense optical flow carries the chroma from frame to frame (DIS, medium preset; Kroeger et al. 2016).

    Frames after the first pin read their predecessor; frames before it read their successor.
    """
    bytes_luma = np.clip(np.round(luma * 255), 0, 255).astype(np.uint8)
    flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    height, width = luma.shape[1:]
    grid_x, grid_y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    result = np.zeros((*luma.shape, 2), np.float32)
    first = min(pins)
    order = [(t, t - 1) for t in range(first + 1, len(luma))] + [(t, t + 1) for t in range(first - 1, -1, -1)]
    result[first] = pins[first]
    for t, source in order:
        if t in pins:
            result[t] = pins[t]
            continue
        motion = flow.calc(bytes_luma[t], bytes_luma[source], None)
        result[t] = cv2.remap(
            result[source],
            grid_x + motion[..., 0],
            grid_y + motion[..., 1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
    return result
