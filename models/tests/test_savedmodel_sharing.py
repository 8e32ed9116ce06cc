"""Several signatures of a SavedModel share one copy of their weights."""

from pathlib import Path

import numpy as np
import tensorflow as tf

from colornn.savedmodel import write_saved_model


def test_two_signatures_over_the_same_weights_store_them_once(tmp_path: Path) -> None:
    kernel = tf.Variable(tf.random.stateless_normal((64, 64), (1, 2)))
    spec = {"x": tf.TensorSpec([None, 64], tf.float32, "x")}

    def single(x):
        return {"y": x @ kernel}

    def half(x):
        return {"y": tf.cast(tf.cast(x, tf.bfloat16) @ tf.cast(kernel, tf.bfloat16), tf.float32)}

    record = write_saved_model(tmp_path, {"a": (single, spec), "b": (half, spec)}, {"name": "product"})
    assert kernel.shape.num_elements() * 2 < record["bytes"] < kernel.shape.num_elements() * 2 + 6000

    loaded = tf.saved_model.load(str(tmp_path))
    x = np.random.default_rng(0).random((3, 64), np.float32)
    expected = x @ kernel.numpy()
    for name, tolerance in (("a", 0.02), ("b", 0.05)):
        np.testing.assert_allclose(
            loaded.signatures[name](x=tf.constant(x))["y"], expected, atol=tolerance * np.abs(expected).max()
        )
