"""Color as the networks see it: luma and chroma, chroma's 30 + 30 bins, and the way back from bins to chroma.

YUV is BT.601, full range: Y in 0..1, U and V in -0.5..0.5 (U is often called Cb and V Cr). Each of U and V is cut
into 30 bins of equal width over that range. Functions named after bins work on Keras tensors and so on NumPy arrays.
"""

from __future__ import annotations

import numpy as np
from keras import ops

BINS = 30
LOW, HIGH = -0.5, 0.5
BIN_WIDTH = (HIGH - LOW) / BINS
CENTERS = (LOW + BIN_WIDTH * (np.arange(BINS) + 0.5)).astype(np.float32)

KR, KB = 0.299, 0.114
LUMA_WEIGHTS = np.array([KR, 1 - KR - KB, KB], np.float32)
_FROM_RGB = np.array(
    [
        LUMA_WEIGHTS,
        [-KR / (2 * (1 - KB)), -(1 - KR - KB) / (2 * (1 - KB)), 0.5],
        [0.5, -(1 - KR - KB) / (2 * (1 - KR)), -KB / (2 * (1 - KR))],
    ],
    np.float64,
)
_TO_RGB = np.linalg.inv(_FROM_RGB)


def rgb_to_yuv(rgb: np.ndarray) -> np.ndarray:
    """RGB (..., 3), float, 0..1 -> Y 0..1, U and V -0.5..0.5 (..., 3), float32."""
    return np.asarray(rgb, np.float32) @ _FROM_RGB.T.astype(np.float32)


def yuv_to_rgb(yuv: np.ndarray) -> np.ndarray:
    """The inverse of rgb_to_yuv, float32. Chroma that does not fit its luma leaves 0..1: clip as you need."""
    return np.asarray(yuv, np.float32) @ _TO_RGB.T.astype(np.float32)


def chroma_to_bins(chroma):
    """U and V (..., 2), -0.5..0.5 -> the index of the bin each falls into, 0..29 (..., 2), int32."""
    index = ops.floor((ops.cast(chroma, "float32") - LOW) / BIN_WIDTH)
    return ops.cast(ops.clip(index, 0, BINS - 1), "int32")


def bins_to_chroma(index: np.ndarray) -> np.ndarray:
    """Bin indices -> the chroma at the middle of each bin, float32."""
    return CENTERS[np.asarray(index)]


def soft_encode(chroma, sigma: float = 0.6):
    """U and V (..., 2) -> a distribution over the bins for each, (..., 2, 30), float32, summing to 1.

    Neighboring bins are similar colors, so a value lends weight to the bins around it: a Gaussian of `sigma` bins
    (after Zhang, Isola and Efros 2016, section 2.2). The mean of the distribution is the value, within 2 % of a bin.
    sigma = 0 is the plain one-hot target.
    """
    if sigma <= 0:
        return ops.one_hot(chroma_to_bins(chroma), BINS, dtype="float32")
    offset = (ops.expand_dims(ops.cast(chroma, "float32"), -1) - CENTERS) / (sigma * BIN_WIDTH)
    return ops.softmax(-0.5 * ops.square(offset), axis=-1)


def annealed_mean(logits, temperature: float = 0.4):
    """Logits (..., 2, 30) -> U and V (..., 2), float32: the mean of the distribution sharpened by `temperature`.

    Zhang, Isola and Efros 2016, section 2.3: 1 gives the mean (calm, grayish), toward 0 the most probable bin (vivid).
    """
    probability = ops.softmax(ops.cast(logits, "float32") / temperature, axis=-1)
    return ops.sum(probability * CENTERS, axis=-1)


def rebalancing_weights(bin_counts: np.ndarray, strength: float = 0.5, mix: float = 0.5) -> np.ndarray:
    """How much each bin counts in training, (2, 30) float32, so that rare vivid colors are learned beside gray.

    bin_counts (2, 30): how often each bin of U and of V occurs. The weights are ((1 - mix) p + mix / 30)^-strength
    (Zhang, Isola and Efros 2016, section 2.2 has strength 1), scaled so that the mean weight of a pixel is 1.
    strength 0 counts all bins alike.
    """
    p = bin_counts / bin_counts.sum(axis=1, keepdims=True)
    weights = ((1 - mix) * p + mix / BINS) ** -strength
    return (weights / (p * weights).sum(axis=1, keepdims=True)).astype(np.float32)
