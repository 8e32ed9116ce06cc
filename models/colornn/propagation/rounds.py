"""Long runs in training: a sequence is cut into segments, and each goes on with what the pass made of the ones before.

Unrolling over a few frames shows the pass only young mistakes of its own. Carrying its colors and its state from one
update to the next shows it what a run of dozens of frames leaves, at no further cost. Several runs take turns, so
that neighboring updates don't see the same pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .sequences import Batch

# A frame of the pass's own is kept as the anchor at every so many frames; see propagation/export.py.
ANCHOR_EVERY = 8


@dataclass
class Carried:
    """Where a run stands: the chroma (B, S/2, S/2, 2) that the pass gave its last frame and its anchor, the state of
    the pass, and what the last frame shows (B, S/2, S/2, 3): U, V and how much of each pixel has come all the way from
    the keyframe.
    """

    chroma: np.ndarray
    state: np.ndarray
    anchor: np.ndarray
    shown: np.ndarray


@dataclass
class Segment:
    """Some frames of a run: K keyframes, the anchor, the predecessor and T frames, in this order along axis 1.

    luma (B, K+2+T, S, S, 1), chroma and auto (B, K+2+T, S/2, S/2, 2), distance (B, T, K), flow, certainty and start: as
    in `Batch`. age: how many frames the anchor lies before the first of the T. anchors_last: whether the last of the T
    becomes the anchor.
    """

    luma: np.ndarray
    chroma: np.ndarray
    auto: np.ndarray
    distance: np.ndarray
    flow: np.ndarray
    certainty: np.ndarray
    start: np.ndarray
    age: int
    anchors_last: bool

    @property
    def keyframes(self) -> int:
        return self.distance.shape[2]


@dataclass
class _Run:
    segments: list[Segment]
    carried: Carried | None = None


def segments(batch: Batch, steps: int) -> list[Segment]:
    """Cuts the T frames of a batch into runs of `steps`, each with the keyframes, its anchor and its predecessor.

    The frame before the run is the first anchor. A later one is always the last frame of a segment, since its colors
    are carried from there: in runs of 5 it is every tenth frame, not every eighth.
    """
    k, total = batch.keyframes, batch.distance.shape[1]
    every = -(-ANCHOR_EVERY // steps) * steps

    def cut(x: np.ndarray, first: int) -> np.ndarray:
        anchor = first // every * every
        return np.concatenate([x[:, :k], x[:, k + anchor : k + anchor + 1], x[:, k + first : k + first + steps + 1]], 1)

    return [
        Segment(
            cut(batch.luma, i),
            cut(batch.chroma, i),
            cut(batch.auto, i),
            batch.distance[:, i : i + steps],
            batch.flow[:, i : i + steps],
            batch.certainty[:, i : i + steps],
            batch.start,
            age=1 + i % every,
            anchors_last=(i + steps) % every == 0,
        )
        for i in range(0, total - steps + 1, steps)
    ]


class Rounds:
    """Hands out segments of `count` runs at a time, in random turn."""

    def __init__(self, draw: Callable[[], Batch], steps: int, count: int, rng: np.random.Generator) -> None:
        """draw: gives a batch of long sequences."""
        self._draw, self._steps, self._count, self._rng = draw, steps, count, rng
        self._runs: list[_Run] = []
        self._current: _Run | None = None

    def next(self) -> tuple[Segment, Carried | None]:
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
