"""Prints the source's table beside ours.

python -m colornn.evaluate_source --stills <folder> --clips <training clips> --eval <clips never trained on>

The source measures top-1 accuracy over the 30 bins of U and of V: its color model on water stills, its consistency
model on adjacent frames of beach videos with the true predecessor. Rows that it lacks stand beside them: the
predecessor copied unchanged, the predecessor moved with the picture as the program moves colors (MOTION.md), and free
running, where each output is the next frame's predecessor.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from colornn.color import bins_to_chroma, chroma_to_bins, soft_encode
from colornn.colormodel.saved import DEFAULT, SavedColorModel
from colornn.colormodel.stills import load_stills
from colornn.evaluate_color import bin_accuracies
from colornn.propagation.motion import carried_along
from colornn.source.network import build_consistency_model
from colornn.source.pairs import Frames, load_frames
from colornn.source.store import WEIGHTS, load_weights

# Gupta and Kannan's figures: (U, V) in percent.
PUBLISHED = {
    "color model, train": (37.362, 33.908),
    "color model, test": (36.198, 32.474),
    "consistency, train": (46.608, 85.414),
    "consistency, test": (34.203, 75.345),
}
FREE_RUNNING_AT = (10, 30, 60)
# Given a frame's luma, its own coloring and its predecessor's bins (h, w, 2): its bins (h, w, 2).
Recolor = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def accuracy(bins: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """The share of equal bins, for U and V: (2,)."""
    return (bins == truth).mean(axis=(0, 1))


def recolor_by(model: keras.Model) -> Recolor:
    run = tf.function(lambda *x: tf.argmax(model(list(x), training=False), -1), reduce_retracing=True)

    def recolor(luma: np.ndarray, own: np.ndarray, before: np.ndarray) -> np.ndarray:
        one_hot = soft_encode(bins_to_chroma(before)[None], 0)
        return np.asarray(run(tf.constant(luma[None]), tf.constant(own[None]), one_hot))[0]

    return recolor


def moved_with_picture(clip: Frames, at: int, before: np.ndarray) -> np.ndarray:
    """The chroma (h, w, 2) of the frame before, moved to this one."""
    return carried_along(np.stack([clip.luma(i)[..., 0] for i in (at - 1, at)]), before)[..., :2]


def with_true_predecessor(
    clips: list[Frames], color_model: SavedColorModel, recolor: Recolor, every: int
) -> dict[str, np.ndarray]:
    """Mean accuracies over every n-th frame: color model alone, consistency model, predecessor copied and moved."""
    rows: dict[str, list[np.ndarray]] = {"alone": [], "consistency": [], "copied": [], "moved": []}
    for clip in clips:
        for at in range(1, len(clip.rgb), every):
            luma = clip.luma(at)
            truth, before = (np.asarray(chroma_to_bins(clip.chroma(i))) for i in (at, at - 1))
            rows["alone"].append(accuracy(color_model.logits(luma[None])[0].argmax(-1), truth))
            own = color_model.chroma(luma[None])[0]
            rows["consistency"].append(accuracy(recolor(luma, own, before), truth))
            rows["copied"].append(accuracy(before, truth))
            moved = moved_with_picture(clip, at, clip.chroma(at - 1))
            rows["moved"].append(accuracy(np.asarray(chroma_to_bins(moved)), truth))
    return {name: np.mean(values, axis=0) for name, values in rows.items()}


def free_running(
    clips: list[Frames], color_model: SavedColorModel, recolor: Recolor
) -> dict[int, dict[str, np.ndarray]]:
    """Accuracies at frames 10, 30 and 60 after a true first frame: own outputs carried on, its colors moved on with the
    picture, and left where they are.
    """
    kinds = ("consistency", "moved with the picture", "first frame kept")
    found: dict[int, dict[str, list]] = {at: {kind: [] for kind in kinds} for at in FREE_RUNNING_AT}
    for clip in clips:
        carried = clip.chroma(0)
        first = bins = np.asarray(chroma_to_bins(carried))
        for at in range(1, min(len(clip.rgb), max(FREE_RUNNING_AT) + 1)):
            luma = clip.luma(at)
            bins = recolor(luma, color_model.chroma(luma[None])[0], bins)
            carried = moved_with_picture(clip, at, carried)
            if at in found:
                truth = np.asarray(chroma_to_bins(clip.chroma(at)))
                found[at]["consistency"].append(accuracy(bins, truth))
                found[at]["moved with the picture"].append(accuracy(np.asarray(chroma_to_bins(carried)), truth))
                found[at]["first frame kept"].append(accuracy(first, truth))
    return {at: {k: np.mean(v, axis=0) for k, v in rows.items()} for at, rows in found.items() if rows["consistency"]}


def main() -> None:
    p = argparse.ArgumentParser(prog="colornn.evaluate_source", description="The source system's table beside ours.")
    p.add_argument("--stills", type=Path, required=True, help="folder with train/ and test/, each with a folder water/")
    p.add_argument("--clips", type=Path, required=True, help="training clips")
    p.add_argument("--eval", type=Path, required=True, help="clips never trained on")
    p.add_argument("--kind", default="water", help="the stills' class and the clips' prefix; empty for all clips")
    p.add_argument("--model", type=Path, default=DEFAULT)
    p.add_argument("--consistency", type=Path, default=WEIGHTS)
    p.add_argument("--every", type=int, default=6, help="measure every n-th frame of a clip")
    p.add_argument("--pictures", type=int, default=250, help="at most so many stills of each part")
    p.add_argument("--json", type=Path, help="file for the figures")
    args = p.parse_args()
    color_model = SavedColorModel(args.model)
    model = build_consistency_model()
    load_weights(model, args.consistency)
    recolor = recolor_by(model)
    rows: dict[str, tuple[float, float]] = {}

    def say(name: str, pair: np.ndarray | tuple) -> None:
        rows[name] = (100 * float(pair[0]), 100 * float(pair[1]))
        theirs = PUBLISHED.get(name)
        beside = f"{theirs[0]:8.3f} {theirs[1]:8.3f}" if theirs else f"{'-':>8} {'-':>8}"
        print(f"{name:48} {beside}   {rows[name][0]:8.3f} {rows[name][1]:8.3f}", flush=True)

    print(f"{'top-1 bin accuracy, %':48} {'source U':>8} {'V':>8}   {'ours U':>8} {'V':>8}")
    for part in ("train", "test"):
        pictures = load_stills(args.stills / part, only=[args.kind or "water"]).pictures
        chosen = np.linspace(0, len(pictures) - 1, min(args.pictures, len(pictures))).astype(int)
        truths = [pictures[i].astype(np.float32) / 255 for i in chosen]
        say(f"color model, {part}", bin_accuracies(truths, color_model, color_model.short_side).mean(axis=0))
    for part, folder in (("train", args.clips), ("test", args.eval)):
        clips = load_frames(folder, args.kind)
        result = with_true_predecessor(clips, color_model, recolor, args.every)
        say(f"consistency, {part}", result["consistency"])
        say(f"predecessor moved with the picture, {part}", result["moved"])
        say(f"predecessor copied unchanged, {part}", result["copied"])
        say(f"color model alone on these clips, {part}", result["alone"])
        if part == "train":
            continue
        for at, row in free_running(clips, color_model, recolor).items():
            for name, pair in row.items():
                say(f"free running, frame {at}, {name}, {part}", pair)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
