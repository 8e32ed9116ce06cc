"""What motion carries, as the program has it (MOTION.md): dense flow between neighbors by OpenCV's DIS, and how far it
is trusted.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import tensorflow as tf

# As MOTION.md has them for walks from a pin.
_LUMA_DOUBT = 8.0
_WAY_DOUBT = 0.7
_FINENESS = 0.15
_FLICKER = 10.0
LEAST = 0.2
DRIFT = 0.06


def _half(luma: np.ndarray) -> np.ndarray:
    """(H, W), 0..1, to (H/2, W/2), 0..255."""
    h, w = luma.shape
    return 255 * luma.reshape(h // 2, 2, w // 2, 2).mean((1, 3))


def _at(picture: np.ndarray, flow: np.ndarray) -> np.ndarray:
    """The picture (h, w[, C]) where each pixel's flow (h, w, 2) leads."""
    h, w = flow.shape[:2]
    x = np.clip(np.arange(w, dtype=np.float32)[None] + flow[..., 0], 0, w - 1)
    y = np.clip(np.arange(h, dtype=np.float32)[:, None] + flow[..., 1], 0, h - 1)
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _flow(now: np.ndarray, before: np.ndarray) -> np.ndarray:
    dis = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    return dis.calc(now.round().astype(np.uint8), before.round().astype(np.uint8), None)


def motion_between(before: np.ndarray, now: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of lumas (H, W), 0..1: where each pixel of the newer picture's chroma lies in the one before, less where it lies
    itself (H/2, W/2, 2), x and y in pixels of the chroma; and how certain that is (H/2, W/2, 1), 0..1.
    """
    before, now = _half(before), _half(now)
    there = _flow(now, before)
    back = _flow(before, now)
    apart = _at(before, there) - now
    apart = np.abs(apart - np.clip(apart, -_FLICKER, _FLICKER).mean())
    slope = sum(np.abs(cv2.sepFilter2D(now, -1, *k)) for k in _SLOPES)
    luma = cv2.blur(apart / (_LUMA_DOUBT + _FINENESS * slope), (5, 5), borderType=cv2.BORDER_REPLICATE)
    way = (there + _at(back, there)) / _WAY_DOUBT
    return there, np.exp(-(luma**2) - (way**2).sum(-1))[..., None].astype(np.float32)


_STEP, _STAY = np.array([-0.5, 0, 0.5], np.float32), np.ones(1, np.float32)
_SLOPES = ((_STEP, _STAY), (_STAY, _STEP))


def carried_along(lumas: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """Chroma (H/2, W/2, 2) of the first of lumas (n, H, W), carried to the last: (H/2, W/2, 3), U, V and how much of
    each pixel has come all the way, 0..1.
    """
    carried = np.concatenate([chroma, np.ones_like(chroma[..., :1])], -1)
    for before, now in pairwise(lumas):
        flow, certainty = motion_between(before, now)
        carried = _at(carried, flow)
        carried[..., 2:] *= certainty
    return carried


def moved(picture: tf.Tensor, flow: tf.Tensor) -> tf.Tensor:
    """The picture (B, h, w, C) where each pixel's flow (B, h, w, 2) leads, between the four nearest."""
    b, h, w, c = picture.shape
    x = tf.clip_by_value(tf.range(w, dtype=tf.float32)[None, None] + flow[..., 0], 0.0, w - 1.0)
    y = tf.clip_by_value(tf.range(h, dtype=tf.float32)[None, :, None] + flow[..., 1], 0.0, h - 1.0)
    left, top = tf.minimum(tf.floor(x), w - 2.0), tf.minimum(tf.floor(y), h - 2.0)
    across, down = (x - left)[..., None], (y - top)[..., None]
    first = tf.cast(top * w + left, tf.int32)
    flat = tf.reshape(picture, (b, h * w, c))

    def sample(offset: int) -> tf.Tensor:
        return tf.gather(flat, first + offset, batch_dims=1)

    above = sample(0) + across * (sample(1) - sample(0))
    below = sample(w) + across * (sample(w + 1) - sample(w))
    return above + down * (below - above)


def shares(certainty: tf.Tensor, come: tf.Tensor) -> tf.Tensor:
    """How much a pixel keeps of its moved color. certainty; come: how much of that has come all the way; all (B, h, w,
    1), 0..1.
    """
    return tf.maximum(certainty, LEAST) * (1 - DRIFT * (1 - come))
