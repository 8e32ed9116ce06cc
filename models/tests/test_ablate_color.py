"""The scores that variants of the color model are compared by."""

import cv2
import numpy as np
import pytest

from colornn.ablate_color import VARIANTS, folder_of, scores
from colornn.color import BINS, chroma_to_bins, rgb_to_yuv
from colornn.train_color import parse

SIZE = 64


def beach() -> np.ndarray:
    """A blue sky over yellow sand, RGB 0..1."""
    picture = np.zeros((SIZE, SIZE, 3), np.float32)
    picture[:32], picture[32:] = (0.4, 0.55, 0.8), (0.75, 0.7, 0.5)
    return picture


def known(truth: np.ndarray, share: float):
    """A color model that knows the picture, and says so, at a share of its strength."""
    chroma = cv2.resize(rgb_to_yuv(truth)[..., 1:], (SIZE // 2, SIZE // 2), interpolation=cv2.INTER_AREA)
    logits = np.eye(BINS)[np.asarray(chroma_to_bins(share * chroma))]
    return lambda luma: (share * chroma, logits)


def test_the_truth_scores_full_and_gray_scores_nothing() -> None:
    truth = beach()
    luma = rgb_to_yuv(truth)[..., 0]
    right = scores([truth], [luma], known(truth, 1.0), SIZE)
    gray = scores([truth], [luma], known(truth, 0.0), SIZE)
    assert right["CIEDE2000"] < 0.5 and right["colorfulness"] == pytest.approx(1, abs=0.05)
    assert right["top-1 U"] == right["top-1 V"] == 1
    assert gray["CIEDE2000"] > 5 and gray["colorfulness"] < 0.01 and gray["top-1 U"] < 0.5


def test_every_variant_is_a_training_that_can_be_asked_for_in_a_folder_of_its_own(tmp_path) -> None:
    assert len({folder_of(tmp_path, name) for name in VARIANTS}) == len(VARIANTS)
    usual = parse(["--data", "x"])
    for name, arguments in VARIANTS.items():
        differs = vars(parse(["--data", "x", *arguments])) != vars(usual)
        assert differs == (name != "as shipped")
