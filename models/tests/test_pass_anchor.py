"""The anchor: a frame of its own that the pass reads again beside its predecessor."""

import numpy as np
import pytest

from colornn.propagation.live_pass import LivePass
from colornn.propagation.network import ConsistencyPass, PassConfig

SIZE = 64


@pytest.fixture(scope="module")
def small() -> LivePass:
    network = ConsistencyPass(PassConfig(key8=16, key4=8, key2=8, state=8, width=16, reach4=1))
    network.build()
    return LivePass(network, SIZE)


def frames(count: int) -> np.ndarray:
    """Different noise in every frame: (count, SIZE, SIZE)."""
    return np.random.default_rng(0).random((count, SIZE, SIZE), np.float32)


def run(network: LivePass, count: int):
    """Colors `count` frames on from a pin. Yields the number of each, what its step was given, and what that gave."""
    luma = frames(count + 1)[..., None][:, None]
    chroma = np.full((1, SIZE // 2, SIZE // 2, 2), 0.1, np.float32)
    pin = network.remember(luma[0], chroma)
    before, state = pin, network.zero_state(SIZE, SIZE)
    for t in range(1, count + 1):
        given = (luma[t], 0 * chroma, [pin], [float(t)], before, state)
        out = network.step(*given)
        yield t, given, out
        before, state = {name: out[f"next_{name}"] for name in network.memory}, out["state"]


def test_every_eighth_frame_of_its_own_is_kept_beside_the_predecessor(small):
    results = []
    for t, _, out in run(small, 19):
        results.append(out["chroma"].numpy()[0])
        held = out["next_colors"].numpy()
        np.testing.assert_allclose(held[0], results[-1], atol=1e-6)
        assert len(held) == (1 if t < 8 else 2)
        if t >= 8:
            np.testing.assert_allclose(held[1], results[t // 8 * 8 - 1], atol=1e-6)
        assert out["state"].numpy()[..., -1].max() == t


def test_the_anchor_is_read_at_every_second_frame(small):
    read = []
    for _, (*step, before, state), out in run(small, 19):
        # The same, but for an anchor of another color.
        other = {**before, "colors": np.concatenate([before["colors"][:1], 0.3 - np.asarray(before["colors"][1:])])}
        changed = small.step(*step, other, state)["chroma"].numpy()
        read.append(bool(np.abs(out["chroma"].numpy() - changed).max() > 1e-6))
    # Frames 1 to 8 have none yet; then its ages are 1, 2, 3 ...
    assert read == [False] * 8 + [False, True] * 5 + [False]


def test_the_predecessor_alone_can_be_all_that_is_remembered(small):
    luma = frames(3)
    chroma = np.full((SIZE, SIZE, 2), 0.1, np.float32)
    pinned = small.propagate(luma, {0: chroma})
    blind = LivePass(small.network, SIZE, use_keyframes=False).propagate(luma, {0: chroma})
    np.testing.assert_allclose(pinned[0], blind[0])
    assert np.isfinite(blind).all() and np.abs(pinned[2] - blind[2]).max() > 0
