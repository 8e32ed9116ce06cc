"""Contact sheets: the network's colors beside gray and the truth, to be looked at."""

from __future__ import annotations

from collections.abc import Callable
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


def contact_sheet(truths: list[np.ndarray], color: Callable[[np.ndarray], np.ndarray], path: Path) -> None:
    """Writes a JPEG of eight rows: gray, colored, truth. The pictures are evenly spaced in the list, not chosen.

    color: luma (h, w) -> chroma of any size.
    """
    rows = []
    for index in np.linspace(0, len(truths) - 1, min(ROWS, len(truths))).round().astype(int):
        luma = rgb_to_yuv(truths[index])[..., 0]
        cells = (np.repeat(luma[..., None], 3, axis=2), compose(luma, color(luma)), truths[index])
        rows.append(np.hstack([np.pad(_fit(cell), ((0, GAP), (0, GAP), (0, 0))) for cell in cells]))
    sheet = (np.clip(np.vstack(rows), 0, 1) * 255).round().astype(np.uint8)
    cv2.imwrite(str(path), sheet[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])
