"""The layers that the color model is made of, beyond Keras's own."""

from __future__ import annotations

import keras
import numpy as np
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

    def restored(self, standardized: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Kernel and gain under which `standardized` gives this kernel (kh, kw, in, out) back."""
        fan_in = np.prod(standardized.shape[:3])
        centered = standardized - standardized.mean(axis=(0, 1, 2), keepdims=True)
        return centered, np.sqrt(np.maximum(centered.var(axis=(0, 1, 2)) * fan_in, 1e-4)) / self._RELU_GAIN

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


@keras.saving.register_keras_serializable("colornn")
class AttentionBlock(layers.Layer):
    """A transformer block (Vaswani et al. 2017) over all places of the picture, (n, h, w, C) -> the same: what one
    place shows tells another its color. Pre-normalized (root mean square, in float32), and the identity until it is
    trained, so that it can be added to a trained network. No position is told: features of convolutions know their
    surroundings.
    """

    HEADS = 4

    def build(self, input_shape: tuple) -> None:
        channels = input_shape[-1]

        def weight(name: str, shape: tuple, initializer: str = "glorot_uniform"):
            return self.add_weight(name=name, shape=shape, initializer=initializer)

        self.norm1, self.norm2 = weight("norm1", (channels,), "ones"), weight("norm2", (channels,), "ones")
        self.read, self.out = weight("read", (channels, 3 * channels)), weight("out", (channels, channels), "zeros")
        self.rise, self.rise_bias = (
            weight("rise", (channels, 2 * channels)),
            weight("rise_bias", (2 * channels,), "zeros"),
        )
        self.fall, self.fall_bias = (
            weight("fall", (2 * channels, channels), "zeros"),
            weight("fall_bias", (channels,), "zeros"),
        )

    @property
    def weights_in_use(self) -> list:
        """Its weights in the order that `call` comes to them, as a graph made of it holds them."""
        attending = [self.norm1, self.read, self.out]
        return [*attending, self.norm2, self.rise, self.rise_bias, self.fall, self.fall_bias]

    def _normed(self, x, gain):
        exact = ops.cast(x, "float32")
        steady = exact * ops.rsqrt(ops.mean(ops.square(exact), -1, keepdims=True) + 1e-5)
        return ops.cast(steady * gain, self.compute_dtype)

    def call(self, x):
        n, h, w, channels = ops.shape(x)
        depth, places = channels // self.HEADS, h * w
        own = lambda weight: ops.cast(weight, self.compute_dtype)  # noqa: E731
        flat = ops.reshape(x, (n, places, channels))

        def heads(y):
            return ops.transpose(ops.reshape(y, (n, places, self.HEADS, depth)), (0, 2, 1, 3))

        query, key, value = ops.split(ops.matmul(self._normed(flat, self.norm1), own(self.read)), 3, -1)
        scores = ops.matmul(heads(query), ops.transpose(heads(key), (0, 1, 3, 2))) * depth**-0.5
        weights = ops.cast(ops.softmax(ops.cast(scores, "float32"), -1), self.compute_dtype)
        seen = ops.reshape(ops.transpose(ops.matmul(weights, heads(value)), (0, 2, 1, 3)), (n, places, channels))
        flat = flat + ops.matmul(seen, own(self.out))
        risen = ops.relu(ops.matmul(self._normed(flat, self.norm2), own(self.rise)) + own(self.rise_bias))
        return ops.reshape(flat + ops.matmul(risen, own(self.fall)) + own(self.fall_bias), (n, h, w, channels))

    def compute_output_shape(self, shape: tuple) -> tuple:
        return shape


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
