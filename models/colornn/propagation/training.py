"""One training step of the pass: unrolled over its own outputs, as it will run in the editor."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from .motion import moved, shares
from .network import ConsistencyPass, Features, Keys, Memory
from .rounds import Carried, Segment

# A fully wrong pixel (0.1 in U or V is a clearly different hue) should weigh, but not drown, the rest.
_CHARBONNIER = 0.005
_CONFIDENCE_SCALE = 0.03
# How much more a strong color weighs (0.2 from gray: twice as much as gray), and what a pale answer costs.
_STRONG = 5.0
_FADING = 0.1
# What the square of an error costs besides: one wrong thing is worse than a whole picture that is a little off.
_SQUARED = 4.0
# What a pixel weighs whose color has come from the keyframe by motion, which is not asked of the pass; and one of which
# nothing has.
_COME = 0.3
_NOT_COME = 1.7


def charbonnier(error: tf.Tensor, weight: tf.Tensor | float = 1.0) -> tf.Tensor:
    """Weighted mean of sqrt(e^2 + c^2) - c: absolute error with a smooth bottom (Charbonnier et al. 1994)."""
    return tf.reduce_mean(weight * (tf.sqrt(tf.square(error) + _CHARBONNIER**2) - _CHARBONNIER))


def _strength(chroma: tf.Tensor) -> tf.Tensor:
    """How far from gray, (..., 1)."""
    return tf.sqrt(tf.reduce_sum(tf.square(chroma), -1, keepdims=True) + 1e-6)


def color_loss(chroma: tf.Tensor, truth: tf.Tensor, weight: tf.Tensor | float = 1.0) -> tf.Tensor:
    """The loss of a coloring (B, h, w, 2). Strong colors weigh more, and coming out paler than the truth costs extra:
    gray is a safe answer for each pixel and a bad one for a film. weight (B, h, w, 1)."""
    strong = _strength(truth)
    faded = tf.nn.relu(strong - _strength(chroma))
    weight = weight * (1 + tf.minimum(_STRONG * strong, 1.5))
    squared = tf.reduce_mean(weight * tf.square(chroma - truth))
    return charbonnier(chroma - truth, weight) + _SQUARED * squared + _FADING * tf.reduce_mean(weight * faded)


def _features_by_frame(network: ConsistencyPass, luma) -> list[Features]:
    """The features of each of the T frames of luma (B, T, S, S, 1), computed together.

    Frames are split along the first axis: slices of an inner one would each get a gradient as large as all of them.
    """
    b, total, height, width, _ = luma.shape
    together = network.features(tf.reshape(tf.transpose(luma, (1, 0, 2, 3, 4)), (total * b, height, width, 1)))
    k8, k4, k2, f4, f8 = (tf.split(x, total) for x in (*together.keys, together.f4, together.f8))
    return [Features(Keys(k8[i], k4[i], k2[i]), f4[i], f8[i]) for i in range(total)]


def unrolled_loss(
    network: ConsistencyPass,
    luma,
    chroma,
    auto,
    distance,
    flow,
    certainty,
    predecessor,
    anchor,
    age,
    state,
    shown,
    own: float,
    use_keyframes: bool = True,
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
    """Colors T frames in a row and compares them with the truth.

    Shapes as in `Segment`, K keyframes first. predecessor, anchor (B, S/2, S/2, 2): their chroma; age: frames from the
    anchor to the first of the T, a scalar; state: where the pass stood there; shown (B, S/2, S/2, 3): as in `Carried`.
    own: the chance, per step, that the next frame's predecessor is this frame's own output and not the truth (scheduled
    sampling, Bengio et al. 2015; 1 is always unrolled, 0 is teacher forcing). Each frame shows its moved colors where
    motion is certain, and what the pass says elsewhere, as in the program: there its errors weigh most. Returns the
    loss, the mean squared error of what is shown, the last chroma and state to go on from, and what is shown last.
    """
    b, total = luma.shape[0], luma.shape[1]
    k = distance.shape[2]
    features = _features_by_frame(network, luma)
    pins = list(range(k)) if use_keyframes else []
    last = predecessor
    loss, squared = 0.0, 0.0
    first = k + 2
    for i in range(first, total):
        remembered = [features[j].keys for j in (*pins, i - 1, k)]
        keys = Keys(*(tf.stack(scale, 1) for scale in zip(*remembered, strict=True)))
        kind = tf.constant([[0.0] * len(pins) + [1.0, 0.0]] * b)
        one = tf.ones((b, 1))
        step_motion = moved(shown, flow[:, i - first])
        share = shares(certainty[:, i - first], step_motion[..., 2:])
        come = step_motion[..., 2:] * share
        carried = tf.concat([step_motion[..., :2] * share, share, come], -1)
        away = tf.concat([distance[:, i - first, : len(pins)], one, one * (age + float(i - first))], 1)
        colors = tf.concat([chroma[:, : len(pins)], last[:, None], anchor[:, None]], 1)
        mem = Memory(keys, colors, kind, away)
        out = network.step(features[i], luma[:, i], auto[:, i], mem, state, carried)
        state, truth = out.state, chroma[:, i]
        error = out.chroma - truth
        step = color_loss(out.chroma, truth, _COME + (_NOT_COME - _COME) * (1 - come))
        step += 0.2 * sum(charbonnier(read - truth) for read in (out.read2, out.read4, out.read8))
        size = tf.reduce_sum(tf.abs(tf.stop_gradient(error)), -1, keepdims=True)
        target = tf.exp(-size / _CONFIDENCE_SCALE)
        step += 0.004 * tf.reduce_mean(keras.losses.binary_crossentropy(target, out.confidence))
        loss += step
        mixed = carried[..., :2] + (1 - share) * tf.stop_gradient(out.chroma)
        squared += tf.reduce_mean(tf.square(mixed - truth))
        shown = tf.concat([mixed, come], -1)
        coin = tf.cast(tf.random.uniform((b, 1, 1, 1)) < own, tf.float32)
        # Colors travel from frame to frame as data: the gradient of each step ends at its predecessor's colors.
        last = tf.stop_gradient(coin * out.chroma + (1 - coin) * truth)
    steps = float(total - first)
    return loss / steps, squared / steps, last, state, shown


def worn(chroma: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A predecessor (B, h, w, 2) as a long run would have left it: sometimes clean, mostly faded, tinted, softened."""
    out = chroma.copy()
    for frame in out:
        if rng.random() < 0.3:
            continue
        coarse = rng.normal(0, rng.uniform(0, 0.03), (5, 5, 2)).astype(np.float32)
        ys, xs = (np.linspace(0, 4, n).round().astype(int) for n in frame.shape[:2])
        frame *= rng.uniform(0.75, 1.05)
        frame += coarse[ys][:, xs]
        if rng.random() < 0.5:
            shift = rng.integers(-1, 2, 2)
            frame += 0.5 * (np.roll(frame, tuple(shift), (0, 1)) - frame)
    return out


class Trainer:
    """Holds the network, its optimizers and a running mean of its weights.

    The trunk starts from ImageNet and moves slower than the rest.
    """

    def __init__(self, network: ConsistencyPass, rate: float, own: float, use_keyframes: bool = True) -> None:
        self.network, self.own, self.use_keyframes = network, own, use_keyframes
        self.rate = rate
        trunk = {id(v) for v in network.trunk.trainable_variables}
        self.slow = [v for v in network.trainable_variables if id(v) in trunk]
        self.fast = [v for v in network.trainable_variables if id(v) not in trunk]
        self.optimizers = [keras.optimizers.Adam(rate, clipnorm=1.0) for _ in range(2)]
        self.optimizers[0].build(self.slow)
        self.optimizers[1].build(self.fast)
        self.mean = [tf.Variable(v.value, trainable=False) for v in network.weights]
        self.taken = tf.Variable(0.0, trainable=False)
        self._steps: dict[tuple, Callable] = {}

    def _compiled(self) -> Callable:
        def step(*inputs):
            with tf.GradientTape() as tape:
                loss, squared, last, state, shown = unrolled_loss(self.network, *inputs, self.own, self.use_keyframes)
            gradients = tape.gradient(loss, [v.value for v in self.slow + self.fast])
            gradients = [
                g if g is not None else tf.zeros_like(v) for g, v in zip(gradients, self.slow + self.fast, strict=True)
            ]
            self.optimizers[0].apply(gradients[: len(self.slow)], self.slow)
            self.optimizers[1].apply(gradients[len(self.slow) :], self.fast)
            # A young mean must forget where it started: its memory grows with the steps taken.
            self.taken.assign_add(1.0)
            keep = tf.minimum(0.998, self.taken / (10.0 + self.taken))
            for kept, v in zip(self.mean, self.network.weights, strict=True):
                kept.assign(keep * kept + (1 - keep) * tf.cast(v.value, kept.dtype))
            return loss, squared, last, state, shown

        return tf.function(step)

    def set_rate(self, factor: float) -> None:
        """Sets both learning rates to `factor` of their full value."""
        self.optimizers[0].learning_rate.assign(0.2 * factor * self.rate)
        self.optimizers[1].learning_rate.assign(factor * self.rate)

    def step(
        self, segment: Segment, rng: np.random.Generator, carried: Carried | None = None
    ) -> tuple[float, float, Carried]:
        """One update, from where a run stands or from a shot's start.

        Returns the loss, the mean squared chroma error of what is shown, and where the run stands now.
        """
        shape = (segment.keyframes, *segment.luma.shape)
        if shape not in self._steps:
            self._steps[shape] = self._compiled()
        if carried is None:
            before = worn(segment.chroma[:, segment.keyframes + 1], rng)
            come = segment.start[..., 2:]
            shown = np.concatenate([before + come * (segment.start[..., :2] - before), come], -1)
            carried = Carried(before, np.asarray(self.network.zero_state(segment.luma[:, 0])), before, shown)
        inputs = (
            segment.luma,
            segment.chroma,
            segment.auto,
            segment.distance,
            segment.flow,
            segment.certainty,
            carried.chroma,
            carried.anchor,
            np.float32(segment.age),
            carried.state,
            carried.shown,
        )
        loss, squared, last, state, shown = self._steps[shape](*(tf.constant(x) for x in inputs))
        anchor = last.numpy() if segment.anchors_last else carried.anchor
        return float(loss), float(squared), Carried(last.numpy(), state.numpy(), anchor, shown.numpy())
