"""The protocols: first-frame reference, two pins, drift. Figures are means over frames, then over clips.

Pinned frames are given, so they are never scored.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from . import metrics
from .baselines import Method
from .clips import Clip, compose


@dataclass
class FrameScores:
    """The scores of the unpinned frames of one clip, in the order of the clip."""

    psnr: list[float]
    chroma_psnr: list[float]
    ciede2000: list[float]
    ssim: list[float]
    colorfulness_ratio: list[float]
    cdc: float
    index: list[int]


@dataclass
class ClipFigures:
    """One method on one clip. PSNR in dB, CIEDE2000 in its own unit; the rest are ratios."""

    psnr: float
    chroma_psnr: float
    ciede2000: float
    ssim: float
    cdc: float
    colorfulness_ratio: float
    last_five: float
    last_fifth: float
    frame_10: float
    frame_90: float


def score_frames(clip: Clip, chroma: np.ndarray, pinned: set[int]) -> FrameScores:
    """Scores a result's chroma (n, h, w, 2) under the clip's true luma."""
    scores = FrameScores([], [], [], [], [], 0.0, [])
    frames = []
    for t in range(len(clip)):
        result = compose(clip.luma[t], chroma[t])
        frames.append(result)
        if t in pinned:
            continue
        lab, truth_lab = metrics.rgb_to_lab(result), clip.lab[t]
        scores.index.append(t)
        scores.psnr.append(metrics.psnr(result, clip.rgb[t]))
        scores.chroma_psnr.append(metrics.chroma_psnr(lab, truth_lab))
        scores.ciede2000.append(float(np.mean(metrics.ciede2000(lab, truth_lab))))
        scores.ssim.append(metrics.ssim(result, clip.rgb[t]))
        scores.colorfulness_ratio.append(metrics.colorfulness(result) / max(clip.colorfulness[t], 1e-3))
    scores.cdc = metrics.color_distribution_consistency(frames)
    return scores


def _at(scores: FrameScores, frame: int) -> float:
    """Mean chroma PSNR of the five frames around one frame; NaN when the clip ends before it."""
    near = [p for i, p in zip(scores.index, scores.chroma_psnr, strict=True) if abs(i - frame) <= 2]
    return float(np.mean(near)) if len(near) >= 3 else float("nan")


def summarize(scores: FrameScores) -> ClipFigures:
    """The figures of one clip from the scores of its frames."""
    tail = scores.chroma_psnr
    return ClipFigures(
        psnr=float(np.mean(scores.psnr)),
        chroma_psnr=float(np.mean(scores.chroma_psnr)),
        ciede2000=float(np.mean(scores.ciede2000)),
        ssim=float(np.mean(scores.ssim)),
        cdc=scores.cdc,
        colorfulness_ratio=float(np.mean(scores.colorfulness_ratio)),
        last_five=float(np.mean(tail[-5:])),
        last_fifth=float(np.mean(tail[-max(1, len(tail) // 5) :])),
        frame_10=_at(scores, 10),
        frame_90=_at(scores, 90),
    )


@dataclass
class Weakness:
    """Where one method is weak on one clip, by the chroma PSNR of its unpinned frames in dB; shares are 0..1."""

    first: float
    worst: float
    worst_frame: int
    first_left_in_place: float
    under_flow: float
    under_left_in_place: float


def weakness(scores: FrameScores, flow: FrameScores, left_in_place: FrameScores) -> Weakness:
    """Its first frame after the pin, its worst frame, and how often it is under what needs no network."""
    own = np.array(scores.chroma_psnr)
    return Weakness(
        first=scores.chroma_psnr[0],
        worst=float(own.min()),
        worst_frame=scores.index[int(own.argmin())],
        first_left_in_place=left_in_place.chroma_psnr[0],
        under_flow=float(np.mean(own < np.array(flow.chroma_psnr))),
        under_left_in_place=float(np.mean(own < np.array(left_in_place.chroma_psnr))),
    )


def from_first_frame(clip: Clip, method: Method) -> np.ndarray:
    """The chroma (n, h, w, 2) that a method gives when the first frame is pinned to its true color."""
    return method(clip.luma, {0: clip.chroma[0]})


def two_pins(clip: Clip, method: Method, forward: np.ndarray) -> dict[str, float]:
    """Chroma PSNR of the middle third with the first frame pinned, the last, and both; and the gain.

    The gain is over the better of the two single pins on that clip. forward: what from_first_frame gave.
    """
    last = len(clip) - 1
    middle = range(len(clip) // 3, len(clip) - len(clip) // 3)
    figures = {}
    for name, pins in (("first", (0,)), ("last", (last,)), ("both", (0, last))):
        chroma = forward if name == "first" else method(clip.luma, {p: clip.chroma[p] for p in pins})
        labs = ((t, metrics.rgb_to_lab(compose(clip.luma[t], chroma[t]))) for t in middle)
        figures[name] = float(np.mean([metrics.chroma_psnr(lab, clip.lab[t]) for t, lab in labs]))
    figures["gain"] = figures["both"] - max(figures["first"], figures["last"])
    return figures


def mean_figures(per_clip: list[ClipFigures]) -> dict[str, float]:
    """Means over clips; drift figures over the clips that are long enough for them (NaN if none is)."""
    means = {}
    for key in asdict(per_clip[0]):
        values = np.array([getattr(figures, key) for figures in per_clip])
        known = values[~np.isnan(values)]
        means[key] = float(known.mean()) if len(known) else float("nan")
    long = [f for f in per_clip if not np.isnan(f.frame_90)]
    means["frame_10"] = float(np.mean([f.frame_10 for f in long])) if long else float("nan")
    means["drift_10_to_90"] = means["frame_10"] - means["frame_90"]
    return means
