"""One training step and the moving average of the weights. TensorFlow backend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from .losses import LossOptions, bin_loss, label_loss, top1


def cosine_rate(progress: float, warmup: float = 0.02) -> float:
    """The share of the peak learning rate at `progress` (0..1): a short rise, then half a cosine down to 1 %."""
    if progress < warmup:
        return max(progress / warmup, 0.01)
    along = min(1.0, (progress - warmup) / (1 - warmup))
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * along))


class Trainer:
    """Trains a color model with AdamW, the layers with published weights at a share of the rate or not at all, and
    averages its weights.

    published: these layers' names; published_rate: their share of the rate, 0 leaves them as they are.
    The averaged weights (`averaged`, in the order of model.trainable_variables) are the ones to keep.
    """

    def __init__(
        self,
        model: keras.Model,
        options: LossOptions,
        bin_weights: np.ndarray,
        peak_rate: float = 1e-3,
        average_decay: float = 0.998,
        decay: float = 0.01,
        published: Sequence[str] = (),
        published_rate: float = 0.0,
    ) -> None:
        self.model, self.options, self.bin_weights = model, options, bin_weights
        self.peak_rate, self.average_decay = peak_rate, average_decay
        given = [v for name in published for v in model.get_layer(name).trainable_variables]
        not_own = {id(v) for v in given}
        self._own = [v for v in model.trainable_variables if id(v) not in not_own]
        self._published = given if published_rate > 0 else []
        self._published_rate = published_rate
        self._trained = self._own + self._published
        self._optimizer = self._built_optimizer(self._own, decay)
        # Published weights are no draft that decay should pull to zero.
        self._published_optimizer = self._built_optimizer(self._published, 0.0) if self._published else None
        self.averaged = [tf.Variable(v.value, trainable=False) for v in model.trainable_variables]
        self.steps = tf.Variable(0, dtype=tf.int64, trainable=False)
        self.seconds = tf.Variable(0.0, dtype=tf.float64, trainable=False)
        self._step = tf.function(self._train_step)

    def _built_optimizer(self, variables: list, decay: float) -> keras.optimizers.Optimizer:
        optimizer = keras.optimizers.AdamW(self.peak_rate, weight_decay=decay)
        optimizer.build(variables)
        return optimizer

    def checkpoint(self) -> tf.train.Checkpoint:
        """Everything that a resumed run needs."""
        # Variable by variable: a model's own checkpoint leaves out weights that Keras's base layers don't know of.
        live = [v.value for v in self.model.trainable_variables]
        parts = {
            "live": live,
            "averaged": self.averaged,
            "steps": self.steps,
            "seconds": self.seconds,
            "optimizer": self._optimizer,
        }
        if self._published_optimizer:
            parts["published_optimizer"] = self._published_optimizer
        return tf.train.Checkpoint(**parts)

    def _train_step(self, luma, chroma, labels, average: tf.Tensor):
        with tf.GradientTape() as tape:
            out = self.model(luma, training=True)
            colors = bin_loss(out["bins"], chroma, self.options, self.bin_weights)
            naming = label_loss(out["class"], labels) if "class" in out else tf.constant(0.0)
            loss = colors + self.options.label * naming
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, self._trained), 1.0)
        self._optimizer.apply(gradients[: len(self._own)], self._own)
        if self._published_optimizer:
            self._published_optimizer.apply(gradients[len(self._own) :], self._published)
        for mean, variable in zip(self.averaged, self.model.trainable_variables, strict=True):
            mean.assign(average * mean + (1 - average) * variable.value)
        self.steps.assign_add(1)
        return colors, naming, top1(out["bins"], chroma)

    def step(self, batch: tuple, progress: float) -> tuple[float, float, np.ndarray]:
        """One step. Returns the colors' loss, the label's loss, and top-1 accuracy of U and V on the batch."""
        rate = self.peak_rate * cosine_rate(progress)
        self._optimizer.learning_rate.assign(rate)
        if self._published_optimizer:
            self._published_optimizer.learning_rate.assign(rate * self._published_rate)
        done = int(self.steps.numpy())
        average = min(self.average_decay, (1 + done) / (10 + done))
        colors, naming, accuracy = self._step(*(tf.constant(part) for part in batch), tf.constant(average, tf.float32))
        return float(colors), float(naming), accuracy.numpy()

    def save_average(self, path: Path) -> None:
        """Writes the averaged weights, in the order of model.trainable_variables. See load_average."""
        np.savez(path, *(mean.numpy() for mean in self.averaged))

    def copy_average_into(self, model: keras.Model) -> None:
        """Gives the averaged weights to a model of the same form."""
        for mean, variable in zip(self.averaged, model.trainable_variables, strict=True):
            variable.assign(mean)


def load_average(model: keras.Model, path: Path) -> None:
    """Gives a model of the same form the weights that save_average wrote. Raises ValueError when the forms differ."""
    with np.load(path) as file:
        arrays = [file[f"arr_{i}"] for i in range(len(file.files))]
    variables = model.trainable_variables
    if [tuple(v.shape) for v in variables] != [a.shape for a in arrays]:
        raise ValueError(f"{path} holds the weights of a network of another form.")
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)
