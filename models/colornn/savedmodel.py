"""Writes a frozen SavedModel that holds several signatures over one set of bfloat16 constants.

Weights are stored once, at two bytes each, and cast where a signature computes in float32. There are no variables, so
that every TensorFlow from 2.4 on reads the file without Python.

`python -m colornn.savedmodel <folder>` folds the constants of a network that was exported before that was done.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import graph_pb2, node_def_pb2
from tensorflow.core.protobuf import meta_graph_pb2, saved_model_pb2
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from colornn.folding import constant, fold_constants

# What the names of shared constants begin with.
_SHARED = "weights/"
# Smaller constants (biases, shapes, bin centers) are kept as they are.
_SHARED_FROM_ELEMENTS = 1024
# What may go when nothing reads it.
_LEAVES = ("Cast", "Const", "Identity", "NoOp")
# What newer TensorFlows write and older ones complain about; it matters to gradients only.
_LATER_ATTRIBUTES = ("grad_a", "grad_b", "grad_x", "grad_y", "_class")


def freeze(function: Callable, inputs: list[tf.TensorSpec]) -> tuple[graph_pb2.GraphDef, list[str], list[str]]:
    """The graph of `function` with its variables as constants; the names of its inputs and outputs, in order.

    `function` takes the inputs and returns a dictionary of float32 tensors; outputs come in its sorted keys' order.
    """
    concrete = tf.function(function, input_signature=inputs).get_concrete_function()
    frozen = convert_variables_to_constants_v2(concrete)
    return frozen.graph.as_graph_def(), [t.name for t in frozen.inputs], [t.name for t in frozen.outputs]


def _cast(name: str, source: str, to: tf.DType) -> node_def_pb2.NodeDef:
    node = node_def_pb2.NodeDef(name=name, op="Cast", input=[source])
    node.attr["SrcT"].type = tf.bfloat16.as_datatype_enum
    node.attr["DstT"].type = to.as_datatype_enum
    return node


class _SharedConstants:
    """The large constants of all signatures, each stored once as bfloat16."""

    def __init__(self) -> None:
        self.nodes: dict[str, node_def_pb2.NodeDef] = {}

    def share(self, array: np.ndarray) -> str:
        stored = tf.cast(array, tf.bfloat16).numpy()
        name = _SHARED + hashlib.sha256(str(array.shape).encode() + stored.tobytes()).hexdigest()[:20]
        self.nodes.setdefault(name, constant(name, array, tf.bfloat16))
        return name


def _merge(prefix: str, graph: graph_pb2.GraphDef, shared: _SharedConstants) -> list[node_def_pb2.NodeDef]:
    """The graph's nodes under `prefix`, large float constants replaced by shared ones."""

    def moved(name: str) -> str:
        return f"^{prefix}/{name[1:]}" if name.startswith("^") else f"{prefix}/{name}"

    shared_of: dict[str, str] = {}
    for node in graph.node:
        if node.op == "Const" and node.attr["dtype"].type == tf.float32.as_datatype_enum:
            array = tf.make_ndarray(node.attr["value"].tensor)
            if array.size >= _SHARED_FROM_ELEMENTS:
                shared_of[node.name] = shared.share(array)
    # Freezing leaves chains such as Const -> Identity -> Cast(bfloat16); followed here, so that a bfloat16 signature
    # reads the stored constant itself.
    changed = True
    while changed:
        changed = False
        for node in graph.node:
            if node.op == "Identity" and node.name not in shared_of and node.input[0].split(":")[0] in shared_of:
                shared_of[node.name] = shared_of[node.input[0].split(":")[0]]
                changed = True

    nodes = []
    for node in graph.node:
        source = node.input[0].split(":")[0] if node.input else ""
        if node.name in shared_of:
            nodes.append(_cast(moved(node.name), shared_of[node.name], tf.float32))
            continue
        if node.op == "Cast" and source in shared_of and node.attr["DstT"].type == tf.bfloat16.as_datatype_enum:
            identity = node_def_pb2.NodeDef(name=moved(node.name), op="Identity", input=[shared_of[source]])
            identity.attr["T"].type = tf.bfloat16.as_datatype_enum
            nodes.append(identity)
            continue
        copy = node_def_pb2.NodeDef()
        copy.CopyFrom(node)
        copy.name = moved(node.name)
        copy.ClearField("input")
        copy.input.extend(moved(name) for name in node.input)
        # Where and from which line a node came is of no use to anyone who runs it.
        copy.ClearField("experimental_debug_info")
        for attribute in _LATER_ATTRIBUTES:
            if attribute in copy.attr:
                del copy.attr[attribute]
        nodes.append(copy)
    return _reachable(nodes)


def _reachable(nodes: list[node_def_pb2.NodeDef]) -> list[node_def_pb2.NodeDef]:
    """Nodes without those that nothing reads (the casts that a bfloat16 signature bypasses)."""
    read = {name.lstrip("^").split(":")[0] for node in nodes for name in node.input}
    # Freezing names a function's outputs Identity, Identity_1 and so on.
    kept = [n for n in nodes if n.name in read or n.op not in _LEAVES or "/Identity" in n.name]
    return kept if len(kept) == len(nodes) else _reachable(kept)


def _tensor_info(name: str, graph: tf.Graph) -> meta_graph_pb2.TensorInfo:
    tensor = graph.get_tensor_by_name(name)
    return meta_graph_pb2.TensorInfo(
        name=name, dtype=tensor.dtype.as_datatype_enum, tensor_shape=tensor.shape.as_proto()
    )


def write_saved_model(
    folder: Path, signatures: dict[str, tuple[Callable, dict[str, tf.TensorSpec]]], description: dict
) -> dict:
    """Writes folder/saved_model.pb and folder/model.json, each at once under its final name.

    signatures: name -> (function of the inputs in order, its inputs by name). `description` goes into model.json with
    the file's bytes and sha256, which tell a damaged file from a good one. Returns what model.json says.
    """
    shared = _SharedConstants()
    nodes: list[node_def_pb2.NodeDef] = []
    named: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    library_version = None
    for signature, (function, inputs) in signatures.items():
        traced = tf.function(function, input_signature=list(inputs.values())).get_concrete_function()
        keys = sorted(traced.structured_outputs)
        graph, in_names, out_names = freeze(function, list(inputs.values()))
        library_version = graph.versions
        nodes += _merge(signature, graph, shared)
        named[signature] = (
            {key: f"{signature}/{name}" for key, name in zip(inputs, in_names, strict=True)},
            {key: f"{signature}/{name}" for key, name in zip(keys, out_names, strict=True)},
        )
    graph_def = graph_pb2.GraphDef(node=[*shared.nodes.values(), *nodes])
    if library_version is not None:
        graph_def.versions.CopyFrom(library_version)
    ends = [tensor for both in named.values() for tensors in both for tensor in tensors.values()]
    graph_def = _folded(graph_def, ends)

    meta = meta_graph_pb2.MetaGraphDef(graph_def=graph_def)
    # Imported after it was copied: importing writes the newer TensorFlow's default attributes into what it is given.
    with tf.Graph().as_default() as whole:
        tf.import_graph_def(graph_def, name="")
    meta.meta_info_def.tags.append("serve")
    meta.meta_info_def.tensorflow_version = tf.__version__
    for signature, (ins, outs) in named.items():
        entry = meta.signature_def[signature]
        entry.method_name = "tensorflow/serving/predict"
        for key, name in ins.items():
            entry.inputs[key].CopyFrom(_tensor_info(name, whole))
        for key, name in outs.items():
            entry.outputs[key].CopyFrom(_tensor_info(name, whole))
    return _write(folder, saved_model_pb2.SavedModel(saved_model_schema_version=1, meta_graphs=[meta]), description)


def _folded(graph: graph_pb2.GraphDef, ends: list[str]) -> graph_pb2.GraphDef:
    """`ends` names the tensors that are fed and fetched."""
    shared = {node.name for node in graph.node if node.name.startswith(_SHARED)}
    return fold_constants(graph, {tensor.split(":")[0] for tensor in ends}, shared)


def fold_folder(folder: Path) -> dict:
    """Folds the constants of a network that was exported before. Returns what model.json says then."""
    model = saved_model_pb2.SavedModel.FromString((folder / "saved_model.pb").read_bytes())
    meta = model.meta_graphs[0]
    signatures = meta.signature_def.values()
    ends = [info.name for s in signatures for infos in (s.inputs, s.outputs) for info in infos.values()]
    meta.graph_def.CopyFrom(_folded(meta.graph_def, ends))
    return _write(folder, model, json.loads((folder / "model.json").read_text()))


def _write(folder: Path, model: saved_model_pb2.SavedModel, description: dict) -> dict:
    data = model.SerializeToString(deterministic=True)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "variables").mkdir(exist_ok=True)
    (folder / "variables" / ".gitkeep").touch()
    record = {**description, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    for name, content in (("saved_model.pb", data), ("model.json", (json.dumps(record, indent=2) + "\n").encode())):
        part = folder / f"{name}.part"
        part.write_bytes(content)
        shutil.move(part, folder / name)
    return record


def main() -> None:
    p = argparse.ArgumentParser(prog="colornn.savedmodel", description="Folds the constants of an exported network.")
    p.add_argument("folder", type=Path)
    folder = p.parse_args().folder
    record = fold_folder(folder)
    print(f"{folder}: {record['bytes']:,} bytes, sha256 {record['sha256']}")


if __name__ == "__main__":
    main()
