"""What a gray picture shows: EfficientNet-Lite0 or -Lite2 (Tan and Le 2019; the "lite" form has no
squeeze-and-excitation and ReLU6 throughout) on luma, with its ImageNet weights.

Few color stills are to be had, and a network that learns to see from them alone learns them by heart. Features from
1.3 million labeled pictures know a lawn from a sea already. Batch normalizations are folded into the convolutions.
"""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import numpy as np
from keras import layers, ops

from .torchfile import read_state_dict

# (blocks, kernel, stride, expansion, channels) of each stage. The published networks have one more block in the last of
# these stages, then a stage of 320 channels and the classifier: too many weights for what they add.
VARIANTS = {
    "lite0": (
        (1, 3, 1, 1, 16),
        (2, 3, 2, 6, 24),
        (2, 5, 2, 6, 40),
        (3, 3, 2, 6, 80),
        (3, 5, 1, 6, 112),
        (3, 5, 2, 6, 192),
    ),
    "lite2": (
        (1, 3, 1, 1, 16),
        (3, 3, 2, 6, 24),
        (3, 5, 2, 6, 48),
        (4, 3, 2, 6, 88),
        (4, 5, 1, 6, 120),
        (4, 5, 2, 6, 208),
    ),
}
# Blocks in each stage of the published networks.
PUBLISHED_BLOCKS = {"lite0": (1, 2, 2, 3, 3, 4), "lite2": (1, 3, 3, 4, 4, 5)}
# The stages whose outputs are given: the last ones at strides 2, 4, 8, 16 and 32.
GIVEN = (0, 1, 2, 4, 5)
_BATCH_NORM_EPSILON = 1e-3
# The published network reads (value - 127) / 128 of each color, 0..255.
_MEAN, _GAIN = 127 / 255, 255 / 128


class Block(layers.Layer):
    """An inverted residual block (Sandler et al. 2018): widen, look around in each channel, narrow."""

    def __init__(self, kernel: int, stride: int, expansion: int, channels: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.stride, self.expansion, self.channels = stride, expansion, channels
        policy = self.dtype_policy
        self.widen = layers.Conv2D(1, 1, name="widen", dtype=policy) if expansion > 1 else None
        self.around = layers.DepthwiseConv2D(kernel, strides=stride, padding="same", name="around", dtype=policy)
        self.narrow = layers.Conv2D(channels, 1, name="narrow", dtype=policy)

    def build(self, input_shape: tuple) -> None:
        wide = input_shape[-1] * self.expansion
        if self.widen:
            self.widen.filters = wide
            self.widen.build(input_shape)
        self.around.build((*input_shape[:-1], wide))
        self.narrow.build((*input_shape[:-1], wide))

    def call(self, x):
        y = x if self.widen is None else ops.relu6(self.widen(x))
        y = self.narrow(ops.relu6(self.around(y)))
        return x + y if self.stride == 1 and x.shape[-1] == self.channels else y


class ImageNetFeatures(layers.Layer):
    """Luma (n, H, W, 1), 0..1 -> features at H/2, H/4, H/8, H/16 and H/32; Lite0 has 16, 24, 40, 112 and 192 channels
    there.

    frozen: no gradient reaches its weights. Random weights until `load_imagenet`.
    """

    def __init__(self, variant: str = "lite0", frozen: bool = True, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.variant, self.frozen, self.stages = variant, frozen, VARIANTS[variant]
        self.stem = layers.Conv2D(32, 3, strides=2, padding="same", name="stem", dtype=self.dtype_policy)
        self.blocks = [
            Block(
                kernel, stride if first else 1, expansion, channels, name=f"stage{stage}_{i}", dtype=self.dtype_policy
            )
            for stage, (count, kernel, stride, expansion, channels) in enumerate(self.stages, start=1)
            for i, first in enumerate([True] + [False] * (count - 1), start=1)
        ]

    def build(self, input_shape: tuple) -> None:
        self.stem.build((None, None, None, 1))
        channels = self.stem.filters
        for block in self.blocks:
            block.build((None, None, None, channels))
            channels = block.channels

    def call(self, luma) -> tuple:
        x = ops.relu6(self.stem(luma - _MEAN))
        given, blocks = [], iter(self.blocks)
        for stage, (count, *_) in enumerate(self.stages):
            for _ in range(count):
                x = next(blocks)(x)
            if stage in GIVEN:
                given.append(ops.stop_gradient(x) if self.frozen else x)
        return tuple(given)

    def load_imagenet(self, path: Path) -> None:
        """Takes the variant's ImageNet weights from a PyTorch state dictionary: _conv_stem, _bn0, _blocks.0 ...

        The three color kernels of the first convolution are summed, since all three see the same luma. Raises
        ValueError for a file of another layout.
        """
        try:
            state = read_state_dict(path)
            kernel, bias = _folded(state, "_conv_stem", "_bn0")
            self.stem.set_weights([_GAIN * kernel.sum(axis=2, keepdims=True), bias])
            for (count, *_), first, published in _numbered(self.variant):
                for i in range(count):
                    _load_block(self.blocks[first + i], state, f"_blocks.{published + i}")
        except (KeyError, OSError, zipfile.BadZipFile, pickle.UnpicklingError) as error:
            raise ValueError(
                f"{path} does not hold EfficientNet-{self.variant.capitalize()}'s weights in PyTorch's layout: {error}"
            ) from error


def _numbered(variant: str) -> list[tuple[tuple, int, int]]:
    """Each stage, with the number of its first block here and in the published network."""
    stages, published = VARIANTS[variant], PUBLISHED_BLOCKS[variant]
    return [(stage, sum(s[0] for s in stages[:i]), sum(published[:i])) for i, stage in enumerate(stages)]


def _folded(state: dict[str, np.ndarray], conv: str, norm: str) -> tuple[np.ndarray, np.ndarray]:
    """Kernel (h, w, in, out) and bias of a convolution with the batch normalization after it folded in."""
    scale = state[f"{norm}.weight"] / np.sqrt(state[f"{norm}.running_var"] + _BATCH_NORM_EPSILON)
    bias = state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * scale
    kernel = state[f"{conv}.weight"] * scale[:, None, None, None]
    return np.transpose(kernel, (2, 3, 1, 0)), bias


def _load_block(block: Block, state: dict[str, np.ndarray], at: str) -> None:
    if block.widen:
        block.widen.set_weights(list(_folded(state, f"{at}._expand_conv", f"{at}._bn0")))
    kernel, bias = _folded(state, f"{at}._depthwise_conv", f"{at}._bn1")
    block.around.set_weights([np.transpose(kernel, (0, 1, 3, 2)), bias])
    block.narrow.set_weights(list(_folded(state, f"{at}._project_conv", f"{at}._bn2")))
