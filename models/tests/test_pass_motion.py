"""What the pass is told of motion in training: as the program has it."""

import cv2
import numpy as np
import tensorflow as tf

from colornn.propagation.motion import carried_along, motion_between, moved, shares
from colornn.propagation.network import CARRIED, ConsistencyPass, PassConfig
from colornn.propagation.store import load, save


def texture(shift: int) -> np.ndarray:
    """(64, 64), 0..1: a cloudy picture that has moved to the right by so many pixels."""
    whole = cv2.resize(np.random.default_rng(3).random((24, 40), np.float32), (160, 96), interpolation=cv2.INTER_CUBIC)
    return whole[16:80, 48 - shift : 112 - shift].clip(0, 1)


def test_motion_leads_back_to_where_a_picture_was_and_is_certain_of_it():
    flow, certainty = motion_between(texture(0), texture(4))
    inside = np.s_[6:-6, 6:-6]
    np.testing.assert_allclose(flow[inside].mean((0, 1)), [-2, 0], atol=0.1)
    assert certainty[inside].mean() > 0.8
    _, lost = motion_between(texture(0), np.rot90(texture(0)).copy())
    assert lost.mean() < 0.2


def test_colors_come_along_and_less_of_them_where_the_way_is_lost():
    chroma = np.zeros((32, 32, 2), np.float32)
    chroma[:, 10:14] = 0.3
    carried = carried_along(np.stack([texture(0), texture(4), texture(8)]), chroma)
    assert carried[16, 15, 0] > 0.25 and abs(carried[16, 11, 0]) < 0.05
    assert carried[8:-8, 8:-8, 2].mean() > 0.6
    assert carried_along(np.stack([texture(0), 1 - texture(0)]), chroma)[..., 2].mean() < 0.2


def test_the_same_move_in_training_as_outside_of_it():
    rng = np.random.default_rng(0)
    picture, flow = rng.random((1, 16, 24, 3), np.float32), rng.normal(0, 4, (1, 16, 24, 2)).astype(np.float32)
    x = np.clip(np.arange(24)[None] + flow[0, ..., 0], 0, 23).astype(np.float32)
    y = np.clip(np.arange(16)[:, None] + flow[0, ..., 1], 0, 15).astype(np.float32)
    expected = cv2.remap(picture[0], x, y, cv2.INTER_LINEAR)
    np.testing.assert_allclose(moved(tf.constant(picture), tf.constant(flow))[0], expected, atol=0.03)


def test_less_is_kept_of_what_has_not_come_all_the_way():
    kept = shares(tf.constant([[[[1.0]], [[1.0]], [[0.0]]]]), tf.constant([[[[1.0]], [[0.0]], [[1.0]]]]))
    np.testing.assert_allclose(np.asarray(kept).ravel(), [1, 0.94, 0.2], atol=1e-6)


def test_a_pass_that_was_never_told_of_motion_says_the_same_until_it_is_trained_to(tmp_path):
    config = PassConfig(key8=16, key4=8, key2=8, state=8, width=16, reach4=1)
    network = ConsistencyPass(config)
    network.build()
    save(network, tmp_path / "now.npz", step=1)
    with np.load(tmp_path / "now.npz") as file:
        arrays = dict(file)
    kernel = next(f"w{i}" for i, w in enumerate(network.weights) if w.path.endswith("enter4/kernel"))
    arrays[kernel] = arrays[kernel][:, :, : -4 * CARRIED]
    np.savez(tmp_path / "before.npz", **arrays)
    again = ConsistencyPass(config)
    again.build()
    load(again, tmp_path / "before.npz")
    kept = again.enter4.kernel.numpy()
    np.testing.assert_array_equal(kept[:, :, : -4 * CARRIED], arrays[kernel])
    assert np.abs(kept[:, :, -4 * CARRIED :]).max() == 0
