"""The program itself as a method: clips made gray, colored by its command line, exported without loss and read back.

Two results of one run: what the export shows, and what the networks gave for it at their own size, before the last step
that brings it to full size. What lies between the two is what that step gives or takes.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np

from .baselines import Pins
from .clips import compose

NEUTRAL = 128


class Program:
    """Colors clips with the checkout's command line. Folders of finished runs are kept until it is closed.

    Raises RuntimeError, with what the command line said, where it fails or does not give the very luma back.
    """

    def __init__(self, node: Path, checkout: Path) -> None:
        """node: the interpreter. checkout: set up and bundled (npm run evaluate sees to it)."""
        self._node = node
        self._checkout = checkout
        self._ffmpeg = os.environ.get("COLORNN_FFMPEG", "ffmpeg")
        self._folder = tempfile.TemporaryDirectory(prefix="colornn-evaluate-")
        # A clip is known by its luma; holding on to it keeps another from getting its identity.
        self._clips: list[np.ndarray] = []
        self._runs: dict[tuple[int, tuple[int, ...]], Path] = {}

    def close(self) -> None:
        """Deletes all films it has made."""
        self._folder.cleanup()

    def exported(self, luma: np.ndarray, pins: Pins) -> np.ndarray:
        """A method (baselines.Method): the chroma of the exported film."""
        n, height, width = luma.shape
        film = self._run(luma, pins) / "colored.mkv"
        planes = self._call([self._ffmpeg, "-v", "error", "-i", film, "-f", "rawvideo", "-pix_fmt", "yuv444p", "-"])
        yuv = np.frombuffer(planes, np.uint8).reshape(-1, 3, height, width)
        if len(yuv) != n or not np.array_equal(yuv[:, 0], _bytes(luma)):
            raise RuntimeError("The exported film has not the luma of the clip.")
        return (np.moveaxis(yuv[:, 1:], 1, -1).astype(np.float32) - NEUTRAL) / 255

    def before_last_step(self, luma: np.ndarray, pins: Pins) -> np.ndarray:
        """A method: the networks' own chroma of that very film, scaled bilinearly; pins are as they were given."""
        n, height, width = luma.shape
        run = self._run(luma, pins)
        size = json.loads((run / "size.json").read_text())
        small = np.fromfile(run / "chroma.raw", np.float32).reshape(n, size["height"], size["width"], 2)
        result = np.stack([cv2.resize(each, (width, height), interpolation=cv2.INTER_LINEAR) for each in small])
        for t, chroma in pins.items():
            result[t] = chroma
        return result

    def _run(self, luma: np.ndarray, pins: Pins) -> Path:
        """The folder of a clip's run with some pins; colored when it is asked for first."""
        number = next((i for i, known in enumerate(self._clips) if known is luma), len(self._clips))
        if number == len(self._clips):
            self._clips.append(luma)
        key = (number, tuple(sorted(pins)))
        if key in self._runs:
            return self._runs[key]
        folder = Path(self._folder.name) / "-".join(["clip", str(number), *map(str, key[1])])
        folder.mkdir()
        self._write_film(luma, folder / "gray.mkv")
        pictures = []
        for t, chroma in sorted(pins.items()):
            picture = folder / f"pin-{t}.png"
            cv2.imwrite(str(picture), _bytes(compose(luma[t], chroma))[..., ::-1])
            pictures.append(f"{t}={picture}")
        # Its own cache: nothing is taken from another run.
        environment = {**os.environ, "COLORNN_CACHE": str(folder / "cache")}
        keyframes = [word for picture in pictures for word in ("--keyframe", picture)]
        colorize = [
            self._node,
            self._checkout / "out" / "colorize.cjs",
            folder / "gray.mkv",
            "-o",
            folder / "colored.mkv",
            "--quiet",
        ]
        self._call([*colorize, *keyframes], environment)
        reader = [self._node, "--import", "tsx", self._checkout / "test" / "evaluate" / "networkChroma.ts"]
        size = self._call([*reader, folder / "gray.mkv", folder / "chroma.raw", *pictures], environment)
        (folder / "size.json").write_bytes(size)
        self._runs[key] = folder
        return folder

    def _write_film(self, luma: np.ndarray, target: Path) -> None:
        """FFV1, gray, 8 bit, full range, marked as BT.601: what the chroma of clips is measured in."""
        _, height, width = luma.shape
        raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{width}x{height}", "-r", "24", "-i", "-"]
        marks = ["-vf", "setparams=range=full:colorspace=smpte170m:color_primaries=smpte170m:color_trc=smpte170m"]
        self._call(
            [self._ffmpeg, "-v", "error", *raw, *marks, "-c:v", "ffv1", "-level", "3", target],
            stdin=_bytes(luma).tobytes(),
        )

    def _call(
        self, command: list[str | Path], environment: dict[str, str] | None = None, stdin: bytes | None = None
    ) -> bytes:
        done = subprocess.run(
            list(map(str, command)), input=stdin, capture_output=True, env=environment, cwd=self._checkout
        )
        if done.returncode != 0:
            raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout


def _bytes(values: np.ndarray) -> np.ndarray:
    """0..1 to 0..255, rounded."""
    return np.clip(np.round(values * 255), 0, 255).astype(np.uint8)
