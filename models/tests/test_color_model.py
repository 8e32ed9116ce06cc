"""The color model learns, repeats itself, and keeps its exported form's promises."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import keras
import numpy as np
import pytest
import tensorflow as tf

from colornn import color
from colornn.colormodel.exported import load_export
from colornn.colormodel.losses import LossOptions, bin_loss
from colornn.colormodel.network import ColorConfig, as_plain, build_color_model
from colornn.colormodel.saved import SavedColorModel
from colornn.colormodel.stills import BatchOptions, load_stills, make_batch
from colornn.colormodel.trainer import Trainer, cosine_rate
from colornn.export_color import WEIGHTS, export

TINY = ColorConfig((8, 8, 16, 16, 16), (16, 16, 16, 16), classes=2, features=None)

pytestmark = pytest.mark.usefixtures("float32")


def drawing() -> np.ndarray:
    """A blue sky over yellow sand with a red ball, RGB 0..1, (64, 64, 3)."""
    picture = np.zeros((64, 64, 3), np.float32)
    picture[:36], picture[36:] = (0.35, 0.55, 0.95), (0.85, 0.75, 0.4)
    cv2.circle(picture, (40, 44), 9, (0.8, 0.1, 0.1), -1)
    return picture


def batch_of(picture: np.ndarray) -> tuple:
    yuv = color.rgb_to_yuv(picture)
    chroma = cv2.resize(yuv[..., 1:], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return yuv[None, ..., :1], chroma[None], np.array([1], np.int32)


def test_training_learns_one_picture_by_heart() -> None:
    model = build_color_model(TINY)
    trainer = Trainer(model, LossOptions(rebalance=0), np.ones((2, 30), np.float32), peak_rate=4e-3)
    luma, chroma, label = batch_of(drawing())
    first = trainer.step((luma, chroma, label), 0.3)
    for _ in range(60):
        last = trainer.step((luma, chroma, label), 0.3)
    assert last[0] < 0.5 * first[0] and last[1] < 0.2 * first[1]
    learned = np.asarray(color.annealed_mean(model(luma, training=False)["bins"]))
    gray_error = np.abs(chroma).mean()
    assert np.abs(learned - chroma).mean() < 0.4 * gray_error


def test_the_same_seed_makes_the_same_network_and_the_same_batches(tmp_path: Path) -> None:
    folder = tmp_path / "sea"
    folder.mkdir()
    for i in range(3):
        cv2.imwrite(str(folder / f"{i}.png"), (drawing()[..., ::-1] * (200 + i)).astype(np.uint8))
    stills = load_stills(tmp_path)
    results = []
    for _ in range(2):
        keras.utils.set_random_seed(7)
        model = build_color_model(TINY)
        batch = make_batch(stills, np.arange(3), BatchOptions(3, 64, film=1.0), np.random.default_rng(2))
        tf.config.run_functions_eagerly(True)  # one step is not worth a compilation
        Trainer(model, LossOptions(), np.ones((2, 30), np.float32)).step(batch, 0.5)
        tf.config.run_functions_eagerly(False)
        results.append(np.asarray(model(batch[0], training=False)["bins"]))
    np.testing.assert_allclose(results[0], results[1], atol=1e-4)


def test_baking_the_standardized_kernels_in_changes_nothing() -> None:
    model = build_color_model(TINY)
    luma = np.random.default_rng(0).random((1, 32, 64, 1), np.float32)
    plain = as_plain(model, TINY)
    np.testing.assert_allclose(np.asarray(plain(luma)["bins"]), np.asarray(model(luma)["bins"]), atol=1e-4)


def test_the_export_keeps_its_contract(tmp_path: Path) -> None:
    model = build_color_model(TINY)
    about = {"version": "test", "shortSide": 256, "licence": "none", "trained": {}}
    record = export(model, TINY, tmp_path / "m", 0.4, 1.0, about)
    data = (tmp_path / "m" / "saved_model.pb").read_bytes()
    assert record == json.loads((tmp_path / "m" / "model.json").read_text())
    assert record["bytes"] == len(data)
    assert len(data) < 2.6 * model.count_params() + 400_000, "weights must be stored once, in two bytes each"
    assert record["kind"] == "color-model" and record["signatures"] == ["fp32", "bf16", "logits"]

    with tf.compat.v1.Session(graph=tf.Graph()) as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], str(tmp_path / "m"))
        assert not [n for n in meta.graph_def.node if "Variable" in n.op or n.op == "ReadVariableOp"]
        results = {}
        for name in ("fp32", "bf16"):
            signature = meta.signature_def[name]
            outputs = [signature.outputs[key].name for key in ("chroma", "confidence")]
            for n, height, width in ((1, 32, 64), (2, 96, 32)):
                luma = np.random.default_rng(1).random((n, height, width, 1), np.float32)
                chroma, confidence = session.run(outputs, {signature.inputs["luma"].name: luma})
                assert chroma.shape == (n, height // 2, width // 2, 2) and chroma.dtype == np.float32
                assert confidence.shape == (n,) and (confidence > 0).all() and (confidence <= 1).all()
                assert np.abs(chroma).max() <= 0.5
            results[name] = chroma
    expected = np.asarray(color.annealed_mean(model(luma)["bins"]))
    assert np.abs(results["fp32"] - expected).mean() < 0.01
    assert np.abs(results["bf16"] - expected).mean() < 0.05


def test_an_exported_network_can_be_trained_on_with_more_parts_than_it_had(tmp_path: Path) -> None:
    small = ColorConfig((8, 8, 16, 16, 16), (16, 16, 16, 16), features="lite0")
    model = build_color_model(small)
    export(model, small, tmp_path, 0.4, 1.0, {"shortSide": 64})
    luma = np.random.default_rng(0).random((1, 32, 64, 1), np.float32)
    expected = SavedColorModel(tmp_path).logits(luma)
    for config in (small, replace(small, classes=3, attention=1, frozen=False), replace(small, standardize=False)):
        more = build_color_model(config)
        assert np.abs(np.asarray(more(luma)["bins"]) - expected).mean() > 0.5
        load_export(more, tmp_path)
        assert np.abs(np.asarray(more(luma)["bins"]) - expected).mean() < 0.05
    for other in (
        replace(small, decoder=(16, 16, 16, 24)),
        replace(small, features=None),
        replace(small, features="lite2"),
    ):
        with pytest.raises(ValueError, match=r"another form|lacks"):
            load_export(build_color_model(other), tmp_path)


def test_an_exported_network_that_attends_to_the_whole_picture_can_be_trained_on(tmp_path: Path) -> None:
    config = ColorConfig((8, 8, 8, 8, 8), (8, 8, 8, 8), features=None, attention=2)
    model = build_color_model(config)
    for name in ("attention0", "attention1"):
        # A new block is the identity; a trained one is not.
        for weight in model.get_layer(name).weights:
            weight.assign(weight + 0.3 * np.random.default_rng(len(weight.path)).standard_normal(weight.shape))
    export(model, config, tmp_path, 0.4, 1.0, {"shortSide": 64})
    luma = np.random.default_rng(0).random((1, 32, 64, 1), np.float32)
    expected = SavedColorModel(tmp_path).logits(luma)
    again = build_color_model(config)
    load_export(again, tmp_path)
    assert np.abs(np.asarray(again(luma)["bins"]) - expected).mean() < 0.02 * np.abs(expected).mean()
    with pytest.raises(ValueError, match="lacks"):
        load_export(build_color_model(replace(config, attention=1)), tmp_path)


def test_the_shipped_network_can_be_trained_on() -> None:
    about = json.loads((WEIGHTS / "model.json").read_text())
    model = build_color_model(ColorConfig.from_dict(about["network"]))
    load_export(model, WEIGHTS)
    luma = np.random.default_rng(0).random((1, 64, 96, 1), np.float32)
    expected = SavedColorModel(WEIGHTS).logits(luma)
    assert np.abs(np.asarray(model(luma)["bins"]) - expected).mean() < 0.02 * np.abs(expected).mean()


def test_rare_colors_weigh_more_when_rebalanced() -> None:
    chroma = np.zeros((1, 4, 4, 2), np.float32)
    chroma[0, 0, 0] = 0.42
    logits = keras.ops.convert_to_tensor(np.zeros((1, 4, 4, 2, 30), np.float32))
    good_at_rare = np.asarray(logits).copy()
    good_at_rare[0, 0, 0, :, 27] = 5
    weights = np.ones((2, 30), np.float32)
    weights[:, 27] = 8

    def gain(strength: float) -> float:
        options = LossOptions(rebalance=strength)
        return float(bin_loss(logits, chroma, options, weights) - bin_loss(good_at_rare, chroma, options, weights))

    assert gain(0.5) > 3 * gain(0)


def test_the_learning_rate_rises_shortly_and_falls_to_one_percent() -> None:
    assert cosine_rate(0.0) == 0.01 and cosine_rate(0.02) == pytest.approx(1.0)
    assert cosine_rate(1.0) == pytest.approx(0.01)
