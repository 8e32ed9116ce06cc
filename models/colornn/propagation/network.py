"""The network of the consistency pass. See PASS.md for a drawing in words and the figures.

One frame is colored in three strokes: features of its luma; one memory of colored frames (keyframes and
predecessor) read with them, coarse to fine; and a small U-Net with a recurrent state that decides, pixel by
pixel, between what was read and the color model's own chroma, and corrects it.

Chroma is U and V, BT.601 full range, -0.5..0.5, at half the size of the luma.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

import keras
from keras import layers, ops

from . import memory
from .trunk import LumaTrunk


@dataclass(frozen=True)
class PassConfig:
    """The sizes of the network. Channels unless said otherwise; reach is in tokens around a match."""

    key8: int = 64
    key4: int = 32
    key2: int = 16
    state: int = 32
    width: int = 48
    reach4: int = 2
    reach2: int = 1

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


# Channels of what motion has carried.
CARRIED = 4


class Keys(NamedTuple):
    """What a frame is found by: unit vectors at strides 8, 4 and 2."""

    k8: object
    k4: object
    k2: object


class Features(NamedTuple):
    """Everything computed from luma alone: the keys, and what the U-Net sees."""

    keys: Keys
    f4: object
    f8: object


class Memory(NamedTuple):
    """M colored frames for each of B queries: keys (B, M, h, w, C) and chroma (B, M, H/2, W/2, 2).

    is_predecessor (B, M) is 1 for the predecessor and 0 for keyframes; distance (B, M) is how many frames
    away each is, at least 1 (the sign does not matter to the pass: time runs both ways).
    """

    keys: Keys
    chroma: object
    is_predecessor: object
    distance: object


class StepOutput(NamedTuple):
    """chroma (B, H/2, W/2, 2); confidence (B, H/2, W/2, 1), 0..1; state (B, H/8, W/8, S); and, for training,
    what each scale of the memory read by itself, at half size."""

    chroma: object
    confidence: object
    state: object
    read8: object
    read4: object
    read2: object


def _unit(x):
    x = ops.cast(x, "float32")
    return x * ops.rsqrt(ops.sum(ops.square(x), -1, keepdims=True) + 1e-6)


def _double(x):
    """Nearest-neighbor upsampling by 2. Along the width as a product with two unit matrices side by side: repeating,
    broadcasting and joining such short runs of memory are all many times slower on a CPU."""
    b, h, w, c = ops.shape(x)
    twice = ops.concatenate([ops.eye(c, dtype=x.dtype)] * 2, -1)
    wide = ops.reshape(ops.matmul(ops.reshape(x, (b * h * w, c)), twice), (b, h, 1, 2 * w * c))
    return ops.reshape(ops.concatenate([wide] * 2, 2), (b, 2 * h, 2 * w, c))


def _conv(x, kernel):
    """A convolution without bias, "same". One of 1 x 1 as the matrix product that it is: quicker for few channels."""
    kernel = ops.cast(kernel, x.dtype)
    if kernel.shape[0] > 1:
        return ops.conv(x, kernel, padding="same")
    b, h, w, c = ops.shape(x)
    return ops.reshape(ops.matmul(ops.reshape(x, (b * h * w, c)), kernel[0, 0]), (b, h, w, kernel.shape[3]))


class ChannelScale(layers.Layer):
    """Shift and scale of each channel, fitted once to data so that the channels weigh alike in a cosine."""

    def build(self, input_shape: tuple) -> None:
        c = (input_shape[-1],)
        self.shift = self.add_weight(shape=c, initializer="zeros", name="shift", trainable=False)
        self.scale = self.add_weight(shape=c, initializer="ones", name="scale", trainable=False)

    def shifted(self, x):
        """x less the shift. Convolved with what `kernel` gives, both are done: a kernel is smaller than a picture."""
        return x - ops.cast(self.shift, x.dtype)

    def kernel(self, kernel):
        """The kernel (size, size, C, D) with the scale in it."""
        return kernel * self.scale[:, None]


class MatchScale(layers.Layer):
    """The learned numbers of one scale's attention: temperature, and biases by kind of frame and distance."""

    def __init__(self, temperature: float, slope: float = 0.0, **kwargs: object) -> None:
        super().__init__(**kwargs)

        def number(name: str, value: float):
            return self.add_weight(shape=(), initializer=keras.initializers.Constant(value), name=name, dtype="float32")

        self.log_temperature = number("log_temperature", float(ops.log(temperature)))
        self.predecessor_bias = number("predecessor_bias", 0.5)
        self.distance_bias = number("distance_bias", -0.2)
        self.trust = number("trust", 0.0)
        self.log_slope = number("log_slope", float(ops.log(max(slope, 1e-4))))
        self.log_reach = number("log_reach", 0.0)

    def temperature(self):
        return ops.exp(self.log_temperature)

    def frame_bias(self, mem: Memory):
        """(B, M): the predecessor's own bias, and a fall with the logarithm of the distance in time."""
        return self.predecessor_bias * mem.is_predecessor + self.distance_bias * ops.log(mem.distance)

    def position_slope(self, mem: Memory):
        """(B, M): how fast logits fall with distance in the picture; less for frames further away in time."""
        return ops.exp(self.log_slope) / ops.power(mem.distance, ops.exp(self.log_reach))


class ConsistencyPass(keras.Model):
    """features(luma) once a frame; step(...) with a memory made of the features and colors of other frames."""

    def __init__(self, config: PassConfig | None = None, **kwargs: object) -> None:
        super().__init__(name="consistency_pass", **kwargs)
        self.config = c = config or PassConfig()
        policy = self.dtype_policy
        self.trunk = LumaTrunk(name="trunk", dtype=policy)

        def conv(filters: int, size: int = 3, name: str = "", act: str | None = "relu", strides: int = 1):
            return layers.Conv2D(filters, size, strides, padding="same", activation=act, name=name, dtype=policy)

        self.scales = [ChannelScale(name=f"scale{s}", dtype=policy) for s in (2, 4, 8, 16)]
        ortho = {"kernel_initializer": "orthogonal", "padding": "same", "use_bias": False, "dtype": policy}
        self.to_k8 = layers.Conv2D(c.key8, 1, name="to_k8", **ortho)
        self.to_k4 = layers.Conv2D(c.key4, 3, name="to_k4", **ortho)
        self.to_k2 = layers.Conv2D(c.key2, 3, name="to_k2", **ortho)
        self.k4_to_k2 = layers.Conv2D(c.key2, 1, name="k4_to_k2", **ortho)
        self.match8 = MatchScale(30.0, 0.02, name="match8", dtype="float32")
        self.match4 = MatchScale(25.0, name="match4", dtype="float32")
        self.match2 = MatchScale(25.0, name="match2", dtype="float32")

        w = c.width
        self.skip4 = conv(w // 2, 1, "skip4")
        self.skip8 = conv(w, 1, "skip8")
        self.enter4 = conv(w, 3, "enter4")
        self.mix4 = conv(w, 3, "mix4")
        self.down8 = conv(2 * w, 3, "down8", strides=2)
        self.mix8 = conv(2 * w, 3, "mix8")
        self.gates = conv(2 * c.state, 3, "gates", act="sigmoid")
        self.candidate = conv(c.state, 3, "candidate", act="tanh")
        self.rise8 = conv(w, 1, "rise8")
        self.up4 = conv(w, 3, "up4")
        self.head = layers.Conv2D(
            16,
            3,
            padding="same",
            kernel_initializer="zeros",
            name="head",
            dtype=policy,
            bias_initializer=keras.initializers.Constant([0.0, 0.0, -3.0, 2.0] * 4),
        )

    def build(self, _shape: tuple | None = None) -> None:
        """Creates the weights by running one small frame through the network."""
        at2, at4, at8, at16 = LumaTrunk.CHANNELS
        for scale, channels in zip(self.scales, LumaTrunk.CHANNELS, strict=True):
            scale.build((None, None, None, channels))
        self.to_k8.build((None, None, None, at8 + at16))
        self.to_k4.build((None, None, None, at4 + self.config.key8))
        self.to_k2.build((None, None, None, at2))
        self.k4_to_k2.build((None, None, None, self.config.key4))
        luma = ops.zeros((1, 64, 64, 1))
        features = self.features(luma)
        chroma = ops.zeros((1, 32, 32, 2))
        mem = self.remember(features.keys, chroma)
        self.step(features, luma, chroma, mem, self.zero_state(luma))
        self.built = True

    def features(self, luma) -> Features:
        """luma (N, H, W, 1), 0..1, H and W multiples of 32."""
        f2, f4, f8, f16 = self.trunk(luma)
        s2, s4, s8, s16 = self.scales
        at8, at16 = ops.split(self.to_k8.kernel, [LumaTrunk.CHANNELS[2]], 2)
        deep = _double(_conv(s16.shifted(f16), s16.kernel(at16)))
        k8 = _conv(s8.shifted(f8), s8.kernel(at8)) + deep
        at4, from8 = ops.split(self.to_k4.kernel, [LumaTrunk.CHANNELS[1]], 2)
        joined = ops.concatenate([s4.kernel(at4), ops.cast(from8, "float32")], 2)
        k4 = _conv(ops.concatenate([s4.shifted(f4), _double(k8)], -1), joined)
        k2 = _conv(s2.shifted(f2), s2.kernel(self.to_k2.kernel)) + _double(_conv(k4, self.k4_to_k2.kernel))
        keys = Keys(_unit(k8), _unit(k4), _unit(k2))
        return Features(keys, self.skip4(f4), self.skip8(f8))

    def zero_state(self, luma):
        """The state at the first frame of a shot."""
        b, h, w, _ = ops.shape(luma)
        return ops.zeros((b, h // 8, w // 8, self.config.state))

    @staticmethod
    def remember(keys: Keys, chroma) -> Memory:
        """A memory of a single keyframe per query, one frame away."""
        one = ops.ones((ops.shape(chroma)[0], 1))
        return Memory(Keys(*(k[:, None] for k in keys)), chroma[:, None], 0 * one, one)

    def read(self, keys: Keys, mem: Memory):
        """Reads the memory's colors at three scales. Returns them at half size, and what was best matched."""
        b, m = ops.shape(mem.chroma)[:2]
        half_h, half_w = ops.shape(mem.chroma)[2:4]
        dtype = self.compute_dtype

        def cast(x):
            return ops.cast(x, dtype)

        flat = ops.reshape(mem.chroma, (b * m, half_h, half_w, 2))

        def values(size: int):
            p = memory.patches(flat, size)
            return cast(ops.reshape(p, (b, m, *ops.shape(p)[1:])))

        read8, best8, where8 = memory.read_everywhere(
            cast(keys.k8),
            cast(mem.keys.k8),
            values(4),
            self.match8.temperature(),
            self.match8.frame_bias(mem),
            self.match8.position_slope(mem),
        )
        prior4 = self.match4.trust * best8 + self.match4.frame_bias(mem)[:, None]
        read4, best4, where4 = memory.read_windows(
            cast(keys.k4),
            cast(mem.keys.k4),
            values(2),
            where8,
            self.match4.temperature(),
            prior4,
            self.config.reach4,
        )
        prior2 = self.match2.trust * best4 + self.match2.frame_bias(mem)[:, None]
        read2, best2, _ = memory.read_windows(
            cast(keys.k2),
            cast(mem.keys.k2),
            values(1),
            where4,
            self.match2.temperature(),
            prior2,
            self.config.reach2,
        )
        h, w = half_h // 4, half_w // 4
        best8 = _double(ops.reshape(ops.max(best8, -1), (b, h, w, 1)))
        best4 = ops.reshape(ops.max(best4, -1), (b, 2 * h, 2 * w, 1))
        best2 = memory.patches(ops.reshape(ops.max(best2, -1), (b, 4 * h, 4 * w, 1)), 2)
        matched = ops.concatenate([best8, best4, best2], -1)
        return memory.unpatch(read8, 4, 2), memory.unpatch(read4, 2, 2), read2, matched

    def step(self, features: Features, luma, auto, mem: Memory, state, carried=None) -> StepOutput:
        """Colors one frame. auto: the color model's chroma of this frame (B, H/2, W/2, 2). carried (B, H/2, W/2, 4):
        what motion has carried to it, U and V times the share that is kept of them, that share, and how much has come
        all the way from a keyframe; nothing where there is none.

        The U-Net works at strides 4 and 8, on 2 x 2 patches of what is at half size: full-size convolutions
        are what is slow on a CPU.
        """
        read8, read4, read2, matched = self.read(features.keys, mem)

        def cast(x):
            return ops.cast(x, self.compute_dtype)

        auto = ops.cast(auto, "float32")
        colors = memory.patches(4 * ops.concatenate([read2, read4, read8, auto], -1), 2)
        if carried is None:
            carried = ops.zeros((*ops.shape(auto)[:3], CARRIED))
        by_motion = memory.patches(ops.cast(carried, "float32") * ops.convert_to_tensor([4.0, 4.0, 1.0, 1.0]), 2)
        seen = [cast(colors), cast(matched), cast(memory.patches(luma, 4)), features.f4, cast(by_motion)]
        x4 = self.mix4(self.enter4(ops.concatenate(seen, -1)))
        x8 = self.mix8(ops.concatenate([self.down8(x4), features.f8], -1))
        state = cast(state)
        update, reset = ops.split(self.gates(ops.concatenate([x8, state], -1)), 2, -1)
        fresh = self.candidate(ops.concatenate([x8, reset * state], -1))
        state = (1 - update) * state + update * fresh
        risen = _double(self.rise8(ops.concatenate([x8, state], -1)))
        y4 = self.up4(ops.concatenate([x4, risen], -1))
        head = memory.unpatch(ops.cast(self.head(y4), "float32"), 2, 4)
        own = ops.sigmoid(head[..., 2:3])
        chroma = read2 + own * (auto - read2) + 0.25 * head[..., :2]
        chroma = ops.clip(chroma, -0.5, 0.5)
        confidence = ops.sigmoid(head[..., 3:4])
        return StepOutput(chroma, confidence, ops.cast(state, "float32"), read8, read4, read2)
