"""What the pass trains on beyond single batches: the color model's real guesses, and runs carried over updates."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from colornn.propagation.guesses import apart, beside, guesses, unsteady
from colornn.propagation.network import ConsistencyPass, PassConfig
from colornn.propagation.rounds import Carried, Rounds, Segment, segments
from colornn.propagation.sequences import Batch, SequenceOptions, SequenceSource
from colornn.propagation.training import Trainer, color_loss

COLOR_MODEL = Path(__file__).resolve().parents[1] / "weights" / "color-model"


@pytest.fixture(scope="module")
def stills(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stills")
    rng = np.random.default_rng(0)
    for i in range(5):
        picture = cv2.resize(rng.random((6, 8, 3), np.float32), (96, 72), interpolation=cv2.INTER_CUBIC).clip(0, 1)
        cv2.imwrite(str(folder / f"{i}.png"), (255 * picture).astype(np.uint8))
    return folder


def numbered(steps: int) -> Batch:
    """A batch of one sequence in which every frame holds its own number: keyframe 100, predecessor 0, then 1, 2, ..."""
    numbers = np.array([100, *range(steps + 1)], np.float32)[None, :, None, None, None]
    luma = np.broadcast_to(numbers, (1, steps + 2, 64, 64, 1))
    chroma = np.broadcast_to(numbers, (1, steps + 2, 32, 32, 2))
    distance = np.arange(1, steps + 1, dtype=np.float32)[None, :, None]
    motion = np.zeros((1, steps, 32, 32, 3), np.float32)
    return Batch(luma, chroma, chroma, distance, motion[..., :2], motion[..., 2:], motion[:, 0])


def numbers_of(segment: Segment) -> list[float]:
    return segment.luma[0, :, 0, 0, 0].tolist()


def test_segments_follow_one_another_and_each_has_the_keyframe_its_anchor_and_its_predecessor():
    first, second, third = segments(numbered(6), 2)
    assert [numbers_of(x) for x in (first, second, third)] == [[100, 0, 0, 1, 2], [100, 0, 2, 3, 4], [100, 0, 4, 5, 6]]
    assert second.distance[0, :, 0].tolist() == [3, 4] and second.keyframes == 1
    assert [x.age for x in (first, second, third)] == [1, 3, 5]


def test_every_eighth_frame_of_a_run_becomes_the_anchor_of_the_next_ones():
    runs = segments(numbered(20), 4)
    assert [numbers_of(x)[1:3] for x in runs] == [[0, 0], [0, 4], [8, 8], [8, 12], [16, 16]]
    assert [x.anchors_last for x in runs] == [False, True, False, True, False]
    assert [x.age for x in runs] == [1, 5, 1, 5, 1]


def test_a_segment_goes_on_where_its_own_run_stopped():
    rounds = Rounds(lambda: numbered(8), steps=2, count=3, rng=np.random.default_rng(1))
    for _ in range(40):
        segment, carried = rounds.next()
        predecessor = segment.luma[0, 2, 0, 0, 0]
        assert (carried is None) == (predecessor == 0)
        if carried is not None:
            assert carried.chroma[0, 0, 0, 0] == predecessor
        rounds.keep(Carried(segment.chroma[:, -1], np.zeros(1), np.zeros(1), np.zeros(1)))


def test_an_update_gives_back_the_last_chroma_and_state_of_its_run(stills):
    network = ConsistencyPass(PassConfig(key8=16, key4=8, key2=8, state=8, width=16, reach4=1))
    network.build()
    batch = SequenceSource(None, stills, SequenceOptions(batch=1, size=64, steps=2, max_keyframes=1)).batch()
    trainer = Trainer(network, rate=1e-4, own=1.0)
    one, two = segments(batch, 1)
    _, _, carried = trainer.step(one, np.random.default_rng(0))
    assert carried.chroma.shape == (1, 32, 32, 2) and np.abs(carried.state).max() > 0
    _, _, later = trainer.step(two, np.random.default_rng(0), carried)
    assert np.abs(later.chroma - carried.chroma).max() > 0
    np.testing.assert_array_equal(later.anchor, carried.anchor)


def test_a_pale_answer_costs_more_than_an_equally_wrong_strong_one():
    truth = np.full((1, 4, 4, 2), 0.1, np.float32)
    assert float(color_loss(truth - 0.05, truth)) > float(color_loss(truth + 0.05, truth))
    assert float(color_loss(truth, truth)) < 1e-6


def test_guesses_are_the_color_models_and_are_read_from_disk_the_second_time(tmp_path):
    clip = np.random.default_rng(0).integers(0, 255, (3, 64, 96, 3), np.uint8)
    first = guesses(COLOR_MODEL, [clip, clip[0]], tmp_path, "fp32")
    assert first[0].shape == (3, 32, 48, 2) and first[1].shape == (32, 48, 2)
    assert np.abs(first[0]).max() <= 0.5
    np.testing.assert_allclose(first[0][0], first[1], atol=2e-3)
    (kept,) = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns
    np.testing.assert_array_equal(guesses(COLOR_MODEL, [clip, clip[0]], tmp_path, "fp32")[0], first[0])
    assert kept.stat().st_mtime_ns == written
    guesses(COLOR_MODEL, [255 - clip], tmp_path, "fp32")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_guess_beside_its_picture_comes_apart_again():
    rng = np.random.default_rng(2)
    picture = rng.random((32, 48, 3), np.float32)
    guess = np.full((16, 24, 2), [-0.2, 0.3], np.float32)
    rgb, chroma = apart(beside(picture, guess)[None])
    np.testing.assert_array_equal(rgb[0], picture)
    np.testing.assert_allclose(chroma[0], guess, atol=1e-6)


def test_shaken_guesses_stay_near_what_they_were():
    guess = np.full((7, 16, 16, 2), 0.1, np.float32)
    for seed in range(20):
        shaken = unsteady(guess, np.random.default_rng(seed))
        assert shaken.shape == guess.shape and 0.0 < np.abs(shaken).mean() < 0.2


def test_batches_carry_real_guesses_through_the_motion_of_their_pictures(stills, tmp_path):
    options = SequenceOptions(batch=2, size=64, steps=2)
    batch = SequenceSource(None, stills, options, color_model=COLOR_MODEL, cache=tmp_path).batch()
    assert batch.auto.shape == batch.chroma.shape and np.abs(batch.auto).max() < 0.6
