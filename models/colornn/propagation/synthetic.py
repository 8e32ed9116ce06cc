"""Motion made from stills: a camera over a picture, and cut-outs of other pictures that cross it.

Pan, zoom, rotation and parallax come from the paths; hiding and revealing from the cut-outs; focus changes and
gate weave from the camera. Every frame of a path can be rendered by itself, so that a keyframe may be far away.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np


@dataclass
class Path:
    """A smooth motion: position in frame sizes, angle in radians, log scale; each p + v t + a sin(w t + f)."""

    start: np.ndarray
    velocity: np.ndarray
    swing: np.ndarray
    frequency: np.ndarray
    phase: np.ndarray

    def at(self, t: float) -> np.ndarray:
        """x, y, angle and log scale at time t, in frames."""
        return self.start + self.velocity * t + self.swing * np.sin(self.frequency * t + self.phase)


def random_path(rng: np.random.Generator, speed: float, spread: float) -> Path:
    """speed: frame sizes a frame, about; spread: how far from the center it may start."""
    amount = np.array([1.0, 1.0, 0.6, 0.6])
    return Path(
        start=np.concatenate([rng.uniform(-spread, spread, 2), rng.normal(0, 0.1, 2)]),
        velocity=rng.normal(0, speed, 4) * amount * (rng.random(4) < 0.7),
        swing=rng.normal(0, 3 * speed, 4) * amount * (rng.random(4) < 0.6),
        frequency=rng.uniform(0.05, 0.5, 4),
        phase=rng.uniform(0, 2 * np.pi, 4),
    )


def _warp(picture: np.ndarray, pose: np.ndarray, size: int, zoom: float, border: int) -> np.ndarray:
    x, y, angle, log_scale = pose
    height, width = picture.shape[:2]
    scale = zoom * np.exp(np.clip(log_scale, -0.6, 0.6)) * size / min(height, width)
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    tx = size * (0.5 + x) - (c * width - s * height) / 2
    ty = size * (0.5 + y) - (s * width + c * height) / 2
    matrix = np.array([[c, -s, tx], [s, c, ty]], np.float64)
    return cv2.warpAffine(picture, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=border)


def _blob(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """A soft-edged random shape, (h, w), 0..1."""
    angles = np.sort(rng.uniform(0, 2 * np.pi, 9))
    radii = rng.uniform(0.25, 0.48, 9)
    points = np.stack([width * (0.5 + radii * np.cos(angles)), height * (0.5 + radii * np.sin(angles))], -1)
    mask = np.zeros((height, width), np.float32)
    cv2.fillPoly(mask, [points.astype(np.int32)], 1.0)
    return cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.6, 1.5))


@dataclass
class Scene:
    """A picture, cut-outs before it, and their paths; `render` gives any frame of it."""

    background: np.ndarray
    camera: Path
    cutouts: list[tuple[np.ndarray, np.ndarray, Path, float]]
    ripple: float
    weave: float
    focus: float
    size: int
    seed: int

    def render(self, t: float) -> np.ndarray:
        """The frame at time t: (size, size, 3), float32, 0..1."""
        pose = self.camera.at(t).copy()
        if self.weave:
            pose[:2] += np.random.default_rng((self.seed, int(t * 7) & 0xFFFF)).normal(0, self.weave, 2)
        frame = _warp(self.background, pose, self.size, 1.2, cv2.BORDER_REFLECT_101)
        for picture, mask, path, zoom in self.cutouts:
            where = path.at(t) + 0.3 * pose
            over = _warp(picture, where, self.size, zoom, cv2.BORDER_REFLECT_101)
            alpha = _warp(mask, where, self.size, zoom, cv2.BORDER_CONSTANT)[..., None]
            frame = frame + alpha * (over - frame)
        if self.ripple:
            frame = self._rippled(frame, t)
        if self.focus:
            blur = self.focus * abs(np.sin(0.15 * t + self.seed))
            if blur > 0.2:
                frame = cv2.GaussianBlur(frame, (0, 0), blur)
        return np.clip(frame, 0, 1)

    def _rippled(self, frame: np.ndarray, t: float) -> np.ndarray:
        """A slow wave through the picture, so that motion is not only rigid."""
        grid = np.arange(self.size, dtype=np.float32)
        phase = 0.2 * t + self.seed % 7
        dx = self.ripple * np.sin(grid / 17 + phase)
        dy = self.ripple * np.cos(grid / 23 - phase)
        x = np.broadcast_to(grid[None, :] + dx[:, None], frame.shape[:2]).astype(np.float32)
        y = np.broadcast_to(grid[:, None] + dy[None, :], frame.shape[:2]).astype(np.float32)
        return cv2.remap(frame, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def random_scene(pictures: list[np.ndarray], size: int, rng: np.random.Generator) -> Scene:
    """A scene of one to three cut-outs over a background. pictures: at least four, (h, w, 3), float32, 0..1."""
    chosen = [pictures[i] for i in rng.choice(len(pictures), 4, replace=False)]
    speed = float(np.exp(rng.uniform(np.log(0.001), np.log(0.03))))
    cutouts = []
    for picture in chosen[1 : 1 + int(rng.integers(0, 4))]:
        path = random_path(rng, speed * rng.uniform(0.5, 2), 0.4)
        cutouts.append((picture, _blob(*picture.shape[:2], rng), path, float(rng.uniform(0.3, 0.9))))
    return Scene(
        background=chosen[0],
        camera=random_path(rng, speed, 0.05),
        cutouts=cutouts,
        ripple=float(rng.uniform(0.5, 3)) if rng.random() < 0.3 else 0.0,
        weave=float(rng.uniform(0, 0.006)) if rng.random() < 0.3 else 0.0,
        focus=float(rng.uniform(0.5, 2)) if rng.random() < 0.2 else 0.0,
        size=size,
        seed=int(rng.integers(1 << 30)),
    )
