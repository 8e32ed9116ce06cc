"""What the color model is trained to make small."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from keras import ops

from colornn.color import chroma_to_bins, soft_encode


@dataclass(frozen=True)
class LossOptions:
    """sigma: width of the soft targets in bins, 0 for plain one-hot cross-entropy (the source system's loss);
    rebalance: 0 counts every pixel alike, 1 weighs by the inverse of how common its color is;
    label: weight of the class label's cross-entropy."""

    sigma: float = 0.6
    rebalance: float = 0.4
    label: float = 0.1


def bin_loss(logits, chroma, options: LossOptions, bin_weights: np.ndarray):
    """Mean cross-entropy, in nats, of U's and V's bins together (a scalar).

    logits (n, h, w, 2, 30); chroma (n, h, w, 2), -0.5..0.5; bin_weights (2, 30) from color.rebalancing_weights.
    """
    log_probability = logits - ops.logsumexp(logits, axis=-1, keepdims=True)
    entropy = -ops.sum(soft_encode(chroma, options.sigma) * log_probability, axis=-1)
    if options.rebalance > 0:
        # A pixel counts as its rarer channel does, so that U and V of a vivid pixel are learned together.
        index = chroma_to_bins(chroma)
        table = ops.convert_to_tensor(bin_weights)
        weight = ops.maximum(ops.take(table[0], index[..., 0]), ops.take(table[1], index[..., 1]))
        entropy = entropy * ops.expand_dims(weight / ops.mean(weight), -1)
    return ops.mean(ops.sum(entropy, axis=-1))


def label_loss(logits, labels):
    """Mean cross-entropy of the class label, in nats. logits (n, classes); labels (n,) int."""
    log_probability = logits - ops.logsumexp(logits, axis=-1, keepdims=True)
    return -ops.mean(ops.take_along_axis(log_probability, ops.expand_dims(labels, -1), axis=-1))


def top1(logits, chroma):
    """The share of pixels whose most probable bin is the true one, for U and for V: (2,), the source's measure."""
    hit = ops.equal(ops.cast(ops.argmax(logits, axis=-1), "int32"), chroma_to_bins(chroma))
    return ops.mean(ops.cast(hit, "float32"), axis=(0, 1, 2))
