"""The sizes at which networks see pictures."""

from __future__ import annotations

MULTIPLE = 32


def network_size(height: int, width: int, short_side: int) -> tuple[int, int]:
    """Height and width at which a network sees a picture: short side about `short_side`, multiples of 32."""
    scale = short_side / min(height, width)

    def fit(side: int) -> int:
        return max(MULTIPLE, round(side * scale / MULTIPLE) * MULTIPLE)

    return fit(height), fit(width)
