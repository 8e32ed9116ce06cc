"""`python -m colornn.evaluate_clips --clips <folder>`: scores the consistency pass and its baselines on clips.

Prints the first-frame-reference table, the two-pin table and the drift, and writes them as JSON.
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

WEIGHTS = Path(__file__).resolve().parents[1] / "weights"
BASELINES: dict[str, baselines.Method] = {
    "gray": baselines.gray,
    "first frame's chroma in place": baselines.chroma_in_place,
    "optical flow chain (DIS medium)": baselines.flow_chain,
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


def _methods(
    pass_folder: Path, color_folder: Path, short_side: int, precision: str, auto_every: int
) -> dict[str, baselines.Method]:
    methods = dict(BASELINES)
    if (pass_folder / "saved_model.pb").exists():
        from colornn.propagation.saved_pass import SavedPass

        methods["ColoRNN pass"] = SavedPass(pass_folder, color_folder, short_side, precision, auto_every).propagate
    return methods


def _row(name: str, figures: dict[str, float]) -> str:
    cells = [f"{figures[k]:11.6f}" if k == "cdc" else f"{figures[k]:11.3f}" for k, _ in COLUMNS]
    return f"{name:34s}" + " ".join(cells)


def first_frame_table(
    clips: list[Clip], methods: dict[str, baselines.Method], colored: dict[tuple[str, str], np.ndarray]
) -> dict[str, dict]:
    """Runs every method from the first frame, prints the table and the drift, and returns the figures.

    Leaves the chroma of the networks in `colored`, by method and clip, for the two-pin protocol.
    """
    print(f"\nFirst frame as reference, mean of {len(clips)} clips")
    print(" " * 34 + " ".join(f"{title:>11s}" for _, title in COLUMNS))
    table: dict[str, dict] = {}
    for name, method in methods.items():
        per_clip = []
        for clip in clips:
            chroma = protocols.from_first_frame(clip, method)
            per_clip.append(protocols.summarize(protocols.score_frames(clip, chroma, {0})))
            if name not in BASELINES:
                colored[name, clip.name] = chroma
        means = protocols.mean_figures(per_clip)
        print(_row(name, means), flush=True)
        table[name] = {"mean": means, "clips": {c.name: asdict(f) for c, f in zip(clips, per_clip, strict=True)}}

    print("\nDrift: chroma PSNR around frame 10 and frame 90, clips of more than 90 frames")
    for name, entry in table.items():
        mean = entry["mean"]
        print(f"{name:34s}{mean['frame_10']:8.2f} {mean['frame_90']:8.2f}   falls by {mean['drift_10_to_90']:.2f} dB")
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
    parser.add_argument("--frames", type=int, help="at most this many frames of each clip")
    parser.add_argument("--short-side", type=int, default=256)
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32", help="what the networks compute in")
    parser.add_argument("--auto-every", type=int, default=8, help="the color model runs at every so many frames; as in the program")
    parser.add_argument("--only", help="methods whose name holds this text")
    parser.add_argument("--no-pins", action="store_true", help="leave out the two-pin protocol")
    parser.add_argument("--pass-weights", type=Path, default=WEIGHTS / "consistency-pass")
    parser.add_argument("--color-weights", type=Path, default=WEIGHTS / "color-model")
    parser.add_argument("--json", type=Path, default=Path("runs/evaluate-clips.json"))
    options = parser.parse_args()

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    start = time.monotonic()
    clips = [read_clip(path, options.short_side, options.frames) for path in list_clips(options.clips)]
    methods = _methods(
        options.pass_weights, options.color_weights, options.short_side, options.precision, options.auto_every
    )
    if options.only:
        methods = {name: m for name, m in methods.items() if options.only.lower() in name.lower()}
    colored: dict[tuple[str, str], np.ndarray] = {}
    first = first_frame_table(clips, methods, colored)
    figures: dict[str, object] = {"short_side": options.short_side, "first_frame": first}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(figures, indent=1))
    # The reference with two pins is the method's own better single pin, so the baselines have no row there.
    networks = {name: m for name, m in methods.items() if name not in BASELINES}
    if networks and not options.no_pins:
        figures["two_pins"] = two_pin_table(clips, networks, colored)
    options.json.write_text(json.dumps(figures, indent=1))
    print(f"\nWritten to {options.json}; {time.monotonic() - start:.0f} s.")


if __name__ == "__main__":
    main()
