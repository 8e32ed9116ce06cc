"""The metrics against published values and against cases whose answer is known."""

import numpy as np
import pytest

from colornn.evaluation import metrics

# From the test data of Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005, table 1:
# the pairs that exercise hue wrap-around, achromatic colors and the blue rotation term.
SHARMA_PAIRS = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, -1, 2), (50, 0, 0), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
    ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.9030),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize("first, second, published", SHARMA_PAIRS)
def test_ciede2000_gives_the_published_differences(first, second, published):
    difference = metrics.ciede2000(np.array(first, np.float64), np.array(second, np.float64))
    assert float(difference) == pytest.approx(published, abs=1e-4)


def test_ciede2000_does_not_depend_on_the_order():
    rng = np.random.default_rng(1)
    a, b = (rng.uniform([0, -100, -100], [100, 100, 100], (500, 3)) for _ in range(2))
    np.testing.assert_allclose(metrics.ciede2000(a, b), metrics.ciede2000(b, a), atol=1e-4)


def test_lab_of_white_gray_and_the_primaries_is_what_cie_says():
    colors = np.array([[[1, 1, 1], [0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]], np.float32)
    expected = [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20], [87.73, -86.18, 83.18], [32.30, 79.19, -107.86]]
    np.testing.assert_allclose(metrics.rgb_to_lab(colors)[0], expected, atol=0.05)


def test_psnr_of_a_known_error():
    truth = np.full((8, 8, 3), 0.5, np.float32)
    assert metrics.psnr(truth + 0.1, truth) == pytest.approx(20.0, abs=1e-3)
    assert metrics.psnr(truth, truth) == metrics.PSNR_CEILING


def test_chroma_psnr_ignores_lightness():
    lab = np.zeros((4, 4, 3), np.float32)
    darker = lab.copy()
    darker[..., 0] = 50
    assert metrics.chroma_psnr(lab, darker) == metrics.PSNR_CEILING
    shifted = lab.copy()
    shifted[..., 1:] = 2.55
    assert metrics.chroma_psnr(shifted, lab) == pytest.approx(40.0, abs=1e-3)


def test_ssim_is_one_for_the_same_picture_and_falls_with_noise():
    rng = np.random.default_rng(2)
    picture = rng.random((32, 32, 3), np.float32)
    assert metrics.ssim(picture, picture) == pytest.approx(1.0, abs=1e-5)
    little = metrics.ssim(np.clip(picture + 0.05 * rng.standard_normal(picture.shape), 0, 1), picture)
    much = metrics.ssim(np.clip(picture + 0.3 * rng.standard_normal(picture.shape), 0, 1), picture)
    assert 1 > little > much


def test_colorfulness_of_gray_is_zero_and_of_two_opposed_colors_follows_the_formula():
    assert metrics.colorfulness(np.full((4, 4, 3), 0.3, np.float32)) == pytest.approx(0, abs=1e-6)
    half = np.zeros((2, 2, 3), np.float32)
    half[0] = [1, 0, 0]
    half[1] = [0, 1, 0]
    # rg is +-255 (deviation 255, mean 0), yb is 127.5 everywhere (deviation 0, mean 127.5).
    assert metrics.colorfulness(half) == pytest.approx(255 + 0.3 * 127.5, abs=1e-3)


def test_color_consistency_is_zero_for_a_still_clip_and_ln_2_for_disjoint_colors():
    still = [np.full((4, 4, 3), 0.5, np.float32)] * 6
    assert metrics.color_distribution_consistency(still) == 0
    blinking = [np.full((4, 4, 3), float(i % 2), np.float32) for i in range(2)]
    assert metrics.color_distribution_consistency(blinking) == pytest.approx(np.log(2), abs=1e-6)
    with pytest.raises(ValueError):
        metrics.color_distribution_consistency(still[:1])
