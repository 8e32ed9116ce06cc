"""The weights of an exported color model, given to a network that can be trained on."""

from __future__ import annotations

import re
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tensorflow.core.framework import node_def_pb2
from tensorflow.core.protobuf import saved_model_pb2

from .layers import StandardizedConv2D

# The signature that computes in float32 with the network alone, and the operations that hold a layer's kernel.
_SIGNATURE = "logits"
_KERNEL_OPERATIONS = ("Conv2D", "DepthwiseConv2dNative", "MatMul")


class _Graph:
    """The nodes of a frozen SavedModel."""

    def __init__(self, folder: Path) -> None:
        saved = saved_model_pb2.SavedModel()
        saved.ParseFromString((folder / "saved_model.pb").read_bytes())
        self.nodes = {node.name: node for node in saved.meta_graphs[0].graph_def.node}

    def constant(self, name: str) -> np.ndarray:
        """The constant that a node hands on, through casts and reshapes, float32."""
        node = self.nodes[name.split(":")[0]]
        while node.op != "Const":
            node = self.nodes[node.input[0].split(":")[0]]
        return tf.make_ndarray(node.attr["value"].tensor).astype(np.float32)

    def layers(self) -> dict[str, list[np.ndarray]]:
        """Kernel and bias of every layer, by its path in the network, such as features/stage1_1/around."""
        found = {}
        for node in self.nodes.values():
            if node.op in _KERNEL_OPERATIONS and node.name.startswith(f"{_SIGNATURE}/"):
                found[_layer_path(node)] = [self.constant(node.input[1]), self.constant(self._bias_of(node)).ravel()]
        return found

    def _bias_of(self, node: node_def_pb2.NodeDef) -> str:
        return self.nodes[f"{node.name.rsplit('/', 1)[0]}/BiasAdd"].input[1]


def _layer_path(node: node_def_pb2.NodeDef) -> str:
    """Keras numbers all names in a network that is not the first of its name in a process: color_model_1/logits_1."""
    _, network, *path = node.name.split("/")[:-1]
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
    for path, (kernel, bias) in _Graph(folder).layers().items():
        try:
            layer = _layer_at(model, path)
        except (ValueError, AttributeError):
            raise ValueError(f"{folder} has a layer '{path}' that this network lacks.") from None
        if isinstance(layer, StandardizedConv2D):
            weights = [*layer.restored(kernel), bias]
            names = [layer._kernel, layer.gain, layer.bias]
        else:
            weights, names = [kernel, bias], layer.weights
        for variable, value in zip(names, weights, strict=True):
            if tuple(variable.shape) != value.shape:
                raise ValueError(
                    f"{folder} has '{path}' in another form: {value.shape} instead of {tuple(variable.shape)}."
                )
            variable.assign(value)
