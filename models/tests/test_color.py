"""Colors survive the way into bins and back."""

import numpy as np
import pytest

from colornn import color


@pytest.fixture
def chroma() -> np.ndarray:
    return np.random.default_rng(1).uniform(-0.45, 0.45, (500, 2)).astype(np.float32)


def test_rgb_comes_back_from_yuv() -> None:
    rgb = np.random.default_rng(0).random((64, 3), np.float32)
    np.testing.assert_allclose(color.yuv_to_rgb(color.rgb_to_yuv(rgb)), rgb, atol=1e-6)


def test_gray_has_no_chroma_and_primaries_reach_the_ends_of_the_range() -> None:
    np.testing.assert_allclose(color.rgb_to_yuv(np.full((1, 3), 0.7)), [[0.7, 0, 0]], atol=1e-6)
    blue, red = color.rgb_to_yuv(np.array([[0, 0, 1], [1, 0, 0]]))
    assert blue == pytest.approx([0.114, 0.5, -0.0813], abs=1e-4)
    assert red == pytest.approx([0.299, -0.1687, 0.5], abs=1e-4)


def test_a_bin_holds_every_value_within_half_a_width_of_its_middle(chroma: np.ndarray) -> None:
    back = color.bins_to_chroma(np.asarray(color.chroma_to_bins(chroma)))
    assert np.abs(back - chroma).max() <= color.BIN_WIDTH / 2 + 1e-6
    ends = np.asarray(color.chroma_to_bins(np.array([[-0.5, 0.5], [-9.0, 9.0]], np.float32)))
    assert ends.tolist() == [[0, 29], [0, 29]]


def test_the_mean_of_a_soft_target_is_the_value_it_encodes(chroma: np.ndarray) -> None:
    target = np.asarray(color.soft_encode(chroma))
    np.testing.assert_allclose(target.sum(-1), 1, atol=1e-5)
    assert np.abs((target * color.CENTERS).sum(-1) - chroma).max() < 0.02 * color.BIN_WIDTH


def test_the_annealed_mean_goes_from_the_mean_to_the_most_probable_bin() -> None:
    p = np.full((2, color.BINS), 1e-6, np.float32)
    p[:, 3], p[:, 20] = 0.6, 0.4
    mean = np.asarray(color.annealed_mean(np.log(p), 1.0))
    peak = np.asarray(color.annealed_mean(np.log(p), 0.02))
    np.testing.assert_allclose(mean, 0.6 * color.CENTERS[3] + 0.4 * color.CENTERS[20], atol=1e-3)
    np.testing.assert_allclose(peak, color.CENTERS[3], atol=1e-3)


def test_rebalancing_lifts_rare_bins_and_keeps_the_mean_weight_at_one() -> None:
    counts = np.ones((2, color.BINS))
    counts[:, 15] = 1000
    weights = color.rebalancing_weights(counts)
    p = counts / counts.sum(1, keepdims=True)
    np.testing.assert_allclose((p * weights).sum(1), 1, atol=1e-5)
    assert (weights[:, 0] > 2 * weights[:, 15]).all()
    np.testing.assert_allclose(color.rebalancing_weights(counts, strength=0), 1, atol=1e-6)
