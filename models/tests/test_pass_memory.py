"""Reading colors from memory, on keys whose right answer is known."""

import numpy as np
import pytest
from keras import ops

from colornn.propagation import memory


def unit_keys(rng: np.random.Generator, *shape: int) -> np.ndarray:
    keys = rng.standard_normal(shape).astype(np.float32)
    return keys / np.linalg.norm(keys, axis=-1, keepdims=True)


def test_patches_come_apart_and_together_again():
    picture = np.random.default_rng(0).random((2, 8, 12, 3), np.float32)
    tokens = memory.patches(picture, 4)
    assert tokens.shape == (2, 2, 3, 48)
    np.testing.assert_array_equal(memory.unpatch(tokens, 4, 3), picture)
    np.testing.assert_array_equal(np.asarray(tokens)[0, 1, 2].reshape(4, 4, 3), picture[0, 4:8, 8:12])


def read_all(query, keys, values, temperature=200.0, bias=None, slope=None):
    b, m = keys.shape[:2]
    bias = np.zeros((b, m), np.float32) if bias is None else bias
    slope = np.zeros((b, m), np.float32) if slope is None else slope
    return memory.read_everywhere(query, keys, values, temperature, bias, slope)


def test_a_moved_token_finds_its_color_anywhere_in_the_frame():
    rng = np.random.default_rng(1)
    keys = unit_keys(rng, 1, 1, 4, 6, 16)
    values = rng.random((1, 1, 4, 6, 2), np.float32)
    query = np.roll(keys[:, 0], (1, -2), (1, 2))
    read, cosine, where = read_all(query, keys, values)
    np.testing.assert_allclose(read, np.roll(values[:, 0], (1, -2), (1, 2)), atol=1e-3)
    np.testing.assert_allclose(cosine, 1, atol=1e-4)
    np.testing.assert_array_equal(
        np.asarray(where)[0, :, 0], np.roll(np.arange(24).reshape(4, 6), (1, -2), (0, 1)).ravel()
    )


def test_one_softmax_reads_two_frames_each_where_it_matches():
    rng = np.random.default_rng(2)
    keys = unit_keys(rng, 1, 2, 4, 4, 16)
    values = np.zeros((1, 2, 4, 4, 1), np.float32)
    values[0, 1] = 1
    query = np.concatenate([keys[:, 0, :2], keys[:, 1, 2:]], 1)
    read, cosine, _ = read_all(query, keys, values)
    np.testing.assert_allclose(np.asarray(read)[0, :2], 0, atol=1e-2)
    np.testing.assert_allclose(np.asarray(read)[0, 2:], 1, atol=1e-2)
    assert cosine.shape == (1, 16, 2)


def test_the_fall_with_distance_is_what_the_formula_says():
    rng = np.random.default_rng(3)
    keys = unit_keys(rng, 1, 1, 3, 5, 8)
    query = unit_keys(rng, 1, 3, 5, 8)
    values = rng.random((1, 1, 3, 5, 1), np.float32)
    slope, temperature = 0.7, 3.0
    read, _, _ = read_all(query, keys, values, temperature, slope=np.full((1, 1), slope, np.float32))
    y, x = np.divmod(np.arange(15), 5)
    away = (y[:, None] - y) ** 2 + (x[:, None] - x) ** 2
    logits = temperature * query.reshape(15, 8) @ keys.reshape(15, 8).T - slope * away
    weights = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    np.testing.assert_allclose(np.asarray(read).reshape(15), weights @ values.ravel(), atol=1e-5)


@pytest.mark.parametrize("shift", [(0, 0), (1, 2), (-2, 1)])
def test_a_window_around_the_coarse_match_finds_the_fine_one(shift):
    rng = np.random.default_rng(4)
    keys = unit_keys(rng, 1, 1, 12, 16, 16)
    values = rng.random((1, 1, 12, 16, 2), np.float32)
    query = np.roll(keys[:, 0], shift, (1, 2))
    parent = np.arange(6 * 8, dtype=np.int32).reshape(1, 48, 1)  # the coarse match: nothing moved
    prior = np.zeros((1, 48, 1), np.float32)
    read, cosine, where = memory.read_windows(query, keys, values, parent, 200.0, prior, reach=2)
    inside = np.s_[:, 3:-3, 3:-3]
    np.testing.assert_allclose(np.asarray(read)[inside], np.roll(values[:, 0], shift, (1, 2))[inside], atol=1e-3)
    grid = np.roll(np.arange(12 * 16).reshape(12, 16), shift, (0, 1))
    np.testing.assert_array_equal(np.asarray(where).reshape(12, 16)[3:-3, 3:-3], grid[3:-3, 3:-3])
    assert float(ops.min(np.asarray(cosine).reshape(1, 12, 16)[inside])) > 0.999
