"""Gray sequences as film would have recorded them: a random spectral response, and the damage of projection.

A luma formula is only one way to turn color into gray. Orthochromatic stock is blind to red, panchromatic
stock is not; exposure flickers, emulsion has grain, prints have dust and scratches.
"""

from __future__ import annotations

import cv2
import numpy as np

BT601 = np.array([0.299, 0.587, 0.114], np.float32)


def spectral_weights(rng: np.random.Generator) -> np.ndarray:
    """How much R, G and B expose the film: (3,), summing to 1. Ortho- to panchromatic."""
    red = rng.uniform(0.02, 0.45)
    blue = rng.uniform(0.08, 0.6) * (1 - red)
    return np.array([red, 1 - red - blue, blue], np.float32)


def _scratches(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """Dust and vertical scratches of one frame, added to its luma; (h, w)."""
    damage = np.zeros((height, width), np.float32)
    for _ in range(rng.poisson(1.5)):
        center = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(damage, center, int(rng.integers(1, 4)), float(rng.choice([-0.6, 0.6])), -1)
    if rng.random() < 0.3:
        x = int(rng.integers(width))
        cv2.line(damage, (x, 0), (x + int(rng.integers(-3, 4)), height), float(rng.uniform(-0.3, 0.4)), 1)
    return damage


def film_luma(rgb: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """The luma of a sequence (n, h, w, 3), 0..1, on one random film stock: (n, h, w), 0..1.

    strength 0 gives BT.601 luma; 1 the full range of stocks and damage.
    """
    n, height, width, _ = rgb.shape
    if strength <= 0:
        return (rgb @ BT601).astype(np.float32)
    weights = BT601 + strength * (spectral_weights(rng) - BT601)
    exposed = np.square(rgb) @ weights  # roughly linear light
    gamma = 0.5 * np.exp(rng.normal(0, 0.18 * strength))
    luma = np.power(np.clip(exposed, 0, 1), gamma)
    low, high = rng.uniform(0, 0.08 * strength), 1 - rng.uniform(0, 0.1 * strength)
    luma = low + (high - low) * luma
    drift = rng.normal(0, 0.03 * strength, n) if rng.random() < 0.7 else np.zeros(n)
    luma = luma * (1 + drift[:, None, None])
    grain = rng.uniform(0, 0.035 * strength) if rng.random() < 0.7 else 0.0
    size = rng.uniform(0, 0.8)
    damaged = rng.random() < 0.3 * strength
    soft = rng.uniform(0.4, 1.0) if rng.random() < 0.25 * strength else 0.0
    out = np.empty((n, height, width), np.float32)
    for i in range(n):
        frame = luma[i].astype(np.float32)
        if soft:
            frame = cv2.GaussianBlur(frame, (0, 0), soft)
        if grain:
            noise = rng.standard_normal((height, width)).astype(np.float32)
            if size > 0.3:
                noise = cv2.GaussianBlur(noise, (0, 0), size) * (1 + 2 * size)
            frame = frame + grain * noise
        if damaged:
            frame = frame + _scratches(height, width, rng)
        out[i] = np.clip(frame, 0, 1)
    return out
