"""Scores coloring on clips in color, beside what needs no network.

`npm run evaluate -- --clips <folder>` scores the film that the program exports, and the networks' own chroma of that
film before the last step. `python -m colornn.evaluate_clips --clips <folder>` scores the consistency pass alone, driven
from Python as the program drives it: for training.

Prints the first-frame-reference table, the drift, what is weak in each clip and the two-pin table, and writes them as
JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from colornn.evaluation import baselines, protocols
from colornn.evaluation.clips import Clip, list_clips, read_clip
from colornn.evaluation.program import Program

WEIGHTS = Path(__file__).resolve().parents[1] / "weights"
IN_PLACE = "first frame's chroma in place"
FLOW = "optical flow chain (DIS medium)"
BASELINES: dict[str, baselines.Method] = {
    "gray": baselines.gray,
    IN_PLACE: baselines.chroma_in_place,
    FLOW: baselines.flow_chain,
}
COLUMNS = [
    ("psnr", "PSNR"),
    ("chroma_psnr", "chroma PSNR"),
    ("ciede2000", "CIEDE2000"),
    ("ssim", "SSIM"),
    ("cdc", "CDC"),
    ("colorfulness_ratio", "colorful."),
    ("last_five", "last five"),
    ("last_fifth", "last fifth"),
]


def _networks(options: argparse.Namespace, program: Program | None) -> dict[str, baselines.Method]:
    if program is not None:
        return {"networks' chroma, bilinear": program.before_last_step, "ColoRNN, exported film": program.exported}
    from colornn.propagation.saved_pass import SavedPass

    weights = (options.pass_weights, options.color_weights)
    driven = SavedPass(*weights, options.short_side, options.precision, options.auto_every)
    return {"ColoRNN pass": driven.propagate}


def _row(name: str, figures: dict[str, float]) -> str:
    cells = [f"{figures[k]:11.6f}" if k == "cdc" else f"{figures[k]:11.3f}" for k, _ in COLUMNS]
    return f"{name:34s}" + " ".join(cells)


def first_frame_table(
    clips: list[Clip], methods: dict[str, baselines.Method], colored: dict[tuple[str, str], np.ndarray]
) -> dict[str, dict]:
    """Runs every method from the first frame, prints the table and the drift, and returns the figures.

    Leaves the chroma of the networks in `colored`, by method and clip, for the two-pin protocol.
    """
    scores: dict[str, list[protocols.FrameScores]] = {}
    print(f"\nFirst frame as reference, mean of {len(clips)} clips")
    print(" " * 34 + " ".join(f"{title:>11s}" for _, title in COLUMNS))
    table: dict[str, dict] = {}
    for name, method in methods.items():
        scores[name] = []
        for clip in clips:
            chroma = protocols.from_first_frame(clip, method)
            scores[name].append(protocols.score_frames(clip, chroma, {0}))
            if name not in BASELINES:
                colored[name, clip.name] = chroma
        per_clip = [protocols.summarize(each) for each in scores[name]]
        means = protocols.mean_figures(per_clip)
        print(_row(name, means), flush=True)
        table[name] = {"mean": means, "clips": {c.name: asdict(f) for c, f in zip(clips, per_clip, strict=True)}}

    print("\nDrift: chroma PSNR around frame 10 and frame 90, clips of more than 90 frames")
    for name, entry in table.items():
        mean = entry["mean"]
        print(f"{name:34s}{mean['frame_10']:8.2f} {mean['frame_90']:8.2f}   falls by {mean['drift_10_to_90']:.2f} dB")
    if FLOW in scores and IN_PLACE in scores:
        for name in [n for n in scores if n not in BASELINES]:
            weak = _weak_table(name, clips, scores[name], scores[FLOW], scores[IN_PLACE])
            for clip_name, figures in weak.items():
                table[name]["clips"][clip_name]["weakness"] = figures
    return table


def _weak_table(
    name: str,
    clips: list[Clip],
    own: list[protocols.FrameScores],
    flow: list[protocols.FrameScores],
    in_place: list[protocols.FrameScores],
) -> dict[str, dict]:
    print(
        f"\n{name}: chroma PSNR of the first frame after the pin and of the worst one; "
        "frames under flow, under the first's in place"
    )
    table = {}
    for clip, *scores in zip(clips, own, flow, in_place, strict=True):
        weak = protocols.weakness(*scores)
        print(
            f"{clip.name:34s} first {weak.first:6.2f} (in place {weak.first_left_in_place:6.2f})   "
            f"worst {weak.worst:6.2f} at {weak.worst_frame:4d}   "
            f"under flow {weak.under_flow:6.1%}   under in place {weak.under_left_in_place:6.1%}",
            flush=True,
        )
        table[clip.name] = asdict(weak)
    return table


def two_pin_table(
    clips: list[Clip], methods: dict[str, baselines.Method], colored: dict[tuple[str, str], np.ndarray]
) -> dict[str, dict]:
    """Runs the networks with the first frame pinned, the last, and both; prints and returns the figures."""
    print("\nTwo pins, first and last frame: chroma PSNR of the middle third")
    print(" " * 34 + "   first    last    both    gain over the better one, clip by clip")
    table: dict[str, dict] = {}
    for name, method in methods.items():
        per_clip = [protocols.two_pins(clip, method, colored[name, clip.name]) for clip in clips]
        mean = {k: sum(p[k] for p in per_clip) / len(per_clip) for k in per_clip[0]}
        print(f"{name:34s}" + "".join(f"{mean[k]:8.2f}" for k in ("first", "last", "both", "gain")), flush=True)
        table[name] = {"mean": mean, "clips": {c.name: p for c, p in zip(clips, per_clip, strict=True)}}
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True, help="a folder of color clips")
    parser.add_argument("--named", help="only clips whose name holds one of these, as in dog,camel")
    parser.add_argument("--frames", type=int, help="at most this many frames of each clip")
    parser.add_argument("--short-side", type=int, default=256, help="the clips are scaled to it")
    parser.add_argument(
        "--program", type=Path, nargs=2, metavar=("NODE", "CHECKOUT"), help="scores the program of this checkout"
    )
    parser.add_argument("--only", help="methods whose name holds this text")
    parser.add_argument("--no-pins", action="store_true", help="leave out the two-pin protocol")
    alone = parser.add_argument_group("the pass alone, without --program")
    alone.add_argument("--precision", choices=["fp32", "bf16"], default="fp32", help="what the networks compute in")
    alone.add_argument(
        "--auto-every", type=int, default=8, help="the color model runs at every so many frames; as in the program"
    )
    alone.add_argument("--pass-weights", type=Path, default=WEIGHTS / "consistency-pass")
    alone.add_argument("--color-weights", type=Path, default=WEIGHTS / "color-model")
    parser.add_argument("--json", type=Path, default=Path("runs/evaluate-clips.json"))
    options = parser.parse_args()

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    start = time.monotonic()
    paths = list_clips(options.clips)
    if options.named:
        paths = [path for path in paths if any(part in path.stem for part in options.named.split(","))]
        if not paths:
            parser.error(f"no clip in {options.clips} has {options.named} in its name")
    clips = [read_clip(path, options.short_side, options.frames) for path in paths]
    program = Program(*options.program) if options.program else None
    try:
        _evaluate(clips, {**BASELINES, **_networks(options, program)}, options)
    finally:
        if program:
            program.close()
    print(f"\nWritten to {options.json}; {time.monotonic() - start:.0f} s.")


def _evaluate(clips: list[Clip], methods: dict[str, baselines.Method], options: argparse.Namespace) -> None:
    """Prints the tables, and writes each when it is done."""
    if options.only:
        methods = {name: m for name, m in methods.items() if options.only.lower() in name.lower()}
    colored: dict[tuple[str, str], np.ndarray] = {}
    first = first_frame_table(clips, methods, colored)
    figures: dict[str, object] = {"short_side": options.short_side, "first_frame": first}
    _write(options.json, figures)
    # The reference with two pins is the method's own better single pin, so the baselines have no row there.
    networks = {name: m for name, m in methods.items() if name not in BASELINES}
    if networks and not options.no_pins:
        figures["two_pins"] = two_pin_table(clips, networks, colored)
        _write(options.json, figures)


def _known(figures: object) -> object:
    """The same with None for figures that a clip is too short for: JSON has no NaN."""
    if isinstance(figures, dict):
        return {name: _known(each) for name, each in figures.items()}
    return None if isinstance(figures, float) and np.isnan(figures) else figures


def _write(path: Path, figures: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(_known(figures), indent=1, allow_nan=False))


if __name__ == "__main__":
    main()
