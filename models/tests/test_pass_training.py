"""What the pass trains on, and that it learns from it."""

import cv2
import numpy as np
import pytest

from colornn.color import rgb_to_yuv
from colornn.propagation.film import film_luma
from colornn.propagation.network import ConsistencyPass, PassConfig
from colornn.propagation.rounds import segments
from colornn.propagation.sequences import SequenceOptions, SequenceSource, chroma_of, load_clip
from colornn.propagation.store import load, load_mean, save
from colornn.propagation.synthetic import random_scene
from colornn.propagation.training import Trainer


def pictures(count: int) -> list[np.ndarray]:
    """Smooth random color pictures."""
    rng = np.random.default_rng(0)
    return [
        cv2.resize(rng.random((6, 8, 3), np.float32), (96, 72), interpolation=cv2.INTER_CUBIC).clip(0, 1)
        for _ in range(count)
    ]


@pytest.fixture(scope="module")
def stills(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stills")
    for i, picture in enumerate(pictures(5)):
        cv2.imwrite(str(folder / f"{i}.png"), (255 * picture).astype(np.uint8))
    return folder


def test_clips_are_made_smaller_and_never_larger(tmp_path):
    writer = cv2.VideoWriter(str(tmp_path / "clip.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 25, (96, 72))
    for picture in pictures(3):
        writer.write((255 * picture).astype(np.uint8))
    writer.release()
    assert load_clip(tmp_path / "clip.avi", 36).shape == (3, 36, 48, 3)
    assert load_clip(tmp_path / "clip.avi", 240).shape == (3, 72, 96, 3)


def test_film_without_strength_is_plain_luma_and_stays_in_range_with_it():
    rgb = np.stack(pictures(3))
    plain = film_luma(rgb, np.random.default_rng(1), 0)
    np.testing.assert_allclose(plain, rgb_to_yuv(rgb)[..., 0], atol=1e-5)
    for seed in range(5):
        aged = film_luma(rgb, np.random.default_rng(seed), 1)
        assert aged.min() >= 0 and aged.max() <= 1 and np.abs(aged - plain).mean() > 0.005


def test_chroma_at_half_size_is_the_mean_of_the_full_one():
    rgb = np.stack(pictures(1))
    full = rgb_to_yuv(rgb)[0, ..., 1:]
    np.testing.assert_allclose(chroma_of(rgb)[0, 3, 5], full[6:8, 10:12].mean((0, 1)), atol=1e-5)


def test_a_scene_renders_the_same_frame_again_and_moves_between_frames():
    scene = random_scene(pictures(5), 64, np.random.default_rng(5))
    np.testing.assert_array_equal(scene.render(3.0), scene.render(3.0))
    assert np.abs(scene.render(0.0) - scene.render(40.0)).mean() > 1e-3


def test_batches_hold_what_they_promise(stills):
    source = SequenceSource(None, stills, SequenceOptions(batch=2, size=64, steps=3))
    for _ in range(4):
        batch = source.batch()
        frames = batch.keyframes + 1 + 3
        assert batch.luma.shape == (2, frames, 64, 64, 1) and batch.chroma.shape == (2, frames, 32, 32, 2)
        assert batch.auto.shape == batch.chroma.shape and batch.distance.shape == (2, 3, batch.keyframes)
        assert batch.distance.min() >= 1 and batch.luma.min() >= 0 and batch.luma.max() <= 1
    with pytest.raises(ValueError):
        SequenceSource(None, None, SequenceOptions())


def test_training_on_one_batch_lowers_its_loss_and_the_weights_come_back_from_disk(stills, tmp_path):
    small = PassConfig(key8=16, key4=8, key2=8, state=8, width=16, reach4=1)
    network = ConsistencyPass(small)
    network.build()
    batch = SequenceSource(None, stills, SequenceOptions(batch=1, size=64, steps=1, max_keyframes=1, film=0)).batch()
    trainer = Trainer(network, rate=2e-3, own=1.0)
    trainer.set_rate(1.0)
    (segment,) = segments(batch, 1)
    losses = [trainer.step(segment, np.random.default_rng(7))[0] for _ in range(15)]
    assert losses[-1] < 0.8 * losses[0]

    save(network, tmp_path / "weights.npz", step=15)
    again = ConsistencyPass(small)
    again.build()
    assert load(again, tmp_path / "weights.npz") == 15
    for a, b in zip(network.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    with pytest.raises(ValueError):
        load(ConsistencyPass(), tmp_path / "weights.npz")


def test_the_mean_of_two_runs_lies_between_them(tmp_path):
    small = PassConfig(key8=16, key4=8, key2=8, state=8, width=16, reach4=1)
    networks = [ConsistencyPass(small) for _ in range(3)]
    paths = [tmp_path / "a.npz", tmp_path / "b.npz"]
    for step, network in enumerate(networks):
        network.build()
        if step < 2:
            save(network, paths[step], step)
    assert load_mean(networks[2], paths) == 1
    for a, b, mean in zip(*(n.get_weights() for n in networks), strict=True):
        np.testing.assert_allclose(mean, (a + b) / 2, atol=1e-6)
