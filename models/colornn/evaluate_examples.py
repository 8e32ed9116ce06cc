"""Colors of one shot for another: how well the pass reads a pin of another shot, and when it does not pay.

`python -m colornn.evaluate_examples --clips <folder>`: clips named `<source>_1`, `<source>_2` and so on are shots of
one source. The middle frame of each of the first two is colored like that of the other, and like one of another source,
as the program does it. Prints chroma PSNR over U and V beside gray and the color model, by how alike the two are.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from colornn.evaluation.clips import list_clips, read_clip

WEIGHTS = Path(__file__).resolve().parents[1] / "weights"
# As in the program, exampleColoring.ts.
AWAY = 30.0
LOOKS = 8
# As in likeness.ts, in places of the coarsest keys.
NEAR = 1
# As in contract/alike.ts.
ALIKE = 0.4


@dataclass(frozen=True)
class Frame:
    """A clip's middle frame as networks see it. luma: (1, H, W, 1); chroma: (1, H/2, W/2, 2), the truth."""

    source: str
    luma: np.ndarray
    chroma: np.ndarray


@dataclass(frozen=True)
class Pair:
    """A frame colored like another one. PSNR in dB over U and V."""

    of_one_source: bool
    share: float
    gray: float
    guess: float
    like: float


def share_of_best_buddies(here: np.ndarray, there: np.ndarray) -> float:
    """The share of places of `here` that find themselves again by way of `there`. Keys: (rows, columns, C), unit."""
    columns = here.shape[1]
    products = here.reshape(-1, here.shape[-1]) @ there.reshape(-1, there.shape[-1]).T
    again = products.argmax(0)[products.argmax(1)]
    place = np.arange(len(again))
    rows_away = np.abs(again // columns - place // columns)
    columns_away = np.abs(again % columns - place % columns)
    return float(np.mean((rows_away <= NEAR) & (columns_away <= NEAR)))


def _psnr(result: np.ndarray, truth: np.ndarray) -> float:
    return float(-10 * np.log10(max(1e-10, np.mean((result - truth) ** 2))))


class Examples:
    """The shipped networks, asked as the program asks them."""

    def __init__(self, short_side: int, precision: str) -> None:
        from colornn.propagation.saved_pass import SavedPass

        self._pass = SavedPass(WEIGHTS / "consistency-pass", WEIGHTS / "color-model", short_side, precision)

    def middle_frame(self, path: Path) -> Frame:
        """Decodes a clip. Raises ValueError if it cannot be read."""
        from colornn.propagation.saved_pass import network_size, resize

        clip = read_clip(path, self._pass.short_side)
        t = len(clip) // 2
        height, width = network_size(*clip.luma.shape[1:], self._pass.short_side)
        luma = resize(clip.luma[t], height, width)[None, ..., None].astype(np.float32)
        chroma = resize(clip.chroma[t], height // 2, width // 2)[None].astype(np.float32)
        return Frame(path.stem.rsplit("_", 1)[0], luma, chroma)

    def color(self, frame: Frame, example: Frame) -> tuple[np.ndarray, np.ndarray, float]:
        """The chroma of `frame` like `example`; the color model's guess; how alike the two are, 0..1."""
        guess = self._pass.auto(frame.luma)
        memory = self._pass.remember(example.luma, example.chroma)
        own = self._pass.remember(frame.luma, np.zeros_like(frame.chroma))
        share = share_of_best_buddies(own["key8"].numpy()[0], memory["key8"].numpy()[0])
        before, state = memory, self._pass.zero_state(*frame.luma.shape[1:3])
        for _ in range(LOOKS):
            out = self._pass.step(frame.luma, guess, [memory], [-AWAY], before, state)
            state = out["state"]
            before = {name: out[f"next_{name}"] for name in self._pass.memory}
        return out["chroma"].numpy(), guess, share


def score(networks: Examples, frames: list[Frame]) -> list[Pair]:
    """Every frame like the other one of its source, and like one of the next source of the same size."""
    pairs = []
    for n, frame in enumerate(frames):
        same = [other for other in frames if other is not frame and other.luma.shape == frame.luma.shape]
        own = [other for other in same if other.source == frame.source]
        others = [other for other in frames[n:] + frames[:n] if other.source != frame.source]
        others = [other for other in others if other.luma.shape == frame.luma.shape]
        for example in own[:1] + others[:1]:
            chroma, guess, share = networks.color(frame, example)
            truth = frame.chroma
            psnr = [_psnr(result, truth) for result in (np.zeros_like(truth), guess, chroma)]
            pairs.append(Pair(example.source == frame.source, share, *psnr))
    return pairs


def print_table(pairs: list[Pair]) -> None:
    """By likeness: how many pairs, PSNR of gray, the color model and the example, and the gain over the model."""
    print("likeness      pairs  of one source   gray  guess   like   gain: mean, least   worse than the guess")
    for low, high in [(0.0, 0.2), (0.2, 0.3), (0.3, ALIKE), (ALIKE, 0.6), (0.6, 0.8), (0.8, 1.01), (ALIKE, 1.01)]:
        within = [pair for pair in pairs if low <= pair.share < high]
        if not within:
            continue
        gray, guess, like = (np.mean([getattr(pair, of) for pair in within]) for of in ("gray", "guess", "like"))
        gains = [pair.like - pair.guess for pair in within]
        own = sum(pair.of_one_source for pair in within)
        row = f"{low:.1f} to {min(high, 1.0):.1f}   {len(within):6d} {own:14d} {gray:6.2f} {guess:6.2f} {like:6.2f}"
        print(f"{row}   {np.mean(gains):+.2f}, {min(gains):+.2f}   {sum(gain < 0 for gain in gains)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True, help="a folder of clips in color, named <source>_<shot>")
    parser.add_argument("--short-side", type=int, default=256, help="the clips are scaled to it")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32", help="what the networks compute in")
    options = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

    shots: dict[str, list[Path]] = defaultdict(list)
    for path in list_clips(options.clips):
        shots[path.stem.rsplit("_", 1)[0]].append(path)
    networks = Examples(options.short_side, options.precision)
    chosen = [path for paths in shots.values() if len(paths) > 1 for path in paths[:2]]
    print_table(score(networks, [networks.middle_frame(path) for path in chosen]))


if __name__ == "__main__":
    main()
