"""The networks of others that ours is timed beside have the size that their authors publish."""

import numpy as np
import pytest

from colornn.others import NETWORKS, Net


class CountingNet(Net):
    """Counts without computing anything."""

    def _kernel(self, out: int, channels: int, side: int) -> np.ndarray:
        return np.broadcast_to(np.float32(0), (out, channels, side, side))

    def __getattr__(self, operation: str):
        if operation in ("_conv", "_transposed", "_depth_to_space", "_pool", "_join", "_add", "_attend"):
            return lambda *_: None
        raise AttributeError(operation)


def build(name: str, side: int):
    channels, network = NETWORKS[name]
    net = CountingNet()
    return net, network(net, (None, (channels, side, side)))


@pytest.mark.parametrize(("name", "megabytes"), [("deoldify-artistic", 255), ("deoldify-video", 874)])
def test_as_many_weights_as_the_published_files_hold(name, megabytes):
    net, _ = build(name, 64)
    assert 4 * net.parameters / 1e6 == pytest.approx(megabytes, rel=0.02)


@pytest.mark.parametrize(("name", "channels"), [("siggraph17", 2), ("deoldify-artistic", 3), ("deoldify-video", 3)])
def test_colors_of_the_size_of_the_picture(name, channels):
    _, (_, shape) = build(name, 96)
    assert shape == (channels, 96, 96)


def test_operations_grow_with_the_picture():
    small, large = build("siggraph17", 64)[0], build("siggraph17", 128)[0]
    assert large.parameters == small.parameters
    assert large.flop == 4 * small.flop


def test_counts_a_convolution_by_hand():
    net = CountingNet()
    net.conv((None, (4, 10, 20)), 8)
    assert net.parameters == 8 * 4 * 9 + 8
    assert net.flop == 2 * 8 * 4 * 9 * 10 * 20
