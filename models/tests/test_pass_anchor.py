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


def test_every_eighth_frame_of_its_own_is_kept_beside_the_predecessor(small):
    luma = frames(20)[..., None][:, None]
    chroma = np.full((1, SIZE // 2, SIZE // 2, 2), 0.1, np.float32)
    pin = small.remember(luma[0], chroma)
    before, state, results = pin, small.zero_state(SIZE, SIZE), []
    for t in range(1, 20):
        out = small.step(luma[t], 0 * chroma, [pin], [float(t)], before, state)
        results.append(out["chroma"].numpy()[0])
        before, state = {name: out[f"next_{name}"] for name in small.memory}, out["state"]
        held = before["colors"].numpy()
        np.testing.assert_allclose(held[0], results[-1], atol=1e-6)
        assert len(held) == (1 if t < 8 else 2)
        if t >= 8:
            np.testing.assert_allclose(held[1], results[t // 8 * 8 - 1], atol=1e-6)
        assert state.numpy()[..., -1].max() == t


def test_the_anchor_is_read_at_every_second_frame(small):
    luma = frames(20)[..., None][:, None]
    chroma = np.full((1, SIZE // 2, SIZE // 2, 2), 0.1, np.float32)
    pin = small.remember(luma[0], chroma)
    before, state, read = pin, small.zero_state(SIZE, SIZE), []
    for t in range(1, 20):
        step = [luma[t], 0 * chroma, [pin], [float(t)]]
        # The same, but for an anchor of another color.
        other = {**before, "colors": np.concatenate([before["colors"][:1], 0.3 - np.asarray(before["colors"][1:])])}
        out, changed = (small.step(*step, memory, state)["chroma"].numpy() for memory in (before, other))
        read.append(bool(np.abs(out - changed).max() > 1e-6))
        out = small.step(*step, before, state)
        before, state = {name: out[f"next_{name}"] for name in small.memory}, out["state"]
    # Frames 1 to 8 have none yet; then its ages are 1, 2, 3 ...
    assert read == [False] * 8 + [False, True] * 5 + [False]


def test_the_predecessor_alone_can_be_all_that_is_remembered(small):
    luma = frames(3)
    chroma = np.full((SIZE, SIZE, 2), 0.1, np.float32)
    pinned = small.propagate(luma, {0: chroma})
    blind = LivePass(small.network, SIZE, use_keyframes=False).propagate(luma, {0: chroma})
    np.testing.assert_allclose(pinned[0], blind[0])
    assert np.isfinite(blind).all() and np.abs(pinned[2] - blind[2]).max() > 0
