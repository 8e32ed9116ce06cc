"""EfficientNet-Lite's published weights become the color model's features. The files are made here, in PyTorch's
layouts.
"""

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from torch_writer import write_stream, write_zip

from colornn.colormodel.efficientnet import PUBLISHED_BLOCKS, VARIANTS, ImageNetFeatures
from colornn.colormodel.network import ColorConfig, build_color_model
from colornn.colormodel.torchfile import read_state_dict

pytestmark = pytest.mark.usefixtures("float32")


def published(variant: str = "lite0") -> dict[str, np.ndarray]:
    """Random weights under the published names, in the published shapes; one block in six of them is not read."""
    rng = np.random.default_rng(4)
    state: dict[str, np.ndarray] = {}

    def put(conv: str, norm: str, shape: tuple[int, ...]) -> None:
        fan_in = int(np.prod(shape[1:]))
        state[f"{conv}.weight"] = (rng.standard_normal(shape) / np.sqrt(fan_in)).astype(np.float32)
        for name, middle in (("weight", 1), ("bias", 0), ("running_mean", 0), ("running_var", 1)):
            state[f"{norm}.{name}"] = rng.uniform(middle, middle + 0.5, shape[0]).astype(np.float32)

    put("_conv_stem", "_bn0", (32, 3, 3, 3))
    before, number = 32, 0
    for (_, kernel, _, expansion, channels), count in zip(VARIANTS[variant], PUBLISHED_BLOCKS[variant], strict=True):
        for _ in range(count):
            at, wide = f"_blocks.{number}", before * expansion
            if expansion > 1:
                put(f"{at}._expand_conv", f"{at}._bn0", (wide, before, 1, 1))
            put(f"{at}._depthwise_conv", f"{at}._bn1", (wide, 1, kernel, kernel))
            put(f"{at}._project_conv", f"{at}._bn2", (channels, wide, 1, 1))
            before, number = channels, number + 1
    return state


def normalized(state: dict[str, np.ndarray], norm: str, x: tf.Tensor) -> tf.Tensor:
    mean, variance, gain, shift = (state[f"{norm}.{n}"] for n in ("running_mean", "running_var", "weight", "bias"))
    return (x - mean) / np.sqrt(variance + 1e-3) * gain + shift


def test_a_gray_picture_gives_the_features_that_the_published_network_would(tmp_path: Path) -> None:
    state = published()
    write_stream(tmp_path / "lite0.pth", state)
    features = ImageNetFeatures()
    luma = np.random.default_rng(0).random((1, 64, 96, 1), np.float32)
    features.build(luma.shape)
    features.load_imagenet(tmp_path / "lite0.pth")

    def conv(name: str, x: tf.Tensor, stride: int) -> tf.Tensor:
        return tf.nn.conv2d(x, state[f"{name}.weight"].transpose(2, 3, 1, 0), stride, "SAME")

    rgb = (np.repeat(luma, 3, -1) * 255 - 127) / 128
    x = tf.nn.relu6(normalized(state, "_bn0", conv("_conv_stem", rgb, 2)))
    kernel = state["_blocks.0._depthwise_conv.weight"].transpose(2, 3, 0, 1)
    x = tf.nn.relu6(normalized(state, "_blocks.0._bn1", tf.nn.depthwise_conv2d(x, kernel, (1, 1, 1, 1), "SAME")))
    first = normalized(state, "_blocks.0._bn2", conv("_blocks.0._project_conv", x, 1))

    given = features(luma)
    np.testing.assert_allclose(given[0], first, atol=1e-3)
    assert [g.shape[1:] for g in given] == [(32, 48, 16), (16, 24, 24), (8, 12, 40), (4, 6, 112), (2, 3, 192)]


def test_training_leaves_the_published_features_alone() -> None:
    model = build_color_model(ColorConfig((8, 8, 8, 8, 8), (8, 8, 8, 8)))
    features = model.get_layer("features").trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(np.ones((1, 32, 32, 1), np.float32))["bins"])
    assert all(gradient is None for gradient in tape.gradient(loss, [v.value for v in features]))


def test_both_layouts_of_torch_save_are_read(tmp_path: Path) -> None:
    state = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.float32([7, 8])}
    for write in (write_zip, write_stream):
        write(tmp_path / "x.pth", state)
        read = read_state_dict(tmp_path / "x.pth")
        assert list(read) == ["a", "b"]
        for name, values in state.items():
            np.testing.assert_array_equal(read[name], values)


def test_another_networks_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    write_zip(tmp_path / "other.pth", {"a": np.float32([1])})
    (tmp_path / "notes.pth").write_text("not weights")
    features = ImageNetFeatures()
    features.build((None, None, None, 1))
    for name in ("other.pth", "notes.pth"):
        with pytest.raises(ValueError, match="does not hold EfficientNet-Lite0"):
            features.load_imagenet(tmp_path / name)


def test_the_larger_variant_gives_features_at_every_scale_and_may_be_trained_along(tmp_path: Path) -> None:
    write_stream(tmp_path / "lite2.pth", published("lite2"))
    features = ImageNetFeatures("lite2", frozen=False)
    features.build((None, None, None, 1))
    features.load_imagenet(tmp_path / "lite2.pth")
    with tf.GradientTape() as tape:
        given = features(np.ones((1, 64, 96, 1), np.float32))
        loss = tf.reduce_sum(given[-1])
    assert [g.shape[1:] for g in given] == [(32, 48, 16), (16, 24, 24), (8, 12, 48), (4, 6, 120), (2, 3, 208)]
    assert all(
        gradient is not None for gradient in tape.gradient(loss, [v.value for v in features.trainable_variables])
    )
