"""Published VGG-16 weights find their way into the encoder. The files are made here, in the published layouts."""

import zipfile
from collections import OrderedDict
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from torch_writer import write_zip

from colornn.colormodel import vgg16
from colornn.colormodel.network import ColorConfig, build_color_model

SMALL = (4, 4, 8, 8, 8)


def random_pairs() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(5)
    pairs, before = {}, 3
    for name in vgg16.NAMES:
        width = SMALL[int(name[5]) - 1]
        pairs[name] = (
            rng.standard_normal((3, 3, before, width)).astype(np.float32) / 10,
            rng.standard_normal(width).astype(np.float32),
        )
        before = width
    return pairs


def write_keras(path: Path, pairs: dict) -> None:
    """Keras 'notop' .h5: group block1_conv1 with datasets block1_conv1_W_1:0 and block1_conv1_b_1:0."""
    with h5py.File(path, "w") as file:
        for name, (kernel, bias) in pairs.items():
            file[f"{name}/{name}_W_1:0"], file[f"{name}/{name}_b_1:0"] = kernel, bias


def write_torch(path: Path, pairs: dict) -> None:
    state = OrderedDict()
    for index, (kernel, bias) in zip(vgg16._TORCH_INDEX, pairs.values(), strict=True):
        state[f"features.{index}.weight"] = np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))
        state[f"features.{index}.bias"] = bias
    write_zip(path, state)


def message(*fields: tuple[int, int | bytes]) -> bytes:
    """A protocol buffer of numbers and byte strings."""

    def number(value: int) -> bytes:
        out = b""
        while value > 127:
            out, value = out + bytes([value & 127 | 128]), value >> 7
        return out + bytes([value])

    return b"".join(
        number(key << 3) + number(value)
        if isinstance(value, int)
        else number(key << 3 | 2) + number(len(value)) + value
        for key, value in fields
    )


def write_onnx(path: Path, pairs: dict) -> None:
    """An ONNX model with the initializers that tf2onnx names after Keras's layers; dimensions packed and one by one."""
    tensors = []
    for name, (kernel, bias) in pairs.items():
        turned = np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))
        inside = f"functional_1/{name}_1"
        dims = [(1, bytes(turned.shape))]
        label = f"{inside}/convolution/ReadVariableOp:0".encode()
        tensors.append(message(*dims, (2, 1), (8, label), (9, turned.tobytes())))
        tensors.append(message((1, len(bias)), (2, 1), (8, f"{inside}/Squeeze:0".encode()), (9, bias.tobytes())))
    tensors.append(message((1, 1), (2, 1), (8, b"functional_1/dense_1/BiasAdd:0"), (9, bytes(4))))
    graph = message((2, b"graph"), *((5, tensor) for tensor in tensors))
    path.write_bytes(message((1, 8), (7, graph)))


def first_block(pairs: dict, gray_as_published: np.ndarray) -> np.ndarray:
    """What the published network computes from a three-channel picture in its first convolution."""
    kernel, bias = pairs["block1_conv1"]
    return np.asarray(keras.ops.conv(gray_as_published, kernel, padding="same")) + bias


@pytest.mark.parametrize("layout", ["keras", "torch", "onnx"])
def test_the_encoder_sees_a_gray_picture_as_the_published_network_does(tmp_path: Path, layout: str) -> None:
    pairs = random_pairs()
    path = tmp_path / ("weights.onnx" if layout == "onnx" else "weights")
    luma = np.random.default_rng(0).random((1, 32, 32, 1), np.float32)
    if layout != "torch":
        (write_keras if layout == "keras" else write_onnx)(path, pairs)
        seen = luma * 255 - np.array([103.939, 116.779, 123.68], np.float32)
    else:
        write_torch(path, pairs)
        seen = (luma - np.array([0.485, 0.456, 0.406], np.float32)) / np.array([0.229, 0.224, 0.225], np.float32)
    keras.mixed_precision.set_global_policy("float32")
    model = build_color_model(ColorConfig(SMALL, (8, 8, 8, 8), features=None, standardize=False))
    vgg16.load_vgg16(model, path)

    exit = keras.Model(model.input, model.get_layer("block1_conv1").output)
    ours, theirs = np.asarray(exit(luma)), np.maximum(first_block(pairs, seen), 0)
    inside = (slice(None), slice(1, -1), slice(1, -1))
    np.testing.assert_allclose(ours[inside], theirs[inside], rtol=1e-3, atol=2e-3)
    np.testing.assert_array_equal(model.get_layer("block5_conv3").get_weights()[0], pairs["block5_conv3"][0])


def test_weights_of_other_widths_are_refused_in_plain_words(tmp_path: Path) -> None:
    write_keras(tmp_path / "vgg.h5", random_pairs())
    keras.mixed_precision.set_global_policy("float32")
    model = build_color_model(ColorConfig((4, 4, 8, 8, 16), (8, 8, 8, 8), features=None, standardize=False))
    with pytest.raises(ValueError, match="block5_conv1"):
        vgg16.load_vgg16(model, tmp_path / "vgg.h5")


@pytest.mark.parametrize("name", ["notes.txt", "notes.onnx"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("not weights")
    with pytest.raises(ValueError, match="does not hold VGG-16"):
        vgg16.read_vgg16(tmp_path / name)


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "vgg.onnx"
    write_onnx(whole, random_pairs())
    whole.write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(ValueError, match="cut off"):
        vgg16.read_vgg16(whole)


def test_evened_out_weights_see_the_same_but_for_a_factor(tmp_path: Path) -> None:
    write_keras(tmp_path / "vgg.h5", random_pairs())
    keras.mixed_precision.set_global_policy("float32")
    model = build_color_model(ColorConfig(SMALL, (8, 8, 8, 8), features=None, standardize=False))
    vgg16.load_vgg16(model, tmp_path / "vgg.h5")
    luma = np.random.default_rng(0).random((2, 32, 32, 1), np.float32)
    exits = keras.Model(model.input, [model.get_layer(name).output for name in vgg16.NAMES])
    before = [np.asarray(out) for out in exits(luma)]
    vgg16.even_out(model, luma)
    for was, out in zip(before, map(np.asarray, exits(luma)), strict=True):
        size = np.sqrt(np.mean(np.square(was)))
        np.testing.assert_allclose(out, was / size, rtol=1e-3, atol=1e-4)


def test_a_pickle_that_would_run_code_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "evil.pth", "w") as archive:
        archive.writestr("archive/data.pkl", b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(ValueError, match=r"it names os\.system"):
        vgg16.read_vgg16(tmp_path / "evil.pth")
