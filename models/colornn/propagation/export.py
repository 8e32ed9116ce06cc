"""The exported form of the pass: a frozen SavedModel with `encode` and `step`, each in fp32 and bf16."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import keras
import tensorflow as tf

from colornn.savedmodel import write_saved_model

from . import store
from .network import CARRIED, ConsistencyPass, Keys, Memory, PassConfig
from .rounds import ANCHOR_EVERY

RESUME = "resume.npz"
MEMORY = ("key8", "key4", "key2", "colors")
LICENCE = (
    "ColoRNN's own weights: see models/PASS.md for what they were trained on. "
    "Holds fine-tuned features of SqueezeNet 1.1 (MIT, Copyright 2016 Refikcan Malli)."
)

# The anchor is read where its age divides by this; ANCHOR_EVERY has to, so that the next anchor has read this one.
ANCHOR_READ_EVERY = 2


def _named(keys: Keys, chroma, prefix: str = "") -> dict:
    return {prefix + name: tf.cast(x, tf.float32) for name, x in zip(MEMORY, (*keys, chroma), strict=True)}


def memory_specs(config: PassConfig, prefix: str) -> dict[str, tf.TensorSpec]:
    """The tensors of any number of remembered frames, by name."""
    channels = (config.key8, config.key4, config.key2, 2)
    return {
        prefix + name: tf.TensorSpec([None, None, None, c], tf.float32, prefix + name)
        for name, c in zip(MEMORY, channels, strict=True)
    }


def encoder(network: ConsistencyPass) -> tuple[Callable, dict[str, tf.TensorSpec]]:
    """luma (1, H, W, 1) and its chroma (1, H/2, W/2, 2) -> what the memory holds of the frame."""

    def encode(luma, chroma):
        return _named(network.features(luma).keys, chroma)

    return encode, {
        "luma": tf.TensorSpec([1, None, None, 1], tf.float32, "luma"),
        "chroma": tf.TensorSpec([1, None, None, 2], tf.float32, "chroma"),
    }


def _anchored(current: list, before: list, colored) -> list:
    """What the memory of the predecessor is for the next frame: this frame, and the anchor.

    current: this frame's tensors, one frame each; before: the predecessor's, with the anchor in second place where
    there is one; colored: how many frames were colored before this one. At every ANCHOR_EVERY frames this frame
    becomes the anchor.
    """
    take = tf.cast(tf.equal(tf.math.floormod(colored + 1.0, float(ANCHOR_EVERY)), 0.0), tf.int32)
    anchors = tf.shape(before[0])[0] - 1
    chosen = tf.concat([tf.zeros([1 + take], tf.int32), tf.range(1, 1 + anchors * (1 - take))], 0)
    return [tf.gather(tf.concat([now, old[1:]], 0), chosen) for now, old in zip(current, before, strict=True)]


def stepper(network: ConsistencyPass) -> tuple[Callable, dict[str, tf.TensorSpec]]:
    """Colors one frame from K keyframes, its predecessor and an anchor; see `describe` for names and shapes.

    The anchor is one of the pass's own frames, up to ANCHOR_EVERY back. Every frame that is read from its predecessor
    alone is softened once more; what is read from the anchor was softened but once since then. It is read at every
    second frame, the one that becomes the next anchor among them: that costs 0.04 dB and saves a tenth of the time. It
    travels with the predecessor's tensors, and the count that it needs with the state, so that whoever drives the pass
    need not know.
    """

    def step(luma, auto, carried, distance, state, *tensors):
        pins, before = tensors[:4], tensors[4:]
        own, colored = state[..., :-1], state[0, 0, 0, -1]
        age = tf.math.floormod(colored, float(ANCHOR_EVERY)) + 1.0
        consulted = tf.equal(tf.math.floormod(age, float(ANCHOR_READ_EVERY)), 0.0)
        read = tf.where(consulted, tf.shape(before[0])[0], 1)
        frames = [tf.concat([k, p[:read]], 0)[None] for k, p in zip(pins, before, strict=True)]
        away = tf.maximum(tf.abs(distance), 1.0)
        anchors = tf.zeros([read - 1])
        mem = Memory(
            keys=Keys(*frames[:3]),
            chroma=frames[3],
            is_predecessor=tf.concat([tf.zeros_like(away), [1.0], anchors], 0)[None],
            distance=tf.concat([away, [1.0], anchors + age], 0)[None],
        )
        features = network.features(luma)
        out = network.step(features, luma, auto, mem, own, carried)
        now = [tf.cast(x, tf.float32) for x in (*features.keys, out.chroma)]
        return {
            "chroma": out.chroma,
            "confidence": out.confidence,
            "frame_confidence": tf.reduce_mean(out.confidence, [1, 2, 3]),
            "state": tf.concat([out.state, state[..., -1:] + 1.0], -1),
            **{f"next_{name}": x for name, x in zip(MEMORY, _anchored(now, before, colored), strict=True)},
        }

    config = network.config
    specs = {
        "luma": tf.TensorSpec([1, None, None, 1], tf.float32, "luma"),
        "auto": tf.TensorSpec([1, None, None, 2], tf.float32, "auto"),
        "carried": tf.TensorSpec([1, None, None, CARRIED], tf.float32, "carried"),
        "distance": tf.TensorSpec([None], tf.float32, "distance"),
        "state": tf.TensorSpec([1, None, None, config.state + 1], tf.float32, "state"),
        **memory_specs(config, "keyframe_"),
        **memory_specs(config, "predecessor_"),
    }
    return step, specs


def describe(config: PassConfig) -> dict:
    """What model.json says about inputs and outputs."""
    c = config
    return {
        "name": "ColoRNN consistency pass",
        "kind": "consistency-pass",
        "version": "1.2",
        "signatures": ["encode_fp32", "encode_bf16", "step_fp32", "step_bf16"],
        "memory": list(MEMORY),
        "memoryShapes": {
            "key8": ["K", "H/8", "W/8", c.key8],
            "key4": ["K", "H/4", "W/4", c.key4],
            "key2": ["K", "H/2", "W/2", c.key2],
            "colors": ["K", "H/2", "W/2", 2],
        },
        "stateShape": [1, "H/8", "W/8", c.state + 1],
        "encode": {
            "inputs": {
                "luma": "float32 [1,H,W,1], 0..1 full range; H and W multiples of 32",
                "chroma": "float32 [1,H/2,W/2,2], U and V, BT.601 full range, -0.5..0.5",
            },
            "outputs": dict.fromkeys(MEMORY, "memory tensor of this frame, K = 1"),
        },
        "step": {
            "inputs": {
                "luma": "float32 [1,H,W,1]",
                "auto": "float32 [1,H/2,W/2,2]: the color model's chroma of this frame; zeros where there is none",
                "carried": "float32 [1,H/2,W/2,4]: what motion has carried to this frame: U and V times the share that "
                "is kept of them, that share, how much has come all the way from a keyframe; zeros where nothing has",
                "distance": "float32 [K]: frames from this one to each keyframe, signed",
                "state": "float32 stateShape; zeros at the start of a shot",
                **{f"keyframe_{n}": "memory tensors of K >= 1 keyframes, joined along axis 0" for n in MEMORY},
                **{
                    f"predecessor_{n}": "next_* of the frame colored before; "
                    "at the start of a shot, a keyframe's memory"
                    for n in MEMORY
                },
            },
            "outputs": {
                "chroma": "float32 [1,H/2,W/2,2]",
                "confidence": "float32 [1,H/2,W/2,1], 0..1",
                "frame_confidence": "float32 [1], 0..1: the mean of confidence",
                "state": "float32 stateShape",
                **{
                    f"next_{n}": "this frame's memory with its new chroma, then an anchor's: 1 or 2 frames"
                    for n in MEMORY
                },
            },
        },
        "shortSide": 256,
        "licence": LICENCE,
        "network": c.to_dict(),
    }


def _copy(network: ConsistencyPass, policy: str) -> ConsistencyPass:
    keras.mixed_precision.set_global_policy(policy)
    twin = ConsistencyPass(network.config)
    twin.build()
    twin.set_weights(network.get_weights())
    return twin


def export(network: ConsistencyPass, folder: Path, about: dict) -> dict:
    """Writes saved_model.pb and model.json. `about` is added to model.json. Returns what it says."""
    signatures = {}
    for name, policy in (("fp32", "float32"), ("bf16", "mixed_bfloat16")):
        twin = _copy(network, policy)
        signatures[f"encode_{name}"] = encoder(twin)
        signatures[f"step_{name}"] = stepper(twin)
    record = write_saved_model(folder, signatures, {**describe(network.config), **about})
    store.save_resume(network, folder / RESUME)
    return record
