"""Published ImageNet weights of VGG-16 for the color model's encoder."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np

from .network import LUMA_GAIN, LUMA_MEAN, VGG16_CONVS, vgg_layer_name
from .onnxfile import read_initializers
from .torchfile import read_state_dict

_CAFFE_MEAN_BGR = np.array([103.939, 116.779, 123.68], np.float32)
_TORCH_MEAN, _TORCH_STD = np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32)
# Where torchvision's `features` holds its convolutions; ReLUs and poolings lie between.
_TORCH_INDEX = (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)

NAMES = tuple(vgg_layer_name(b, i) for b, n in enumerate(VGG16_CONVS, start=1) for i in range(1, n + 1))


def _read_keras(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Keras 'notop' .h5: groups block1_conv1 .. block5_conv3, each with one kernel (3, 3, in, out) and one bias."""
    pairs = {}
    with h5py.File(path, "r") as file:
        root = file.get("model_weights", file)
        for name in NAMES:
            found: dict[int, np.ndarray] = {}

            def take(_: str, item: object, found: dict[int, np.ndarray] = found) -> None:
                if isinstance(item, h5py.Dataset):
                    found[item.ndim] = np.asarray(item)

            root[name].visititems(take)
            pairs[name] = (found[4], found[1])
    return pairs


def _read_torch(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """torchvision .pth: features.N.weight (out, in, 3, 3) and features.N.bias."""
    state = read_state_dict(path)
    return {
        name: (np.transpose(state[f"features.{i}.weight"], (2, 3, 1, 0)), state[f"features.{i}.bias"])
        for name, i in zip(NAMES, _TORCH_INDEX, strict=True)
    }


def _read_onnx(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Keras's VGG-16 as tf2onnx writes it: NAME_1/convolution/ReadVariableOp:0 (out, in, 3, 3), NAME_1/Squeeze:0."""
    tensors = read_initializers(path)

    def find(name: str, ndim: int) -> np.ndarray:
        found = [v for key, v in tensors.items() if name in key and v.ndim == ndim]
        if len(found) != 1:
            raise KeyError(f"{name} with {ndim} dimensions is there {len(found)} times")
        return found[0]

    return {name: (np.transpose(find(name, 4), (2, 3, 1, 0)), find(name, 1)) for name in NAMES}


def _to_luma(kernel: np.ndarray, bias: np.ndarray, mean: np.ndarray, gain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A first convolution over three colors as one over our normalized luma.

    The network it comes from saw gain * (value - mean) per color; for a gray picture all three values are the luma, and
    luma = normalized / LUMA_GAIN + LUMA_MEAN. Exact but for the outermost pixels, where padding meant mean color.
    """
    gray = np.einsum("hwio,i->hwo", kernel, gain)[:, :, None, :] / LUMA_GAIN
    offset = np.einsum("hwio,i->o", kernel, gain * (LUMA_MEAN - mean))
    return gray, bias + offset


def read_vgg16(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Kernel (3, 3, in, out) and bias of each of the 13 convolutions, the first one turned into one over luma.

    Takes Keras's 'notop' .h5 (BGR, 0..255), the same as an .onnx file, and torchvision's .pth (RGB, normalized). Raises
    ValueError, in plain words, for a file of another layout.
    """
    try:
        mean, gain = _CAFFE_MEAN_BGR / 255, np.full(3, 255, np.float32)
        if h5py.is_hdf5(path):
            pairs = _read_keras(path)
        elif path.suffix == ".onnx":
            pairs = _read_onnx(path)
        else:
            pairs = _read_torch(path)
            mean, gain = _TORCH_MEAN, 1 / _TORCH_STD
    except (KeyError, OSError, ValueError, zipfile.BadZipFile, pickle.UnpicklingError) as error:
        message = f"{path} does not hold VGG-16's weights in Keras's, ONNX's or torchvision's layout: {error}"
        raise ValueError(message) from error
    pairs[NAMES[0]] = _to_luma(*pairs[NAMES[0]], mean, gain)
    return pairs


def load_vgg16(model: keras.Model, path: Path) -> None:
    """Puts published weights into the encoder. The model must have VGG-16's widths and plain convolutions."""
    for name, (kernel, bias) in read_vgg16(path).items():
        layer = model.get_layer(name)
        if tuple(layer.kernel.shape) != kernel.shape:
            raise ValueError(f"{name} of this network is {tuple(layer.kernel.shape)}, but {kernel.shape} in {path}.")
        layer.set_weights([kernel, bias])


def even_out(model: keras.Model, luma: np.ndarray) -> None:
    """Scales the encoder's convolutions so that each gives values of root mean square 1 on these pictures (n, H, W, 1).

    Published weights give values in the hundreds, which drown what the decoder starts with. What the encoder sees stays
    the same but for a factor to each convolution: a ReLU of a picture a times as large is a times as large.
    """
    outputs = keras.Model(model.input, [model.get_layer(name).output for name in NAMES])(luma, training=False)
    before = 1.0
    for name, output in zip(NAMES, outputs, strict=True):
        size = float(np.sqrt(np.mean(np.square(np.asarray(output, np.float32))))) or 1.0
        kernel, bias = model.get_layer(name).get_weights()
        model.get_layer(name).set_weights([kernel * (before / size), bias / size])
        before = size
