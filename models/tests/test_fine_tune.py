"""Training with one's own pictures is one command, and ends as weights that the program reads."""

import json
from pathlib import Path

import cv2
import keras
import numpy as np
import pytest

from colornn import fine_tune
from colornn.colormodel.network import ColorConfig, build_color_model
from colornn.colormodel.saved import SavedColorModel
from colornn.export_color import export

TINY = ColorConfig((8, 8, 8, 8, 8), (8, 8, 8, 8), classes=2, features=None)
SIZE = 32


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder of weights as the program has it, with a color model that has learned nothing yet."""
    keras.mixed_precision.set_global_policy("float32")
    keras.utils.set_random_seed(5)
    folder = tmp_path / "weights"
    export(build_color_model(TINY), TINY, folder / "color-model", 0.4, 1.0, {"shortSide": SIZE, "licence": "Ours."})
    for other in ("consistency-pass", "source-consistency"):
        (folder / other).mkdir()
        (folder / other / "model.json").write_text("{}")
    return folder


def draw(folder: Path, count: int) -> Path:
    """Skies over meadows, no two alike, all in one folder."""
    folder.mkdir()
    for n in range(count):
        picture = np.zeros((SIZE, SIZE, 3), np.uint8)
        horizon = 8 + n % 16
        picture[:horizon], picture[horizon:] = (230, 150 + n % 40, 90), (60, 140 + n % 40, 80)
        cv2.imwrite(str(folder / f"{n:03}.png"), picture)
    return folder


def test_one_command_goes_from_pictures_to_weights_that_know_them_better(tmp_path: Path, weights: Path, capsys) -> None:
    out = tmp_path / "mine"
    wish = ["--pictures", draw(tmp_path / "pictures", 48), "--out", out, "--weights", weights, "--minutes", 60]
    quick = ["--batch", "8", "--sizes", f"0:{SIZE}", "--rate", "4e-3", "--max-steps", "40", "--float32"]
    fine_tune.main([*map(str, wish), *quick])

    about = json.loads((out / "color-model" / "model.json").read_text())
    assert about["shortSide"] == SIZE and about["network"]["vgg"] == [8] * 5
    assert "Ours." in about["licence"] and "own licences" in about["licence"]
    assert sorted(folder.name for folder in out.iterdir()) == ["color-model", "consistency-pass"]
    chroma = SavedColorModel(out / "color-model").chroma(np.full((1, SIZE, SIZE, 1), 0.5, np.float32))
    assert chroma.shape == (1, SIZE // 2, SIZE // 2, 2)

    said = capsys.readouterr().out
    errors = [float(line.split("CIEDE2000")[1].split()[0]) for line in said.splitlines() if "CIEDE2000" in line]
    assert errors[1] < errors[0], "what was held out is colored better than before"
    assert f"COLORNN_WEIGHTS={out}" in said


def test_too_few_pictures_and_a_folder_in_the_way_are_said_before_any_work(tmp_path: Path) -> None:
    pictures, empty, out = draw(tmp_path / "pictures", 5), draw(tmp_path / "empty", 0), tmp_path / "mine"
    for folder, target, said in (
        (pictures, out, "holds 5 pictures; at least 48"),
        (empty, out, "no pictures"),
        (pictures, empty, "is there already"),
    ):
        with pytest.raises(SystemExit, match=said):
            fine_tune.main(["--pictures", str(folder), "--out", str(target)])
    assert not out.exists()
