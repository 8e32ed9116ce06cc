"""The weights of an exported color model, given to a network that can be trained on."""

from __future__ import annotations

import re
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from .layers import AttentionBlock, StandardizedConv2D

# The signature that computes in float32 with the network alone, and the operations that hold a layer's kernel, or a
# block's own weights.
_SIGNATURE = "logits"
_KERNEL_OPERATIONS = ("Conv2D", "DepthwiseConv2dNative", "MatMul")
_BLOCK_OPERATIONS = ("MatMul", "Mul", "AddV2")
# What TensorFlow names the steps of a product with a matrix, inside of the block that asks for it.
_PRODUCT = "/Tensordot"


class _Graph:
    """The nodes of a frozen SavedModel."""

    def __init__(self, folder: Path) -> None:
        saved = saved_model_pb2.SavedModel()
        saved.ParseFromString((folder / "saved_model.pb").read_bytes())
        self.nodes = {node.name: node for node in saved.meta_graphs[0].graph_def.node}

    def constant(self, name: str) -> np.ndarray | None:
        """The constant that a node hands on, through casts and reshapes, float32; None for what is computed."""
        node = self.nodes[name.split(":")[0]]
        while node.op in ("Cast", "Identity", "Reshape", "Squeeze"):
            node = self.nodes[node.input[0].split(":")[0]]
        return tf.make_ndarray(node.attr["value"].tensor).astype(np.float32) if node.op == "Const" else None

    def layers(self) -> dict[str, list[np.ndarray]]:
        """The weights of every layer, by its path in the network, such as features/stage1_1/around: a kernel and its
        bias, or all of a block's own weights in the order that it uses them in."""
        found: dict[str, list[np.ndarray]] = {}
        for node in self.nodes.values():
            folder = node.name.rsplit("/", 1)[0].split(_PRODUCT)[0]
            if folder.count("/") < 2 or not folder.startswith(f"{_SIGNATURE}/"):
                continue
            # Sizes and places are computed with as well.
            if node.attr["T"].type not in (tf.float32.as_datatype_enum, tf.bfloat16.as_datatype_enum):
                continue
            bias = self.nodes.get(f"{folder}/BiasAdd")
            if bias is not None and node.op in _KERNEL_OPERATIONS:
                found[_layer_path(folder)] = [self.constant(node.input[1]), self.constant(bias.input[1]).ravel()]
            elif bias is None and node.op in _BLOCK_OPERATIONS:
                weight = self.constant(node.input[1])
                # A single number is a scale or an epsilon.
                if weight is not None and weight.ndim > 0:
                    found.setdefault(_layer_path(folder), []).append(weight)
        return found


def _layer_path(folder: str) -> str:
    """Keras numbers all names in a network that is not the first of its name in a process: color_model_1/logits_1."""
    _, network, *path = folder.split("/")
    number = re.search(r"_\d+$", network)
    return "/".join(part.removesuffix(number.group()) if number else part for part in path)


def _layer_at(model: keras.Model, path: str):
    first, *others = path.split("/")
    layer = model.get_layer(first)
    for name in others:
        blocks = {block.name: block for block in getattr(layer, "blocks", ())}
        layer = blocks[name] if name in blocks else getattr(layer, name)
    return layer


def load_export(model: keras.Model, folder: Path) -> None:
    """Gives a network the weights of an export of colornn.export_color, as they are stored there: rounded to bfloat16.

    Layers that the export lacks, such as added attention or other classes, keep what they have. Raises ValueError when
    a layer of the export is missing here or has another form.
    """
    for path, weights in _Graph(folder).layers().items():
        try:
            layer = _layer_at(model, path)
        except (ValueError, AttributeError):
            raise ValueError(f"{folder} has a layer '{path}' that this network lacks.") from None
        if isinstance(layer, StandardizedConv2D):
            kernel, bias = weights
            weights, variables = [*layer.restored(kernel), bias], [layer._kernel, layer.gain, layer.bias]
        else:
            variables = layer.weights_in_use if isinstance(layer, AttentionBlock) else layer.weights
        for variable, value in zip(variables, weights, strict=True):
            if tuple(variable.shape) != value.shape:
                raise ValueError(
                    f"{folder} has '{path}' in another form: {value.shape} instead of {tuple(variable.shape)}."
                )
            variable.assign(value)
