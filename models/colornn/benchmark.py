"""`python -m colornn.benchmark`: how long a frame takes, and how near that is to what the machine can do.

One run gives all of it, one measurement after another in turn, so that a busy machine slows them alike: the pass with
one keyframe and with two, without and with the anchor, the color model at its own size, and products of large bfloat16
matrices, which are the machine's measured peak. Times are the fastest of several; GFLOP counts convolutions and matrix
products.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import tensorflow as tf

from colornn.colormodel.pictures import to_network
from colornn.propagation.export import ANCHOR_READ_EVERY

v1 = tf.compat.v1
WEIGHTS = Path(__file__).resolve().parents[1] / "weights"
_MATRIX = 2048
_PRODUCTS = ("Conv2D", "MatMul", "BatchMatMulV2", "BatchMatMulV3")


class Signature:
    """One signature of an export, with inputs to run it on."""

    def __init__(self, session: v1.Session, definition, inputs: dict[str, np.ndarray]) -> None:
        self.session = session
        self.feed = {definition.inputs[name].name: value for name, value in inputs.items()}
        self.outputs = {name: info.name for name, info in definition.outputs.items()}

    def run(self) -> dict[str, np.ndarray]:
        return self.session.run(self.outputs, self.feed)

    def gflop(self) -> float:
        """Of its convolutions and matrix products, counted from the shapes of a real run."""
        products = [
            op
            for op in self.session.graph.get_operations()
            if op.type in _PRODUCTS and op.name.split("/")[0] == next(iter(self.outputs.values())).split("/")[0]
        ]
        wanted = [(op.outputs[0].name, op.inputs[0].name, op.inputs[1].name) for op in products]
        with self.session.graph.as_default():
            shapes = {n: tf.shape(self.session.graph.get_tensor_by_name(n)) for n in sorted(set(sum(wanted, ())))}
        sizes = self.session.run(shapes, self.feed)
        total = 0.0
        for op, (out, left, right) in zip(products, wanted, strict=True):
            summed = np.prod(sizes[right][:3]) if op.type == "Conv2D" else _summed(op, sizes[left])
            total += 2.0 * np.prod(sizes[out].astype(np.float64)) * float(summed)
        return total / 1e9


def _summed(op: tf.Operation, left: np.ndarray) -> int:
    """The length that a matrix product sums over."""
    flags = {"MatMul": "transpose_a"}
    return int(left[-2] if op.get_attr(flags.get(op.type, "adj_x")) else left[-1])


def load(folder: Path, names: list[str]) -> tuple[v1.Session, dict]:
    """A session with an export in it, and its signatures by name."""
    session = v1.Session(graph=tf.Graph())
    with session.graph.as_default():
        meta = v1.saved_model.load(session, ["serve"], str(folder))
    return session, {name: meta.signature_def[name] for name in names}


def pass_signature(
    session: v1.Session, signatures: dict, luma: np.ndarray, precision: str, keyframes: int, anchor: bool
) -> Signature:
    """The pass at one frame, whose own memory stands in for keyframes, predecessor and, where it is read, anchor."""
    _, height, width, _ = luma.shape
    chroma = np.full((1, height // 2, width // 2, 2), 0.05, np.float32)
    memory = Signature(session, signatures[f"encode_{precision}"], {"luma": luma, "chroma": chroma}).run()
    step = signatures[f"step_{precision}"]
    channels = step.inputs["state"].tensor_shape.dim[-1].size
    inputs = {
        "luma": luma,
        "auto": chroma,
        "distance": np.arange(5, 5 + keyframes, dtype=np.float32),
        # How many frames were colored before decides whether the anchor is read.
        "state": np.full((1, height // 8, width // 8, channels), ANCHOR_READ_EVERY - 1 if anchor else 0, np.float32),
        **{f"keyframe_{name}": np.concatenate([x] * keyframes) for name, x in memory.items()},
        **{f"predecessor_{name}": np.concatenate([x] * 2) for name, x in memory.items()},
    }
    return Signature(session, step, inputs)


def fastest(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time of each work in seconds, all of them in turn in every round."""
    best = dict.fromkeys(works, float("inf"))
    for turn in range(rounds + 2):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if turn >= 2:
                best[name] = min(best[name], time.perf_counter() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, nargs=2, default=[256, 448], metavar=("H", "W"), help="multiples of 32")
    parser.add_argument("--precision", choices=["bf16", "fp32"], default="bf16")
    parser.add_argument("--every", type=int, default=8, help="the color model's share: it runs at every so many frames")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--pass-weights", type=Path, default=WEIGHTS / "consistency-pass")
    parser.add_argument("--color-weights", type=Path, default=WEIGHTS / "color-model")
    options = parser.parse_args()
    height, width = options.size
    noise = tf.random.stateless_uniform((1, height // 8, width // 8, 1), (1, 2))
    luma = tf.image.resize(noise, (height, width), "bicubic").numpy().clip(0, 1)

    session, signatures = load(options.pass_weights, [f"{kind}_{options.precision}" for kind in ("encode", "step")])
    passes = {
        f"pass, {count}{' and the anchor' if anchor else ''}": pass_signature(
            session, signatures, luma, options.precision, keyframes, anchor
        )
        for count, keyframes in (("one keyframe", 1), ("two keyframes", 2))
        for anchor in (False, True)
    }
    session, signatures = load(options.color_weights, [options.precision])
    short_side = json.loads((options.color_weights / "model.json").read_text())["shortSide"]
    color = Signature(session, signatures[options.precision], {"luma": to_network(luma[0, ..., 0], short_side)})
    matrix = tf.cast(tf.random.normal((_MATRIX, _MATRIX)), tf.bfloat16 if options.precision == "bf16" else tf.float32)
    product = tf.function(lambda: tf.matmul(matrix, matrix))

    names = {**passes, "color model": color}
    times = fastest({"matrix": product, **{name: s.run for name, s in names.items()}}, options.rounds)
    peak = 2 * _MATRIX**3 / 1e9 / times["matrix"]
    print(f"{height} x {width}, {options.precision}, {os.cpu_count()} cores, TensorFlow {tf.__version__}")
    print(f"measured peak of matrix products: {peak:.0f} GFLOPS")
    for name, signature in names.items():
        work, seconds = signature.gflop(), times[name]
        rate = work / seconds
        print(f"{name:36s}{1e3 * seconds:7.1f} ms {work:7.1f} GFLOP {rate:7.0f} GFLOPS {rate / peak:7.0%} of the peak")
    with_anchor = times["pass, one keyframe and the anchor"]
    step = times["pass, one keyframe"] + (with_anchor - times["pass, one keyframe"]) / ANCHOR_READ_EVERY
    shared = step + times["color model"] / options.every
    print(
        f"a frame, the anchor at every {ANCHOR_READ_EVERY}, the color model at every {options.every}: "
        f"{1e3 * shared:.1f} ms"
    )


if __name__ == "__main__":
    main()
