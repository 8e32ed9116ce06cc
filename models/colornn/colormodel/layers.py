"""The layers that the color model is made of, beyond Keras's own."""

from __future__ import annotations

import keras
from keras import layers, ops

from colornn.color import BINS


@keras.saving.register_keras_serializable("colornn")
class StandardizedConv2D(layers.Conv2D):
    """A convolution whose kernel has zero mean and unit gain per output channel, times a learned gain.

    Scaled weight standardization (Brock, De and Smith 2021): trains deep plain stacks of ReLU layers as well as batch
    normalization does, costs nothing per pixel, behaves alike in training and use, and folds into a plain kernel.
    """

    # Keeps the variance of activations through "convolution, ReLU": 1 / std(ReLU(normal)).
    _RELU_GAIN = 1.7139588594436646

    def build(self, input_shape: tuple) -> None:
        super().build(input_shape)
        self.gain = self.add_weight(name="gain", shape=(self.filters,), initializer="ones")

    def standardized(self):
        """The kernel that the convolution really uses, float32, shape (kh, kw, in, out)."""
        kernel = ops.cast(self._kernel, "float32")
        mean, variance = ops.moments(kernel, axes=(0, 1, 2), keepdims=True)
        fan_in = kernel.shape[0] * kernel.shape[1] * kernel.shape[2]
        scale = self._RELU_GAIN * ops.rsqrt(ops.maximum(variance * fan_in, 1e-4))
        return (kernel - mean) * scale * ops.cast(self.gain, "float32")

    def call(self, inputs):
        kernel = ops.cast(self.standardized(), self.compute_dtype)
        x = ops.conv(
            inputs, kernel, self.strides, self.padding, dilation_rate=self.dilation_rate, data_format=self.data_format
        )
        return self.activation(x + self.bias)


@keras.saving.register_keras_serializable("colornn")
class Upsample2x(layers.Layer):
    """Doubles height and width, each pixel becoming four alike; any even or odd size."""

    def call(self, x):
        n, h, w, c = ops.shape(x)
        wide = ops.reshape(ops.concatenate([x, x], axis=-1), (n, h, 2 * w, c))
        return ops.reshape(ops.concatenate([wide, wide], axis=2), (n, 2 * h, 2 * w, c))

    def compute_output_shape(self, shape: tuple) -> tuple:
        double = [None if side is None else 2 * side for side in shape[1:3]]
        return (shape[0], *double, shape[3])


@keras.saving.register_keras_serializable("colornn")
class SplitBins(layers.Layer):
    """(n, h, w, 60) -> (n, h, w, 2, 30): the bins of U, then those of V."""

    def call(self, x):
        shape = ops.shape(x)
        return ops.reshape(ops.cast(x, "float32"), (shape[0], shape[1], shape[2], 2, BINS))

    def compute_output_shape(self, shape: tuple) -> tuple:
        return (*shape[:3], 2, BINS)


def conv(filters: int, size: int, name: str, *, standardize: bool, relu: bool = True, dilation: int = 1):
    """A convolution that keeps height and width, with ReLU or none after it."""
    kind = StandardizedConv2D if standardize else layers.Conv2D
    return kind(
        filters,
        size,
        padding="same",
        dilation_rate=dilation,
        activation="relu" if relu else None,
        kernel_initializer="he_normal",
        name=name,
    )
