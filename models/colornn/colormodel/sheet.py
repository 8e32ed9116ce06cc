"""Contact sheets: colors beside gray, beside other colors and the truth, to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from colornn.color import rgb_to_yuv

from .pictures import compose

ROWS, WIDTH, HEIGHT, GAP = 8, 216, 150, 6


def _fit(rgb: np.ndarray) -> np.ndarray:
    """A picture (h, w, 3), 0..1, fitted into one cell of the sheet, on dark gray."""
    scale = min(WIDTH / rgb.shape[1], HEIGHT / rgb.shape[0])
    size = (round(rgb.shape[1] * scale), round(rgb.shape[0] * scale))
    cell = np.full((HEIGHT, WIDTH, 3), 0.1, np.float32)
    top, left = (HEIGHT - size[1]) // 2, (WIDTH - size[0]) // 2
    cell[top : top + size[1], left : left + size[0]] = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    return cell


def write_sheet(rows: Sequence[Sequence[np.ndarray]], path: Path) -> None:
    """Writes rows of pictures (h, w, 3), 0..1, as a JPEG. Each is fitted into a cell."""
    cells = [np.hstack([np.pad(_fit(cell), ((0, GAP), (0, GAP), (0, 0))) for cell in row]) for row in rows]
    sheet = (np.clip(np.vstack(cells), 0, 1) * 255).round().astype(np.uint8)
    cv2.imwrite(str(path), sheet[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])


def evenly(count: int, of: int) -> np.ndarray:
    """At most that many places among 'of' of them, from the first to the last, evenly spaced."""
    return np.linspace(0, of - 1, min(count, of)).round().astype(int)


def contact_sheet(truths: list[np.ndarray], color: Callable[[np.ndarray], np.ndarray], path: Path) -> None:
    """Writes a JPEG of eight rows: gray, colored, truth. The pictures are evenly spaced in the list, not chosen.

    color: luma (h, w) -> chroma of any size.
    """
    rows = []
    for index in evenly(ROWS, len(truths)):
        luma = rgb_to_yuv(truths[index])[..., 0]
        rows.append((np.repeat(luma[..., None], 3, axis=2), compose(luma, color(luma)), truths[index]))
    write_sheet(rows, path)
