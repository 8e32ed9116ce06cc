"""A sheet of films shows frames of one time in one row, and refuses films that do not belong together."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from colornn.colormodel.sheet import GAP, HEIGHT, WIDTH
from colornn.film_sheet import film_sheet


def draw(path: Path, frames: int, tint: tuple[float, float, float]) -> Path:
    """Frames that grow brighter, in one tint (B, G, R, 0..1)."""
    film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 24, (64, 48))
    for n in range(frames):
        film.write(np.full((48, 64, 3), 60 + 100 * n / (frames - 1) * np.array(tint), np.uint8))
    film.release()
    return path


def test_frames_of_one_time_are_in_one_row(tmp_path: Path) -> None:
    films = [draw(tmp_path / "gray.avi", 9, (1, 1, 1)), draw(tmp_path / "red.avi", 9, (0, 0, 1))]
    film_sheet(films, tmp_path / "sheet.jpg", 3)
    sheet = cv2.imread(str(tmp_path / "sheet.jpg")).astype(float)
    assert sheet.shape == (3 * (HEIGHT + GAP), 2 * (WIDTH + GAP), 3)
    rows = [HEIGHT // 2 + row * (HEIGHT + GAP) for row in range(3)]
    gray, red = sheet[rows, WIDTH // 2], sheet[rows, WIDTH // 2 + WIDTH + GAP]
    assert (np.diff(gray[:, 2]) > 30).all() and np.abs(gray[:, 2] - red[:, 2]).max() < 12
    assert (red[1:, 2] > red[1:, 0] + 30).all()


def test_films_of_different_lengths_are_refused(tmp_path: Path) -> None:
    films = [draw(tmp_path / "long.avi", 9, (1, 1, 1)), draw(tmp_path / "short.avi", 8, (1, 1, 1))]
    with pytest.raises(ValueError, match="frames"):
        film_sheet(films, tmp_path / "sheet.jpg", 3)
