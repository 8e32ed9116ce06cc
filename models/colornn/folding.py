"""Computes ahead what a frozen graph makes of its constants alone.

Freezing leaves a bias as a constant, a cast, a reshape and a squeeze. TensorFlow folds such chains each time the graph
is loaded, before its first answer, and copies the whole graph for every step of it. Nothing here depends on the
processor, so what comes out can be shipped.
"""

from __future__ import annotations

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import graph_pb2, node_def_pb2
from tensorflow.python.framework import op_def_registry


def _node_of(tensor: str) -> str:
    return tensor.lstrip("^").split(":")[0]


def fold_constants(graph: graph_pb2.GraphDef, wanted: set[str], kept: set[str]) -> graph_pb2.GraphDef:
    """The same graph with fewer nodes: chains of constants are computed, equal constants are one, copies are passed by.

    `wanted` names the nodes that are fed or fetched; they stay, and so does whatever they need. `kept` names the
    constants that nothing is computed of (the large weights, which would be stored once more for each signature).
    """
    nodes = {node.name: node for node in graph.node}
    known = _known_ahead(graph, kept)
    # Of a chain, its last node alone: what something reads that depends on what is fed.
    read = {_node_of(name) for node in graph.node if node.name not in known for name in node.input}
    computed = [n for n in nodes if n in known and n not in wanted and n in read and nodes[n].op != "Const"]
    constants = dict(zip(computed, _computed(graph, computed), strict=True))

    def source(tensor: str) -> str:
        while not tensor.startswith("^") and (name := _node_of(tensor)) not in constants:
            if nodes[name].op != "Identity" or name in wanted:
                break
            tensor = nodes[name].input[0]
        return tensor

    folded = []
    for node in graph.node:
        if node.name in constants:
            folded.append(constants[node.name])
            continue
        copy = node_def_pb2.NodeDef()
        copy.CopyFrom(node)
        copy.ClearField("input")
        copy.input.extend(source(name) for name in node.input if not (name[0] == "^" and _node_of(name) in known))
        folded.append(copy)
    result = graph_pb2.GraphDef(node=_once(_needed(folded, wanted)))
    result.versions.CopyFrom(graph.versions)
    return result


def _known_ahead(graph: graph_pb2.GraphDef, kept: set[str]) -> set[str]:
    """Names of all nodes that depend on constants alone, and on none of `kept`."""
    known: set[str] = set()
    left = [node for node in graph.node if node.name not in kept and (node.op == "Const" or _follows(node))]
    while left:
        found = {n.name for n in left if all(_node_of(name) in known for name in n.input)}
        if not found:
            break
        known |= found
        left = [node for node in left if node.name not in found]
    return known


def _follows(node: node_def_pb2.NodeDef) -> bool:
    """Whether a node gives something that follows from what it reads."""
    operation = op_def_registry.get(node.op)
    return len(node.input) > 0 and len(operation.output_arg) > 0 and not operation.is_stateful


def _computed(graph: graph_pb2.GraphDef, names: list[str]) -> list[node_def_pb2.NodeDef]:
    with tf.Graph().as_default() as whole:
        tf.import_graph_def(graph, name="")
    tensors = [whole.get_tensor_by_name(f"{name}:0") for name in names]
    with tf.compat.v1.Session(graph=whole) as session:
        values = session.run(tensors) if tensors else []
    return [
        constant(name, np.asarray(value), tensor.dtype)
        for name, value, tensor in zip(names, values, tensors, strict=True)
    ]


def constant(name: str, array: np.ndarray, dtype: tf.DType) -> node_def_pb2.NodeDef:
    """A node that gives these numbers, rounded to `dtype`."""
    node = node_def_pb2.NodeDef(name=name, op="Const")
    node.attr["dtype"].type = dtype.as_datatype_enum
    node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(np.asarray(array).astype(dtype.as_numpy_dtype)))
    return node


def _needed(nodes: list[node_def_pb2.NodeDef], wanted: set[str]) -> list[node_def_pb2.NodeDef]:
    by_name = {node.name: node for node in nodes}
    needed: set[str] = set()
    asked = list(wanted)
    while asked:
        name = asked.pop()
        if name not in needed:
            needed.add(name)
            asked += [_node_of(tensor) for tensor in by_name[name].input]
    return [node for node in nodes if node.name in needed]


def _once(nodes: list[node_def_pb2.NodeDef]) -> list[node_def_pb2.NodeDef]:
    """Each constant once, whoever reads it; in their places the nodes as they are."""
    first: dict[bytes, str] = {}
    same: dict[str, str] = {}
    kept = []
    for node in nodes:
        if node.op == "Const":
            says = node.attr["value"].SerializeToString(deterministic=True)
            if first.setdefault(says, node.name) != node.name:
                same[node.name] = first[says]
                continue
        kept.append(node)
    for node in kept:
        for n, name in enumerate(node.input):
            node.input[n] = same.get(name, name)
    return kept
