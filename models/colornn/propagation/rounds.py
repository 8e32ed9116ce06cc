"""Long runs in training: a sequence is cut into segments, and each goes on with what the pass made of the one before.

Unrolling over a few frames shows the pass only young mistakes of its own. Carrying its colors and its state from one
update to the next shows it what a run of dozens of frames leaves, at no further cost. Several runs take turns, so
that neighboring updates don't see the same pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .sequences import Batch


@dataclass
class Carried:
    """Where a run stands: the chroma (B, S/2, S/2, 2) of its last frame and the state of the pass."""

    chroma: np.ndarray
    state: np.ndarray


@dataclass
class _Run:
    segments: list[Batch]
    carried: Carried | None = None


def segments(batch: Batch, steps: int) -> list[Batch]:
    """Cuts the T frames of a batch into runs of `steps`, each with the keyframes and its own predecessor before it."""
    k, total = batch.keyframes, batch.distance.shape[1]

    def cut(x: np.ndarray, first: int) -> np.ndarray:
        return np.concatenate([x[:, :k], x[:, k + first : k + first + steps + 1]], 1)

    return [
        Batch(cut(batch.luma, i), cut(batch.chroma, i), cut(batch.auto, i), batch.distance[:, i : i + steps])
        for i in range(0, total - steps + 1, steps)
    ]


class Rounds:
    """Hands out segments of `count` runs at a time, in random turn."""

    def __init__(self, draw: Callable[[], Batch], steps: int, count: int, rng: np.random.Generator) -> None:
        """draw: gives a batch of long sequences."""
        self._draw, self._steps, self._count, self._rng = draw, steps, count, rng
        self._runs: list[_Run] = []
        self._current: _Run | None = None

    def next(self) -> tuple[Batch, Carried | None]:
        """The next segment of a run, and where that run stands; nothing at its start."""
        self._runs = [r for r in self._runs if r.segments]
        if len(self._runs) < self._count:
            self._runs.append(_Run(segments(self._draw(), self._steps)))
            self._current = self._runs[-1]
        else:
            self._current = self._runs[int(self._rng.integers(len(self._runs)))]
        return self._current.segments.pop(0), self._current.carried

    def keep(self, carried: Carried) -> None:
        """Remembers where the run of the last segment now stands."""
        if self._current is not None:
            self._current.carried = carried
