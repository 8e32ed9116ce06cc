"""A pass that is still variables, driven like an export of it: for comparisons between trained networks."""

from __future__ import annotations

import tensorflow as tf

from .export import MEMORY, encoder, stepper
from .network import ConsistencyPass
from .saved_pass import SavedPass


class LivePass(SavedPass):
    """Runs a network in memory. use_keyframes False: it reads its predecessor alone, as in that ablation."""

    def __init__(self, network: ConsistencyPass, short_side: int = 256, use_keyframes: bool = True) -> None:
        encode, encode_inputs = encoder(network)
        step, step_inputs = stepper(network)
        self._encoder = tf.function(encode, input_signature=list(encode_inputs.values()))
        self._stepper = tf.function(step, input_signature=list(step_inputs.values()))
        self._names = list(step_inputs)
        self.encode = lambda luma, chroma: self._encoder(luma, chroma)
        self._step = lambda **inputs: self._stepper(*(inputs[name] for name in self._names))
        self.network = network
        self.auto_every = 1
        self.about = {"stateShape": step_inputs["state"].shape.as_list()}
        self.memory = list(MEMORY)
        self.short_side, self.use_keyframes = short_side, use_keyframes
        self.confidence: list[float] = []
        self._color_model = None
        self._guesses = None

    def share_guesses(self, other: SavedPass) -> None:
        """Takes the color model, and what it has guessed already, from another pass of the same short side."""
        self.auto = other.auto
        self._guess = other._guess

    def step(self, luma, auto, pins, distance, before, state):
        """As SavedPass.step, without the pins where keyframes are left out."""
        if not self.use_keyframes:
            pins, distance = [], []
        return super().step(luma, auto, pins, distance, before, state)
