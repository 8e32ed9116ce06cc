"""Training sequences: keyframes, a predecessor and a few frames to color, from real clips and from stills in motion."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from colornn.evaluation.clips import list_clips

from .film import BT601, film_luma
from .guesses import apart, beside, guesses, unsteady
from .motion import carried_along, motion_between
from .synthetic import random_scene


@dataclass(frozen=True)
class SequenceOptions:
    """What a batch holds. size: pixels, a multiple of 32; steps: frames to color in a row; film: 0..1.

    both_sides: the chance that the second keyframe lies ahead; short_side: of the clips, in pixels, before they are
    cropped.
    """

    batch: int = 4
    size: int = 160
    steps: int = 4
    film: float = 1.0
    synthetic: float = 0.5
    max_keyframes: int = 2
    max_distance: int = 60
    both_sides: float = 0.5
    short_side: int = 208


@dataclass
class Batch:
    """K keyframes, the predecessor and T frames, in this order along axis 1 of luma and chroma.

    luma (B, K+1+T, S, S, 1), 0..1; chroma and auto (B, K+1+T, S/2, S/2, 2), U and V; distance (B, T, K): frames
    from each frame to be colored to each keyframe. flow (B, T, S/2, S/2, 2) and certainty (B, T, S/2, S/2, 1): from
    each of the T to the frame before, as in motion.py. start (B, S/2, S/2, 3): what has come to the predecessor from
    the first keyframe.
    """

    luma: np.ndarray
    chroma: np.ndarray
    auto: np.ndarray
    distance: np.ndarray
    flow: np.ndarray
    certainty: np.ndarray
    start: np.ndarray

    @property
    def keyframes(self) -> int:
        return self.distance.shape[2]


# Neighbors on the way from the keyframe to the predecessor that motion is looked for between, at most.
_HOPS = 8


def load_clip(path: Path, short_side: int) -> np.ndarray:
    """All frames of a clip as uint8 RGB (n, h, w, 3), its shorter side scaled down to short_side; never up."""
    capture = cv2.VideoCapture(str(path))
    frames = []
    while True:
        ok, bgr = capture.read()
        if not ok:
            break
        scale = min(1.0, short_side / min(bgr.shape[:2]))
        size = (round(bgr.shape[1] * scale), round(bgr.shape[0] * scale))
        frames.append(cv2.resize(bgr, size, interpolation=cv2.INTER_AREA)[..., ::-1])
    capture.release()
    if not frames:
        raise ValueError(f"{path} could not be read as a video.")
    return np.stack(frames)


def load_stills(folder: Path, limit: int | None = None) -> list[np.ndarray]:
    """Pictures of a folder and its subfolders as uint8 RGB, in a fixed shuffled order."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in {".webp", ".jpg", ".jpeg", ".png"})
    order = np.random.default_rng(0).permutation(len(paths))[:limit]
    pictures = (cv2.imread(str(paths[i])) for i in order)
    return [p[..., ::-1].copy() for p in pictures if p is not None and min(p.shape[:2]) >= 64]


def chroma_of(rgb: np.ndarray) -> np.ndarray:
    """U and V, BT.601 full range, of (..., 3) RGB, at half size for (n, h, w, 3) input."""
    luma = rgb @ BT601
    chroma = np.stack([(rgb[..., 2] - luma) / 1.772, (rgb[..., 0] - luma) / 1.402], -1)
    n, h, w, _ = chroma.shape
    return chroma.reshape(n, h // 2, 2, w // 2, 2, 2).mean((2, 4)).astype(np.float32)


def guess_of(chroma: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What a color model might have guessed for these frames: pale, blurred, tinted, unsteady; or nothing."""
    if rng.random() < 0.25:
        return np.zeros_like(chroma)
    pale = rng.uniform(0.2, 0.9)
    blur = rng.uniform(1, 6)
    tint = cv2.resize(rng.normal(0, 0.05, (3, 3, 2)).astype(np.float32), chroma.shape[2:0:-1])
    out = np.empty_like(chroma)
    for i, frame in enumerate(chroma):
        out[i] = pale * cv2.GaussianBlur(frame, (0, 0), blur) + tint + rng.normal(0, 0.01, 2)
    return out


class SequenceSource:
    """Draws training batches. Deterministic for a seed when used from a single thread."""

    def __init__(
        self,
        clips: Path | None,
        stills: Path | None,
        options: SequenceOptions,
        seed: int = 0,
        color_model: Path | None = None,
        cache: Path = Path("runs/guesses"),
        precision: str = "bf16",
    ) -> None:
        """Loads everything into memory. Raises ValueError when neither clips nor stills are given.

        color_model: the folder of an exported color model; with it, `auto` is mostly what it really guesses (kept in
        the folder `cache`), without it an imitation. precision: "bf16" or "fp32", in which it guesses.
        """
        if clips is None and stills is None:
            raise ValueError("Training needs a folder of clips, a folder of stills, or both.")
        self.options = self.wanted = options
        self.rng = np.random.default_rng(seed)
        self.clips = [load_clip(p, options.short_side) for p in list_clips(clips)] if clips else []
        self.stills = load_stills(stills, 4000) if stills else []
        self.clip_guesses = guesses(color_model, self.clips, cache, precision) if color_model and self.clips else None
        self.still_guesses = (
            guesses(color_model, self.stills, cache, precision) if color_model and self.stills else None
        )

    def _times(self, length: int | None) -> tuple[list[float], list[float]]:
        """Times of the keyframes, and of the predecessor and the frames after it; direction and stride are random."""
        o, rng = self.options, self.rng
        stride = int(rng.choice([1, 1, 1, 2, 3]))
        span = o.steps * stride
        total = length or 4 * o.max_distance
        span = min(span, total - 1)
        stride = max(1, span // o.steps)
        first = int(rng.integers(0, max(1, total - span)))
        run = [float(min(first + i * stride, total - 1)) for i in range(o.steps + 1)]
        before = [float(rng.integers(max(0, first - o.max_distance), first + 1)) for _ in range(o.max_keyframes)]
        if rng.random() < o.both_sides:  # the second keyframe lies on the other side
            before[-1] = float(rng.integers(int(run[-1]), min(total - 1, int(run[-1]) + o.max_distance) + 1))
        if rng.random() < 0.5:
            run = [total - 1 - t for t in run]
            before = [total - 1 - t for t in before]
        return before, run

    @staticmethod
    def _way(keyframe: float, predecessor: float, whole: bool) -> list[float]:
        """Times between the two, in even hops of one frame or more. whole: there are frames at whole times only."""
        hops = int(min(_HOPS, abs(predecessor - keyframe)))
        times = np.linspace(keyframe, predecessor, hops + 1)[1:-1] if hops > 1 else np.empty(0)
        return [float(t) for t in (times.round() if whole else times)]

    def _real(self) -> tuple[np.ndarray, np.ndarray | None, list[float], list[float], list[float]]:
        """RGB frames of a clip, the color model's guesses of them when there are any, and their times: of the
        keyframes, of those between the first keyframe and the predecessor, and of the run.
        """
        o, rng = self.options, self.rng
        which = int(rng.integers(len(self.clips)))
        clip = self.clips[which]
        keys, run = self._times(len(clip))
        way = self._way(keys[0], run[0], whole=True)
        _, height, width, _ = clip.shape
        # About as many pixels as the crop becomes, or more: the pass runs on pictures that were not enlarged.
        closest = min(0.9 * min(height, width), 0.95 * o.size)
        side = int(rng.uniform(closest, min(height, width))) // 2 * 2
        # Even, so that a guess at half size is cropped where its picture is.
        y, x = (2 * int(rng.integers(0, (whole - side) // 2 + 1)) for whole in (height, width))
        index = [int(t) for t in keys + way + run]

        def cut(frames: np.ndarray, scale: int) -> np.ndarray:
            top, left, length, size = y // scale, x // scale, side // scale, o.size // scale
            parts = (frames[i][top : top + length, left : left + length] for i in index)
            return np.stack([cv2.resize(p, (size, size), interpolation=cv2.INTER_AREA) for p in parts])

        guess = None
        if self.clip_guesses:
            halves = self.clip_guesses[which]
            guess = cut({i: halves[i].astype(np.float32) for i in index}, 2)
        return cut(clip, 1).astype(np.float32) / 255, guess, keys, way, run

    def _made(self) -> tuple[np.ndarray, np.ndarray | None, list[float], list[float], list[float]]:
        """The same of stills in motion, with the guesses that move with them when there are any."""
        keys, run = self._times(None)
        way = self._way(keys[0], run[0], whole=False)
        middle = run[0]
        few = [int(i) for i in self.rng.choice(len(self.stills), 4, replace=False)]
        pictures = [self.stills[i].astype(np.float32) / 255 for i in few]
        if self.still_guesses:
            pictures = [beside(p, self.still_guesses[i]) for p, i in zip(pictures, few, strict=True)]
        scene = random_scene(pictures, self.options.size, self.rng)
        frames = np.stack([scene.render(t - middle) for t in keys + way + run])
        rgb, guess = apart(frames) if self.still_guesses else (frames, None)
        return rgb, guess, keys, way, run

    def _auto(self, chroma: np.ndarray, guess: np.ndarray | None) -> np.ndarray:
        """What the pass is told the color model says: three times in four the real guess, when there is one."""
        if guess is None or self.rng.random() < 0.25:
            return guess_of(chroma, self.rng)
        return unsteady(guess, self.rng)

    def sequence(self) -> Batch:
        """One sequence, as a batch without its first axis."""
        o, rng = self.options, self.rng
        made = not self.clips or (self.stills and rng.random() < o.synthetic)
        rgb, guess, keys, way, run = self._made() if made else self._real()
        if rng.random() < 0.5:
            rgb = rgb[:, :, ::-1]
            guess = None if guess is None else guess[:, :, ::-1]
        if rng.random() < 0.3:  # colors that no picture had: hue must be read, not guessed
            mix = np.eye(3) + rng.normal(0, 0.15, (3, 3))
            rgb = np.clip(rgb @ (mix / mix.sum(1, keepdims=True)), 0, 1).astype(np.float32)
        strength = 0.0 if rng.random() < 0.4 else o.film * rng.random()
        luma = film_luma(rgb, rng, strength)
        chroma = chroma_of(rgb)
        distance = np.array([[max(1.0, abs(t - k)) for k in keys] for t in run[1:]], np.float32)
        last = len(keys) + len(way)
        start = carried_along(np.concatenate([luma[:1], luma[len(keys) : last + 1]]), chroma[0])
        found = [motion_between(*luma[i : i + 2]) for i in range(last, len(luma) - 1)]
        flow, certainty = (np.stack(part) for part in zip(*found, strict=True))
        auto = self._auto(chroma, guess)
        held = [*range(len(keys)), *range(last, len(luma))]
        return Batch(luma[held][..., None], chroma[held], auto[held], distance, flow, certainty, start)

    def batch(self) -> Batch:
        """One batch; half of the batches hold a single keyframe. Setting `wanted` changes the batches from here on."""
        self.options = self.wanted
        parts = [vars(self.sequence()) for _ in range(self.options.batch)]
        whole = {name: np.stack([part[name] for part in parts]).astype(np.float32) for name in parts[0]}
        keys = self.options.max_keyframes
        if keys > 1 and self.rng.random() < 0.5:  # the first one stays, which colors are carried from
            for name in ("luma", "chroma", "auto"):
                whole[name] = np.delete(whole[name], slice(1, keys), axis=1)
            whole["distance"] = whole["distance"][..., :1]
        return Batch(**whole)


def prefetch(source: SequenceSource, depth: int = 4) -> queue.Queue:
    """Draws batches on a thread of its own, `depth` ahead. The thread ends with the process."""
    batches: queue.Queue = queue.Queue(depth)

    def work() -> None:
        while True:
            batches.put(source.batch())

    threading.Thread(target=work, daemon=True).start()
    return batches
