"""Attention over the picture, features that are trained along, and the view of the whole picture in half precision."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from colornn.colormodel.layers import AttentionBlock
from colornn.colormodel.losses import LossOptions
from colornn.colormodel.network import ColorConfig, build_color_model
from colornn.colormodel.trainer import Trainer

SMALL = {"vgg": (8, 8, 8, 8, 8), "decoder": (8, 8, 8, 8)}

pytestmark = pytest.mark.usefixtures("float32")


def test_a_new_block_changes_nothing_and_a_trained_one_lets_far_places_speak() -> None:
    block = AttentionBlock()
    x = np.random.default_rng(0).standard_normal((1, 4, 6, 8)).astype(np.float32)
    np.testing.assert_allclose(block(x), x, atol=1e-6)
    block.out.assign(np.eye(8))
    other = x.copy()
    other[0, 3, 5] += 1
    assert np.abs(np.asarray(block(other) - block(x))[0, 0, 0]).max() > 1e-4


def test_features_are_trained_at_their_share_of_the_rate() -> None:
    model = build_color_model(ColorConfig(**SMALL, features="lite0", frozen=False, attention=1))
    before = [v.numpy().copy() for v in model.get_layer("features").trainable_variables]
    own = model.get_layer("stride2_conv").kernel.numpy().copy()
    trainer = Trainer(
        model, LossOptions(rebalance=0), np.ones((2, 30), np.float32), 1e-3, published=["features"], published_rate=0.1
    )
    luma = np.random.default_rng(1).random((1, 32, 32, 1), np.float32)
    trainer.step((luma, np.full((1, 16, 16, 2), 0.1, np.float32), np.zeros(1, np.int32)), 0.1)
    moved = max(
        np.abs(v.numpy() - b).max()
        for v, b in zip(model.get_layer("features").trainable_variables, before, strict=True)
    )
    others = np.abs(model.get_layer("stride2_conv").kernel.numpy() - own).max()
    assert 0 < moved < 0.2 * others


def test_the_view_of_the_whole_picture_is_right_in_half_precision() -> None:
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    model = build_color_model(ColorConfig(**SMALL, features=None))
    places = tf.ones((1, 64, 64, 8), tf.bfloat16)
    np.testing.assert_allclose(model.get_layer("whole_mean")(places), np.ones((1, 8)), atol=1e-3)
