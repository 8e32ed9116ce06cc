"""The shipped pass, run as the program runs it, on drawn pictures."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from colornn.color import rgb_to_yuv
from colornn.propagation.live_pass import LivePass
from colornn.propagation.network import ConsistencyPass
from colornn.propagation.saved_pass import SavedPass
from colornn.propagation.store import load_export

FOLDER = Path(__file__).resolve().parents[1] / "weights" / "consistency-pass"
SIZE = 128
RED, GREEN = (0.85, 0.25, 0.2), (0.3, 0.6, 0.35)


@pytest.fixture(scope="module")
def shipped() -> SavedPass:
    return SavedPass(FOLDER, short_side=SIZE)


def shot(frames: int, step: float) -> tuple[np.ndarray, np.ndarray]:
    """A textured red square moves over a textured green ground: luma (n, h, w) and chroma (n, h, w, 2)."""
    rng = np.random.default_rng(0)
    ground = cv2.resize(rng.random((16, 16), np.float32), (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)
    patch = cv2.resize(rng.random((8, 8), np.float32), (40, 40), interpolation=cv2.INTER_CUBIC)
    clip = []
    for t in range(frames):
        picture = (0.55 + 0.45 * ground)[..., None] * np.array(GREEN, np.float32)
        x = round(14 + step * t)
        picture[44:84, x : x + 40] = (0.55 + 0.45 * patch)[..., None] * np.array(RED, np.float32)
        clip.append(picture)
    yuv = rgb_to_yuv(np.stack(clip).clip(0, 1))
    return yuv[..., 0], yuv[..., 1:]


def test_a_pinned_frame_is_left_exactly_as_it_is(shipped):
    luma, chroma = shot(3, 2)
    result = shipped.propagate(luma, {1: chroma[1]})
    np.testing.assert_array_equal(result[1], chroma[1])


def test_a_frame_like_the_pinned_one_gets_its_colors_back(shipped):
    luma, chroma = shot(1, 0)
    result = shipped.propagate(np.repeat(luma, 2, 0), {0: chroma[0]})
    assert np.abs(result[1] - chroma[0]).mean() < 0.015


def test_a_moving_square_keeps_its_color_for_twenty_frames(shipped):
    luma, chroma = shot(20, 2)
    last = shipped.propagate(luma, {0: chroma[0]})[-1]
    inside = np.s_[52:76, 14 + 38 + 8 : 14 + 38 + 32]
    error = np.abs(last[inside] - chroma[-1][inside]).mean()
    difference = np.abs(chroma[-1][inside] - chroma[-1][:24, :24].mean((0, 1))).mean()
    assert error < 0.35 * difference
    assert np.abs(last - chroma[-1]).mean() < 0.5 * np.abs(chroma[0] - chroma[-1]).mean() + 0.02


def test_with_two_pins_the_middle_is_between_them_and_nearer_to_the_truth(shipped):
    luma, chroma = shot(9, 4)
    faded = 0.2 * chroma[0]
    one = shipped.propagate(luma, {0: faded})
    two = shipped.propagate(luma, {0: faded, 8: chroma[8]})
    assert np.abs(two[4] - chroma[4]).mean() < np.abs(one[4] - chroma[4]).mean()


def test_frames_before_the_pin_are_colored_backward(shipped):
    luma, chroma = shot(4, 2)
    result = shipped.propagate(luma, {3: chroma[3]})
    assert np.abs(result[0] - chroma[0]).mean() < 0.5 * np.abs(chroma[0]).mean()


def test_confidence_is_higher_where_the_pin_shows_the_picture(shipped):
    luma, chroma = shot(2, 0)
    shipped.propagate(luma, {0: chroma[0]})
    same = shipped.confidence[1]
    other = luma.copy()
    other[1] = np.random.default_rng(3).random((SIZE, SIZE))
    shipped.propagate(other, {0: chroma[0]})
    assert 0 <= shipped.confidence[1] < same <= 1


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "saved_model.pb").write_bytes(b"nothing")
    (tmp_path / "model.json").write_text(json.dumps({"sha256": "0"}))
    with pytest.raises(ValueError, match="damaged"):
        SavedPass(tmp_path)


def test_training_can_go_on_from_the_shipped_files(shipped):
    network = ConsistencyPass()
    network.build()
    load_export(network, FOLDER)
    luma, chroma = shot(1, 0)
    small = cv2.resize(chroma[0], (SIZE // 2, SIZE // 2), interpolation=cv2.INTER_AREA)[None]
    exported = shipped.remember(luma[..., None], small)
    for mine, name in zip(network.features(luma[..., None]).keys, shipped.memory, strict=False):
        np.testing.assert_allclose(mine, exported[name], atol=1e-3)


def test_the_export_and_the_network_that_it_came_from_color_alike(shipped):
    network = ConsistencyPass()
    network.build()
    load_export(network, FOLDER)
    luma, chroma = shot(10, 2)
    live = LivePass(network, SIZE).propagate(luma, {0: chroma[0]})
    np.testing.assert_allclose(live, shipped.propagate(luma, {0: chroma[0]}), atol=2e-3)
