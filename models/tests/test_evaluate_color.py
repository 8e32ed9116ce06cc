"""The measurement of colorings tells truth from gray, and the contact sheet shows all three columns."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from colornn.color import rgb_to_yuv
from colornn.colormodel.sheet import GAP, HEIGHT, WIDTH, contact_sheet
from colornn.evaluate_color import measure, summary


@pytest.fixture
def pictures() -> list[np.ndarray]:
    rng = np.random.default_rng(4)
    return [cv2.resize(rng.uniform(0.2, 0.8, (3, 4, 3)).astype(np.float32), (64, 48)) for _ in range(3)]


def test_the_truth_scores_perfectly_and_gray_does_not(pictures: list[np.ndarray]) -> None:
    picture = pictures[0]
    true = summary(measure([picture], lambda luma: rgb_to_yuv(picture)[..., 1:]))
    gray = summary(measure([picture], lambda luma: np.zeros((1, 1, 2), np.float32)))
    assert true["CIEDE2000"] < 0.01 and true["colorfulness"] == pytest.approx(1, abs=1e-3)
    assert gray["CIEDE2000"] > 3 and gray["colorfulness"] < 1e-3
    assert gray["chroma PSNR"] < true["chroma PSNR"]


def test_a_contact_sheet_has_a_gray_a_colored_and_a_true_column(pictures: list[np.ndarray], tmp_path: Path) -> None:
    contact_sheet(pictures, lambda luma: np.full((1, 1, 2), (0.0, 0.2), np.float32), tmp_path / "sheet.jpg")
    sheet = cv2.imread(str(tmp_path / "sheet.jpg"))
    assert sheet.shape == (3 * (HEIGHT + GAP), 3 * (WIDTH + GAP), 3)
    middle = sheet[HEIGHT // 2 - 20 : HEIGHT // 2 + 20].astype(float)
    gray, red = middle[:, WIDTH // 2 - 20 : WIDTH // 2 + 20], middle[:, 3 * WIDTH // 2 - 20 : 3 * WIDTH // 2 + 20]
    assert np.abs(gray - gray.mean(axis=2, keepdims=True)).max() < 6
    assert (red[..., 2] > red[..., 1] + 30).all()
