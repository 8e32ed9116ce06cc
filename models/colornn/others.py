"""`python -m colornn.others`: networks that others color with, rebuilt at their published size, to time beside ours.

Only how long they take is of interest: weights are random, and normalization, which is folded into convolutions before
a network is used, is left out. Written are a SavedModel each, for the program's own TensorFlow, and, where the packages
onnx and onnxruntime are there, an ONNX file, which `--time` times:

- siggraph17: Zhang et al. 2017, "Real-Time User-Guided Image Colorization with Learned Deep Priors": ten groups of
  convolutions, two of them dilated, with shortcuts from the first three.
- deoldify-artistic, deoldify-video: J. Antic's DeOldify: a U-Net on a ResNet-34, with two convolutions in each block,
  and one on a ResNet-101, with one wide one (its "stable" model is the same). The published weights take 255 and 874 MB
  at four bytes each, and so do these.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np


class Net:
    """Builds a network layer by layer, and counts: parameters, and floating-point operations of one picture.

    A tensor is a pair of its name (or symbol) and its shape (channels, height, width).
    """

    def __init__(self) -> None:
        self.parameters = 0
        self.flop = 0.0
        self._random = np.random.default_rng(1)

    def _kernel(self, out: int, channels: int, side: int) -> np.ndarray:
        """Random weights (out, channels, side, side) that keep a picture's variance."""
        scale = (2 / (channels * side**2)) ** 0.5
        return self._random.standard_normal((out, channels, side, side), np.float32) * np.float32(scale)

    def _count(self, out: int, channels: int, side: int, places: int) -> None:
        self.parameters += out * (channels * side**2 + 1)
        self.flop += 2.0 * out * channels * side**2 * places

    def conv(self, x, out: int, kernel: int = 3, stride: int = 1, dilation: int = 1, relu: bool = True):
        symbol, (channels, height, width) = x
        shape = (out, -(-height // stride), -(-width // stride))
        self._count(out, channels, kernel, shape[1] * shape[2])
        return self._conv(symbol, self._kernel(out, channels, kernel), stride, dilation, relu), shape

    def twice(self, x, out: int):
        """A transposed convolution of 4 x 4 at a stride of two."""
        symbol, (channels, height, width) = x
        self._count(out, channels, 4, height * width)
        weights = self._kernel(out, channels, 4).transpose(1, 0, 2, 3)
        return self._transposed(symbol, weights, (height, width)), (out, 2 * height, 2 * width)

    def shuffle(self, x, out: int):
        """Twice the size by a convolution of 1 x 1 to four times the channels, which become pixels."""
        wide = self.conv(x, 4 * out, kernel=1)
        _, (_, height, width) = wide
        return self._depth_to_space(wide[0]), (out, 2 * height, 2 * width)

    def pool(self, x):
        symbol, (channels, height, width) = x
        return self._pool(symbol), (channels, -(-height // 2), -(-width // 2))

    def join(self, a, b):
        return self._join(a[0], b[0]), (a[1][0] + b[1][0], *a[1][1:])

    def add(self, a, b, relu: bool = True):
        return self._add(a[0], b[0], relu), a[1]

    def attend(self, x):
        """Self-attention over all places (Zhang et al. 2019, SAGAN)."""
        _, (channels, height, width) = x
        query, key, value = (self.conv(x, n, kernel=1, relu=False) for n in (channels // 8, channels // 8, channels))
        places = height * width
        self.flop += 2.0 * places**2 * (channels // 8 + channels)
        return self.add(x, (self._attend(query[0], key[0], value[0], x[1]), x[1]), relu=False)


class TensorFlowNet(Net):
    """Pictures are (1, height, width, channels)."""

    def __init__(self, channels: int, height: int, width: int) -> None:
        super().__init__()
        import tensorflow as tf

        self.tf = tf
        self.graph = tf.Graph()
        self.context = self.graph.as_default()
        self.context.__enter__()
        self.input = tf.compat.v1.placeholder(tf.float32, [1, height, width, channels], "picture")

    def _conv(self, x, weights, stride, dilation, relu):
        tf = self.tf
        y = tf.nn.conv2d(x, tf.constant(weights.transpose(2, 3, 1, 0)), stride, "SAME", dilations=dilation)
        y = tf.nn.bias_add(y, tf.zeros(weights.shape[0]))
        return tf.nn.relu(y) if relu else y

    def _transposed(self, x, weights, size):
        shape = [1, 2 * size[0], 2 * size[1], weights.shape[1]]
        return self.tf.nn.conv2d_transpose(x, self.tf.constant(weights.transpose(2, 3, 1, 0)), shape, 2, "SAME")

    def _depth_to_space(self, x):
        return self.tf.nn.depth_to_space(x, 2)

    def _pool(self, x):
        return self.tf.nn.max_pool2d(x, 3, 2, "SAME")

    def _join(self, a, b):
        return self.tf.concat([a, b], -1)

    def _add(self, a, b, relu):
        return self.tf.nn.relu(a + b) if relu else a + b

    def _attend(self, query, key, value, shape):
        tf = self.tf
        q, k, v = (tf.reshape(one, [1, shape[1] * shape[2], -1]) for one in (query, key, value))
        return tf.reshape(tf.matmul(tf.nn.softmax(tf.matmul(q, k, transpose_b=True)), v), [1, *shape[1:], shape[0]])

    def save(self, output, folder: Path) -> None:
        v1 = self.tf.compat.v1
        with v1.Session(graph=self.graph) as session:
            builder = v1.saved_model.Builder(str(folder))
            definition = v1.saved_model.predict_signature_def({"picture": self.input}, {"colors": output[0]})
            builder.add_meta_graph_and_variables(session, ["serve"], {"fp32": definition})
            builder.save()
        self.context.__exit__(None, None, None)


class OnnxNet(Net):
    """Pictures are (1, channels, height, width)."""

    def __init__(self, channels: int, height: int, width: int) -> None:
        super().__init__()
        import onnx

        self.onnx = onnx
        self.nodes: list = []
        self.constants: list = []
        self.input = "picture"
        self.size = [1, channels, height, width]

    def _node(self, kind: str, inputs: list[str], **attributes) -> str:
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def _constant(self, values: np.ndarray) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(self.onnx.numpy_helper.from_array(values, name))
        return name

    def _conv(self, x, weights, stride, dilation, relu):
        constants = [self._constant(np.ascontiguousarray(weights)), self._constant(np.zeros(len(weights), np.float32))]
        # Sides are multiples of every stride; onnxruntime pads dilated kernels only where it is told by how much.
        padding = max(0, (weights.shape[-1] - 1) * dilation + 1 - stride)
        pads = [padding // 2] * 2 + [padding - padding // 2] * 2
        y = self._node("Conv", [x, *constants], strides=[stride] * 2, dilations=[dilation] * 2, pads=pads)
        return self._node("Relu", [y]) if relu else y

    def _transposed(self, x, weights, size):
        kernel = self._constant(np.ascontiguousarray(weights))
        return self._node("ConvTranspose", [x, kernel], strides=[2, 2], pads=[1, 1, 1, 1])

    def _depth_to_space(self, x):
        return self._node("DepthToSpace", [x], blocksize=2)

    def _pool(self, x):
        return self._node("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER")

    def _join(self, a, b):
        return self._node("Concat", [a, b], axis=1)

    def _add(self, a, b, relu):
        y = self._node("Add", [a, b])
        return self._node("Relu", [y]) if relu else y

    def _attend(self, query, key, value, shape):
        flat = self._constant(np.array([1, -1, shape[1] * shape[2]], np.int64))
        q, k, v = (self._node("Reshape", [one, flat]) for one in (query, key, value))
        products = self._node("MatMul", [self._node("Transpose", [q], perm=[0, 2, 1]), k])
        scores = self._node("Softmax", [products], axis=-1)
        mixed = self._node("MatMul", [v, self._node("Transpose", [scores], perm=[0, 2, 1])])
        return self._node("Reshape", [mixed, self._constant(np.array([1, *shape], np.int64))])

    def save(self, output, folder: Path) -> None:
        helper, real = self.onnx.helper, self.onnx.TensorProto.FLOAT
        inputs = [helper.make_tensor_value_info(self.input, real, self.size)]
        outputs = [helper.make_tensor_value_info(output[0], real, [1, *output[1]])]
        graph = helper.make_graph(self.nodes, folder.name, inputs, outputs, self.constants)
        opsets = [helper.make_opsetid("", 17)]
        self.onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), str(folder / "network.onnx"))


def siggraph17(net: Net, picture):
    """Zhang et al. 2017, section 3 and figure 2: luma, hints and where they are -> a and b."""

    def group(x, channels: int, count: int, stride: int = 1, dilation: int = 1):
        for n in range(count):
            x = net.conv(x, channels, stride=stride if n == 0 else 1, dilation=dilation)
        return x

    one = group(picture, 64, 2)
    two = group(one, 128, 2, stride=2)
    three = group(two, 256, 3, stride=2)
    x = group(three, 512, 3, stride=2)
    x = group(group(x, 512, 3, dilation=2), 512, 3, dilation=2)
    x = group(x, 512, 3)
    for shortcut, channels, count in ((three, 256, 2), (two, 128, 1), (one, 128, 1)):
        x = group(net.add(net.twice(x, channels), net.conv(shortcut, channels, relu=False)), channels, count)
    return net.conv(x, 2, kernel=1, relu=False)


def resnet(net: Net, picture, blocks: tuple[int, ...], bottleneck: bool):
    """He et al. 2016, without its head: what the stem and each of its stages give."""
    found = [net.conv(picture, 64, kernel=7, stride=2)]
    x = net.pool(found[0])
    for stage, count in enumerate(blocks):
        narrow = 64 << stage
        out = 4 * narrow if bottleneck else narrow
        for n in range(count):
            stride = 2 if n == 0 and stage > 0 else 1
            y = net.conv(x, narrow, kernel=1) if bottleneck else x
            y = net.conv(y, narrow, stride=stride)
            y = net.conv(y, out, kernel=1 if bottleneck else 3, relu=False)
            same = stride == 1 and x[1][0] == out
            x = net.add(y, x if same else net.conv(x, out, kernel=1, stride=stride, relu=False))
        found.append(x)
    return found


def deoldify(net: Net, picture, blocks: tuple[int, ...], wide: bool):
    """A U-Net (Ronneberger et al. 2015) on a ResNet: a middle of two convolutions, four blocks upward, a last one."""
    *skips, x = resnet(net, picture, blocks, bottleneck=wide)
    x = net.conv(net.conv(x, 2 * x[1][0]), x[1][0])
    for n, skip in enumerate(reversed(skips)):
        last = n == len(skips) - 1
        width = (256 if last else 512) if wide else 0
        x = net.join(net.shuffle(x, width or x[1][0] // 2), skip)
        channels = width or int((x[1][0] // 2 if last else x[1][0]) * 1.5)
        for _ in range(1 if wide else 2):
            x = net.conv(x, channels)
        if n == len(skips) - 3:
            x = net.attend(x)
    x = net.join(net.shuffle(x, x[1][0]), picture)
    x = net.add(x, net.conv(net.conv(x, x[1][0]), x[1][0]))
    return net.conv(x, 3, kernel=1, relu=False)


# Channels of what each sees, and what it is.
NETWORKS: dict[str, tuple[int, Callable]] = {
    "siggraph17": (4, siggraph17),
    "deoldify-artistic": (3, lambda net, x: deoldify(net, x, (3, 4, 6, 3), wide=False)),
    "deoldify-video": (3, lambda net, x: deoldify(net, x, (3, 4, 23, 3), wide=True)),
}


def write(folder: Path, name: str, side: int) -> dict:
    """Writes a network for square pictures. Returns its counts, and whether there is an ONNX file of it."""
    channels, build = NETWORKS[name]
    kinds: list[type[Net]] = [TensorFlowNet]
    try:
        import onnx  # noqa: F401
        import onnxruntime  # noqa: F401

        kinds.append(OnnxNet)
    except ImportError:
        pass
    for kind in kinds:
        net = kind(channels, side, side)
        output = build(net, (net.input, (channels, side, side)))
        net.save(output, folder)
    return {"channels": channels, "parameters": net.parameters, "gflop": net.flop / 1e9, "onnx": len(kinds) > 1}


def time_onnx(file: Path, rounds: int) -> dict:
    """Milliseconds that onnxruntime takes for a picture: the median, on all cores, after one to warm up."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    picture = {"picture": np.full(session.get_inputs()[0].shape, 0.5, np.float32)}
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        session.run(None, picture)
        times.append(1e3 * (time.perf_counter() - start))
    return {"milliseconds": statistics.median(times[1:]), "version": onnxruntime.__version__}


def main() -> None:
    parser = argparse.ArgumentParser(prog="colornn.others", description=__doc__.splitlines()[0])
    parser.add_argument("--write", choices=NETWORKS, help="the network to write into the folder")
    parser.add_argument("--side", type=int, default=256, help="of the square pictures, a multiple of 32")
    parser.add_argument("--time", type=int, metavar="ROUNDS", help="times the ONNX file that lies in the folder")
    parser.add_argument("folder", type=Path, help="a new one, with --write")
    args = parser.parse_args()
    if args.write:
        print(json.dumps(write(args.folder, args.write, args.side)))
    if args.time:
        print(json.dumps(time_onnx(args.folder / "network.onnx", args.time)))


if __name__ == "__main__":
    main()
