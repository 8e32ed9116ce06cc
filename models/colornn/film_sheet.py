"""One film beside other versions of it, as a contact sheet: gray, before a change, after it.

python -m colornn.film_sheet film.mp4 before.mkv after.mkv --out sheets/film.jpg [--rows 12]

Films are of the same length; their frames stand beside one another, evenly spaced from the first to the last.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from colornn.colormodel.sheet import evenly, write_sheet


def read_film(path: Path) -> list[np.ndarray]:
    """All frames, (h, w, 3) uint8 RGB. Raises ValueError where there are none."""
    film, frames = cv2.VideoCapture(str(path)), []
    while (frame := film.read())[0]:
        frames.append(frame[1][..., ::-1])
    if not frames:
        raise ValueError(f"{path} has no frames that can be read")
    return frames


def film_sheet(films: list[Path], path: Path, rows: int) -> None:
    """Raises ValueError where films are not of one length."""
    read = [read_film(film) for film in films]
    lengths = {len(frames) for frames in read}
    if len(lengths) > 1:
        raise ValueError(f"the films have {sorted(lengths)} frames: they are not versions of one")
    places = evenly(rows, lengths.pop())
    write_sheet([[frames[place].astype(np.float32) / 255 for frames in read] for place in places], path)


def main() -> None:
    p = argparse.ArgumentParser(prog="colornn.film_sheet", description="Versions of one film beside one another.")
    p.add_argument("films", type=Path, nargs="+")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--rows", type=int, default=12)
    args = p.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    film_sheet(args.films, args.out, args.rows)


if __name__ == "__main__":
    main()
