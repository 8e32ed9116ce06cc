"""How far a coloring is from the truth, and how colorful and steady it is.

Pictures are RGB, float32, 0..1, shape (h, w, 3), sRGB-encoded. Everything is computed in floating
point: subtracting uint8 arrays wraps around and flatters the result by several decibels.
"""

from __future__ import annotations

import cv2
import numpy as np

_D65 = np.array([0.95047, 1.0, 1.08883], np.float32)
_RGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]],
    np.float32,
)
# Identical pictures would have infinite PSNR; means over frames need a finite ceiling.
PSNR_CEILING = 100.0


def rgb_to_lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of an sRGB picture: L 0..100, a and b about -128..127; same height and width."""
    rgb = np.clip(rgb, 0.0, 1.0).astype(np.float32)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, np.power((rgb + 0.055) / 1.055, 2.4))
    xyz = linear @ _RGB_TO_XYZ.T / _D65
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    fx, fy, fz = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)], -1).astype(np.float32)


def psnr(result: np.ndarray, truth: np.ndarray, peak: float = 1.0) -> float:
    """Peak signal-to-noise ratio in dB, capped at PSNR_CEILING."""
    mse = float(np.mean(np.square(result.astype(np.float64) - truth.astype(np.float64))))
    if mse <= 0.0:
        return PSNR_CEILING
    return min(PSNR_CEILING, 10.0 * float(np.log10(peak * peak / mse)))


def chroma_psnr(result_lab: np.ndarray, truth_lab: np.ndarray) -> float:
    """PSNR over the a and b planes of two CIELAB pictures, peak 255, in dB."""
    return psnr(result_lab[..., 1:], truth_lab[..., 1:], peak=255.0)


def ciede2000(lab1: np.ndarray, lab2: np.ndarray) -> np.ndarray:
    """CIEDE2000 color difference per pixel, k_L = k_C = k_H = 1 (Sharma, Wu and Dalal 2005).

    Computed in the precision of its inputs: float32 is good to about 0.001 and twice as quick as float64.
    """
    l1, a1, b1 = (lab1[..., i] for i in range(3))
    l2, a2, b2 = (lab2[..., i] for i in range(3))
    mean_c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - np.sqrt(mean_c7 / (mean_c7 + 25.0**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.arctan2(b1, a1) % (2 * np.pi), np.arctan2(b2, a2) % (2 * np.pi)
    achromatic = c1 * c2 == 0

    dh = h2 - h1
    dh = np.where(dh > np.pi, dh - 2 * np.pi, np.where(dh < -np.pi, dh + 2 * np.pi, dh))
    dh = np.where(achromatic, 0.0, dh)
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(dh / 2)
    d_l, d_c = l2 - l1, c2 - c1

    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = (h1 + h2) / 2
    far = np.abs(h1 - h2) > np.pi
    mean_h = np.where(far, np.where(h1 + h2 < 2 * np.pi, mean_h + np.pi, mean_h - np.pi), mean_h)
    mean_h = np.where(achromatic, h1 + h2, mean_h)

    t = (
        1
        - 0.17 * np.cos(mean_h - np.pi / 6)
        + 0.24 * np.cos(2 * mean_h)
        + 0.32 * np.cos(3 * mean_h + np.radians(6))
        - 0.20 * np.cos(4 * mean_h - np.radians(63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c = 1 + 0.045 * mean_c
    s_h = 1 + 0.015 * mean_c * t
    d_theta = np.radians(30) * np.exp(-(((np.degrees(mean_h) - 275) / 25) ** 2))
    r_t = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * np.sin(2 * d_theta)
    terms = (d_l / s_l) ** 2 + (d_c / s_c) ** 2 + (d_hue / s_h) ** 2 + r_t * (d_c / s_c) * (d_hue / s_h)
    return np.sqrt(np.maximum(terms, 0.0)).astype(np.float32)


def ssim(result: np.ndarray, truth: np.ndarray) -> float:
    """Structural similarity, mean over pixels and channels (Wang et al. 2004: 11 x 11 Gaussian, sigma 1.5)."""

    def blur(x: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(x, (11, 11), 1.5)

    x, y = result.astype(np.float32), truth.astype(np.float32)
    mu_x, mu_y = blur(x), blur(y)
    var_x, var_y = blur(x * x) - mu_x**2, blur(y * y) - mu_y**2
    cov = blur(x * y) - mu_x * mu_y
    c1, c2 = 0.01**2, 0.03**2
    return float(np.mean((2 * mu_x * mu_y + c1) * (2 * cov + c2) / ((mu_x**2 + mu_y**2 + c1) * (var_x + var_y + c2))))


def colorfulness(rgb: np.ndarray) -> float:
    """Colorfulness of one picture on the 0..255 scale (Hasler and Suesstrunk 2003); gray gives 0."""
    r, g, b = (rgb[..., i].astype(np.float64) * 255 for i in range(3))
    rg, yb = r - g, (r + g) / 2 - b
    return float(np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean()))


def _histograms(rgb: np.ndarray) -> np.ndarray:
    levels = np.clip(np.round(rgb * 255), 0, 255).astype(np.int64)
    counts = np.stack([np.bincount(levels[..., i].ravel(), minlength=256) for i in range(3)])
    return counts / counts.sum(axis=1, keepdims=True)


def _jensen_shannon(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    m = (p + q) / 2

    def kl(a: np.ndarray) -> np.ndarray:
        return np.sum(np.where(a > 0, a * np.log(np.where(a > 0, a, 1) / np.where(m > 0, m, 1)), 0), axis=-1)

    return (kl(p) + kl(q)) / 2


def color_distribution_consistency(frames: list[np.ndarray], steps: tuple[int, ...] = (1, 2, 4)) -> float:
    """CDC of a clip: how much its color histograms wander; 0 is perfectly steady (Liu et al. 2021, TCVC).

    The mean Jensen-Shannon divergence (natural logarithm) of the 256-bin R, G and B histograms of
    frames 1, 2 and 4 apart. Raises ValueError for fewer than two frames.
    """
    if len(frames) < 2:
        raise ValueError("Color consistency over time needs at least two frames.")
    histograms = [_histograms(f) for f in frames]
    per_step = [
        np.mean([_jensen_shannon(histograms[i], histograms[i + s]).mean() for i in range(len(frames) - s)])
        for s in steps
        if s < len(frames)
    ]
    return float(np.mean(per_step))
