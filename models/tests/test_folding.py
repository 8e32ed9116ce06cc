"""What a graph makes of its constants alone is computed ahead, and nothing else changes."""

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from colornn.folding import fold_constants
from colornn.savedmodel import freeze, write_saved_model

WEIGHTS = Path(__file__).resolve().parents[1] / "weights"


def biased(x):
    bias = tf.squeeze(tf.reshape(tf.constant([1.0, 2.0, 3.0]) * 2.0, (1, 1, 3)))
    with tf.control_dependencies([tf.constant(1)]):
        return {"y": tf.identity(x) + bias, "z": x - tf.constant([2.0, 4.0, 6.0]), "sizes": tf.shape(x) + 1}


def test_a_chain_of_constants_becomes_one_and_equal_ones_are_stored_once():
    graph, inputs, outputs = freeze(biased, [tf.TensorSpec([None, 3], tf.float32)])
    wanted = {name.split(":")[0] for name in [*inputs, *outputs]}
    folded = fold_constants(graph, wanted, set())
    ops = [node.op for node in folded.node]
    assert "Squeeze" not in ops and "Reshape" not in ops and "Mul" not in ops
    assert "Shape" in ops
    threes = [n for n in folded.node if n.op == "Const" and tf.make_ndarray(n.attr["value"].tensor).shape == (3,)]
    assert len(threes) == 1
    x = np.array([[1.0, 1.0, 1.0]], np.float32)
    with tf.Graph().as_default() as whole:
        tf.import_graph_def(folded, name="")
    with tf.compat.v1.Session(graph=whole) as session:
        sizes, y, z = session.run(outputs, {inputs[0]: x})
    np.testing.assert_array_equal(sizes, [2, 4])
    np.testing.assert_array_equal(y, [[3, 5, 7]])
    np.testing.assert_array_equal(z, [[-1, -3, -5]])


def test_what_only_has_to_be_run_before_is_not_computed():
    graph = tf.Graph()
    with graph.as_default():
        x = tf.compat.v1.placeholder(tf.float32, [1], "x")
        with tf.control_dependencies([tf.group(tf.constant(1.0), name="before")]):
            tf.add(x, 1.0, name="y")
    folded = fold_constants(graph.as_graph_def(), {"x", "y"}, set())
    with tf.Graph().as_default() as whole:
        tf.import_graph_def(folded, name="")
    with tf.compat.v1.Session(graph=whole) as session:
        np.testing.assert_array_equal(session.run("y:0", {"x:0": [1.0]}), [2.0])


def test_nothing_is_computed_of_what_is_kept():
    graph, inputs, outputs = freeze(lambda x: {"y": x * tf.exp(tf.fill([40, 40], 2.0))}, [tf.TensorSpec([40, 40])])
    wanted = {name.split(":")[0] for name in [*inputs, *outputs]}
    for kept, left in ((set(), False), ({n.name for n in graph.node if n.op == "Const"}, True)):
        folded = fold_constants(graph, wanted, kept)
        assert any(node.op == "Exp" for node in folded.node) == left


def test_an_exported_network_has_no_chain_left(tmp_path: Path):
    kernel = tf.Variable(tf.random.stateless_normal((40, 40), (1, 2)))
    spec = {"x": tf.TensorSpec([None, 40], tf.float32, "x")}
    write_saved_model(tmp_path, {"a": (lambda x: {"y": x @ kernel + tf.ones([40]) * 2.0}, spec)}, {"name": "product"})
    assert chains(tmp_path) == 0


@pytest.mark.parametrize("name", ["color-model", "consistency-pass"])
def test_the_shipped_networks_have_none(name: str):
    assert chains(WEIGHTS / name) == 0


def chains(folder: Path) -> int:
    """How many nodes read constants alone, but for the large weights."""
    model = saved_model_pb2.SavedModel.FromString((folder / "saved_model.pb").read_bytes())
    nodes = model.meta_graphs[0].graph_def.node
    small = {n.name for n in nodes if n.op == "Const" and not n.name.startswith("weights/")}
    return sum(1 for n in nodes if n.input and all(name in small for name in n.input))
