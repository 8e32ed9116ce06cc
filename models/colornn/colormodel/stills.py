"""Color stills for training: read once into one array, then served as crops seen by many kinds of film."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from colornn.color import rgb_to_yuv
from colornn.propagation.film import film_luma

SUFFIXES = {".webp", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"}
# One picture in 24 is held out of training, to choose the decoder's temperature and to stop in time.
HELD_OUT = 24


def read_rgb(path: Path) -> np.ndarray:
    """A picture as uint8 RGB (h, w, 3). Raises ValueError when it cannot be read."""
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise ValueError(f"{path} could not be read as a picture.")
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def list_pictures(folder: Path) -> list[Path]:
    """The pictures under a folder, by name. Raises FileNotFoundError when there are none."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    if not paths:
        raise FileNotFoundError(f"There are no pictures in {folder}.")
    return paths


@dataclass(frozen=True)
class Stills:
    """Pictures of a folder whose subfolders are their classes.

    pictures: uint8 RGB, each (h, w, 3), short side at most `short_side`; labels: (n,) int; classes: their names.
    """

    pictures: list[np.ndarray]
    labels: np.ndarray
    classes: list[str]

    def __len__(self) -> int:
        return len(self.pictures)

    def part(self, indices: np.ndarray) -> Stills:
        return Stills([self.pictures[i] for i in indices], self.labels[indices], self.classes)

    def split(self) -> tuple[Stills, Stills]:
        """For training, and held out: always the same pictures for the same folder."""
        index = np.arange(len(self))
        held = index % HELD_OUT == HELD_OUT - 1
        return self.part(index[~held]), self.part(index[held])


def load_stills(folder: Path, short_side: int = 160, only: list[str] | None = None) -> Stills:
    """Reads every picture of folder/<class>/ (or of folder itself: one class). `only` names the classes wanted."""
    classes = sorted(d.name for d in folder.iterdir() if d.is_dir() and (not only or d.name in only)) or [folder.name]
    pictures: list[np.ndarray] = []
    labels: list[int] = []
    for label, name in enumerate(classes):
        for path in list_pictures(folder / name if (folder / name).is_dir() else folder):
            rgb = read_rgb(path)
            scale = short_side / min(rgb.shape[:2])
            if scale < 1:
                rgb = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            pictures.append(rgb)
            labels.append(label)
    return Stills(pictures, np.array(labels), classes)


def bin_counts(stills: Stills) -> np.ndarray:
    """How often each bin of U and V occurs, (2, 30), over one pixel in 64."""
    from colornn.color import BINS, chroma_to_bins

    counts = np.zeros((2, BINS))
    for rgb in stills.pictures:
        index = np.asarray(chroma_to_bins(rgb_to_yuv(rgb[4::8, 4::8] / 255.0)[..., 1:]))
        for channel in range(2):
            counts[channel] += np.bincount(index[..., channel].ravel(), minlength=BINS)
    return counts


def random_crop(rgb: np.ndarray, size: int, least: float, rng: np.random.Generator) -> np.ndarray:
    """A square of size x size: between the whole short side and `least` of it, mirrored at random. uint8."""
    height, width = rgb.shape[:2]
    side = min(height, width) * float(rng.uniform(least, 1.0))
    aspect = float(np.exp(rng.uniform(-0.12, 0.12)))
    crop_h, crop_w = min(height, round(side * aspect)), min(width, round(side / aspect))
    top, left = int(rng.integers(height - crop_h + 1)), int(rng.integers(width - crop_w + 1))
    crop = rgb[top : top + crop_h, left : left + crop_w]
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    return cv2.resize(crop, (size, size), interpolation=cv2.INTER_AREA if crop_h > size else cv2.INTER_LINEAR)


@dataclass(frozen=True)
class BatchOptions:
    """What a batch holds. film: the share of pictures seen through random film stock (the rest: BT.601 luma);
    least_crop: the least share of a picture's short side that is taken of it.
    """

    batch: int = 32
    size: int = 128
    film: float = 0.5
    least_crop: float = 0.62


def make_batch(stills: Stills, indices: np.ndarray, options: BatchOptions, rng: np.random.Generator) -> tuple:
    """luma (n, S, S, 1), 0..1; chroma (n, S/2, S/2, 2), -0.5..0.5; labels (n,). All float32 but the labels."""
    n, size = len(indices), options.size
    luma = np.empty((n, size, size, 1), np.float32)
    chroma = np.empty((n, size // 2, size // 2, 2), np.float32)
    for row, index in enumerate(indices):
        crop = random_crop(stills.pictures[index], size, options.least_crop, rng)
        rgb = crop.astype(np.float32) / 255
        yuv = rgb_to_yuv(rgb)
        chroma[row] = cv2.resize(yuv[..., 1:], (size // 2, size // 2), interpolation=cv2.INTER_AREA)
        seen_on_film = rng.random() < options.film
        luma[row, ..., 0] = film_luma(rgb[None], rng)[0] if seen_on_film else yuv[..., 0]
    return luma, chroma, stills.labels[indices].astype(np.int32)


class BatchStream:
    """Endless shuffled batches, made ahead of time by a thread. Use as a context manager."""

    def __init__(self, stills: Stills, options: BatchOptions, seed: int, ahead: int = 6) -> None:
        self._stills, self._options, self._seed = stills, options, seed
        self._ready: queue.Queue = queue.Queue(ahead)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._produce, daemon=True)

    def __enter__(self) -> BatchStream:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        while not self._ready.empty():
            self._ready.get_nowait()
        self._thread.join()

    def next(self) -> tuple:
        item = self._ready.get()
        if isinstance(item, BaseException):
            raise item
        return item

    def _put(self, item: object) -> None:
        while not self._done.is_set():
            try:
                self._ready.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def _produce(self) -> None:
        rng = np.random.default_rng(self._seed)
        try:
            while not self._done.is_set():
                order = rng.permutation(len(self._stills))
                if len(order) < self._options.batch:
                    order = rng.choice(len(self._stills), self._options.batch)
                for start in range(0, len(order) - self._options.batch + 1, self._options.batch):
                    rows = order[start : start + self._options.batch]
                    self._put(make_batch(self._stills, rows, self._options, rng))
                    if self._done.is_set():
                        return
        except BaseException as error:  # handed to whoever waits for the next batch
            self._put(error)
