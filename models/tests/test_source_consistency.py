"""The source's consistency model starts by keeping its predecessor's bins, learns to change them, and can be stored."""

from pathlib import Path

import cv2
import keras
import numpy as np
import pytest

from colornn.color import chroma_to_bins, soft_encode
from colornn.colormodel.losses import LossOptions, bin_loss
from colornn.evaluate_source import accuracy, moved_with_picture
from colornn.source.network import build_consistency_model
from colornn.source.pairs import Frames, load_frames, pair_batch
from colornn.source.store import load_weights, save_weights

pytestmark = pytest.mark.usefixtures("float32")


def moving_square(frames: int = 5, size: int = 64) -> np.ndarray:
    """A red square that crosses a green ground, uint8 RGB (n, size, size, 3)."""
    rgb = np.full((frames, size, size, 3), (60, 140, 70), np.uint8)
    for i in range(frames):
        rgb[i, 20:40, 6 + 8 * i : 26 + 8 * i] = (200, 60, 50)
    return rgb


def test_untrained_it_keeps_the_predecessors_bins() -> None:
    model = build_consistency_model()
    clip = Frames("square", moving_square())
    before = clip.chroma(0)[None]
    inputs = [clip.luma(1)[None], np.zeros_like(before), np.asarray(soft_encode(before, 0))]
    bins = np.asarray(model(inputs)).argmax(-1)
    assert (bins == np.asarray(chroma_to_bins(before))).mean() > 0.98


def test_it_learns_a_change_that_copying_would_miss() -> None:
    model = build_consistency_model((8, 8, 8))
    clip = Frames("square", moving_square())
    luma, truth, before = clip.luma(2)[None], clip.chroma(2)[None], clip.chroma(0)[None]
    inputs = [luma, np.zeros_like(before), np.asarray(soft_encode(before, 0))]
    optimizer = keras.optimizers.Adam(1e-2)
    model.compile(optimizer, loss=lambda y, p: bin_loss(p, y, LossOptions(0, 0), np.ones((2, 30), np.float32)))
    model.fit(inputs, truth, epochs=30, verbose=0)
    true_bins = np.asarray(chroma_to_bins(truth))
    learned = (np.asarray(model(inputs)).argmax(-1) == true_bins).mean()
    copied = (np.asarray(chroma_to_bins(before)) == true_bins).mean()
    assert learned > copied + 0.05


def test_stored_weights_come_back(tmp_path: Path) -> None:
    one, other = build_consistency_model((8, 8, 8)), build_consistency_model((8, 8, 8))
    save_weights(one, tmp_path)
    load_weights(other, tmp_path)
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-6)
    with pytest.raises(FileNotFoundError, match="train_source"):
        load_weights(other, tmp_path / "nowhere")


def test_pairs_are_adjacent_frames_of_a_clip(tmp_path: Path) -> None:
    writer = cv2.VideoWriter(str(tmp_path / "square.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 25, (64, 64))
    for frame in moving_square():
        writer.write(frame[..., ::-1])
    writer.release()
    clips = load_frames(tmp_path, short_side=64)
    assert clips[0].rgb.shape == (5, 64, 64, 3)
    luma, chroma, before = pair_batch(clips, 4, 64, np.random.default_rng(0))
    assert luma.shape == (4, 64, 64, 1) and chroma.shape == before.shape == (4, 32, 32, 2)
    assert (np.abs(chroma - before).max(axis=(1, 2, 3)) > 0.05).all(), "the square moved between the two"


def test_moved_with_the_picture_a_predecessor_is_nearer_than_copied() -> None:
    noise = np.random.default_rng(0).integers(-30, 30, (96, 96, 1))
    rgb = np.clip(np.stack([np.roll(np.full((96, 96, 3), (60, 140, 70)) + noise, 4 * i, 1) for i in range(2)]), 0, 255)
    for i in range(2):
        rgb[i, 30:60, 30 + 4 * i : 60 + 4 * i] = np.clip((200, 60, 50) + noise[30:60, 30:60], 0, 255)
    clip = Frames("square", rgb.astype(np.uint8))
    truth, before = (np.asarray(chroma_to_bins(clip.chroma(i))) for i in (1, 0))
    moved = np.asarray(chroma_to_bins(moved_with_picture(clip, 1, clip.chroma(0))))
    assert (accuracy(moved, truth) > accuracy(before, truth) + 0.01).all()
