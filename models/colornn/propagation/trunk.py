"""What a gray frame shows, at four scales: SqueezeNet 1.1 (Iandola et al. 2016) on luma.

Its ImageNet weights (MIT licence) match parts of pictures well before any training of ours, which is what
a pass trained on few clips needs. Padding is "same" throughout, so that every scale divides the frame evenly.
"""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
from keras import layers, ops

# squeeze width and expand width of fire2 .. fire9
FIRES = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
_MEAN_BGR = np.array([103.939, 116.779, 123.68], np.float32)
_MEAN_LUMA = 0.45


class Fire(layers.Layer):
    """A squeeze convolution whose output two expand convolutions read side by side."""

    def __init__(self, squeeze: int, expand: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.squeeze = layers.Conv2D(squeeze, 1, activation="relu", name="squeeze1x1", dtype=self.dtype_policy)
        self.narrow = layers.Conv2D(expand, 1, activation="relu", name="expand1x1", dtype=self.dtype_policy)
        self.wide = layers.Conv2D(
            expand, 3, padding="same", activation="relu", name="expand3x3", dtype=self.dtype_policy
        )

    def build(self, input_shape: tuple) -> None:
        self.squeeze.build(input_shape)
        squeezed = (*input_shape[:-1], self.squeeze.filters)
        self.narrow.build(squeezed)
        self.wide.build(squeezed)

    def call(self, x):
        x = self.squeeze(x)
        return ops.concatenate([self.narrow(x), self.wide(x)], -1)


class LumaTrunk(layers.Layer):
    """Luma (n, H, W, 1), 0..1 -> features at H/2 (64), H/4 (128), H/8 (256) and H/16 (512 channels)."""

    CHANNELS = (64, 128, 256, 512)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.conv1 = layers.Conv2D(
            64, 3, strides=2, padding="same", activation="relu", name="conv1", dtype=self.dtype_policy
        )
        self.pool = layers.MaxPooling2D(3, 2, padding="same", dtype=self.dtype_policy)
        self.fires = [Fire(s, e, name=f"fire{i + 2}", dtype=self.dtype_policy) for i, (s, e) in enumerate(FIRES)]

    def build(self, input_shape: tuple) -> None:
        self.conv1.build((None, None, None, 1))
        channels = 64
        for fire, (_, expand) in zip(self.fires, FIRES, strict=True):
            fire.build((None, None, None, channels))
            channels = 2 * expand

    def call(self, luma) -> tuple:
        f2 = self.conv1(luma - _MEAN_LUMA)
        f4 = self.fires[1](self.fires[0](self.pool(f2)))
        f8 = self.fires[3](self.fires[2](self.pool(f4)))
        x = self.pool(f8)
        for fire in self.fires[4:]:
            x = fire(x)
        return f2, f4, f8, x

    def load_imagenet(self, path: Path) -> None:
        """Takes SqueezeNet 1.1's ImageNet weights from a Keras 'notop' .h5 file (3 x 3 first convolution).

        The three color kernels of the first convolution are summed, since all three see the same luma; the
        file's mean subtraction (BGR, 0..255) is folded into its bias. Raises KeyError for another layout.
        """
        with h5py.File(path, "r") as file:

            def pair(group: h5py.Group) -> tuple[np.ndarray, np.ndarray]:
                found: dict[int, np.ndarray] = {}
                group.visititems(
                    lambda _, o: found.__setitem__(o.ndim, np.asarray(o)) if isinstance(o, h5py.Dataset) else None
                )
                return found[4], found[1]

            kernel, bias = pair(file["conv1"])
            bias = bias + np.einsum("hwio,i->o", kernel, 255 * _MEAN_LUMA - _MEAN_BGR)
            self.conv1.set_weights([255 * kernel.sum(axis=2, keepdims=True), bias])
            for i, fire in enumerate(self.fires):
                for part in (fire.squeeze, fire.narrow, fire.wide):
                    part.set_weights(list(pair(file[f"fire{i + 2}"][part.name])))
