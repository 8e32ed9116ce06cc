"""How alike two pictures are, as the program measures it."""

import numpy as np
import pytest

from colornn.evaluate_examples import Examples, Frame, share_of_best_buddies


def _keys(seed: int) -> np.ndarray:
    keys = np.random.default_rng(seed).normal(size=(6, 8, 16)).astype(np.float32)
    return keys / np.linalg.norm(keys, axis=-1, keepdims=True)


def test_a_picture_is_found_whole_in_itself_and_in_its_mirror_image():
    keys = _keys(1)
    assert share_of_best_buddies(keys, keys) == 1
    assert share_of_best_buddies(keys, keys[:, ::-1]) == 1


def test_little_is_found_in_noise():
    assert share_of_best_buddies(_keys(1), _keys(2)) < 0.6


@pytest.mark.filterwarnings("ignore")
def test_the_shipped_pass_takes_colors_from_a_picture_of_the_same_thing_and_not_from_another():
    rng = np.random.default_rng(5)

    def scene(seed: int, shift: int) -> Frame:
        coarse = np.random.default_rng(seed).uniform(0.1, 0.9, (9, 15))
        fine = np.kron(coarse, np.ones((32, 32)))[:, shift : shift + 384][:256]
        noise = rng.normal(0, 0.01, fine.shape)
        u = np.where(fine > 0.5, 0.2, -0.1)[::2, ::2]
        v = np.where(fine > 0.7, 0.15, -0.15)[::2, ::2]
        luma = np.clip(fine + noise, 0, 1).astype(np.float32)[None, ..., None]
        return Frame(str(seed), luma, np.stack([u, v], -1)[None].astype(np.float32))

    networks = Examples(256, "fp32")
    frame = scene(1, 40)
    like, guess, share = networks.color(frame, scene(1, 0))
    _, _, unlike = networks.color(frame, scene(2, 0))
    assert share > 1.5 * unlike
    error = np.abs(like - frame.chroma).mean()
    assert error < 0.5 * np.abs(guess - frame.chroma).mean()
