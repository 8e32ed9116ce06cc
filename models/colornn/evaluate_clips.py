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

from colornn.evaluation import baselines, protocols
from colornn.evaluation.clips import Clip, list_clips, read_clip

WEIGHTS = Path(__file__).resolve().parents[1] / "weights"
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


def _methods(pass_folder: Path, color_folder: Path, short_side: int) -> dict[str, baselines.Method]:
    methods: dict[str, baselines.Method] = {
        "gray": baselines.gray,
        "first frame's chroma in place": baselines.chroma_in_place,
        "optical flow chain (DIS medium)": baselines.flow_chain,
    }
    if (pass_folder / "saved_model.pb").exists():
        from colornn.propagation.saved_pass import SavedPass

        methods["ColoRNN pass"] = SavedPass(pass_folder, color_folder, short_side).propagate
    return methods


def _row(name: str, figures: dict[str, float]) -> str:
    cells = [f"{figures[k]:11.6f}" if k == "cdc" else f"{figures[k]:11.3f}" for k, _ in COLUMNS]
    return f"{name:34s}" + " ".join(cells)


def _report(name: str, means: dict[str, float]) -> None:
    print(_row(name, means), flush=True)


def evaluate(clips: list[Clip], methods: dict[str, baselines.Method], with_pins: bool) -> dict[str, object]:
    """Runs every method through every protocol, prints the tables, and returns them as plain data."""
    print(f"\nFirst frame as reference, mean of {len(clips)} clips")
    print(" " * 34 + " ".join(f"{title:>11s}" for _, title in COLUMNS))
    first: dict[str, object] = {}
    for name, method in methods.items():
        per_clip = [protocols.first_frame_reference(clip, method) for clip in clips]
        means = protocols.mean_figures(per_clip)
        _report(name, means)
        named = {clip.name: asdict(f) for clip, f in zip(clips, per_clip, strict=True)}
        first[name] = {"mean": means, "clips": named}

    print("\nDrift: chroma PSNR around frame 10 and frame 90, clips of more than 90 frames")
    for name, entry in first.items():
        mean = entry["mean"]  # type: ignore[index]
        print(f"{name:34s}{mean['frame_10']:8.2f} {mean['frame_90']:8.2f}   falls by {mean['drift_10_to_90']:.2f} dB")

    pins: dict[str, object] = {}
    if with_pins:
        print("\nTwo pins, first and last frame: chroma PSNR of the middle third")
        print(" " * 34 + "   first    last    both    gain over the better one")
        for name, method in methods.items():
            if method in (baselines.gray, baselines.chroma_in_place, baselines.flow_chain):
                continue  # the reference here is the method's own better single pin
            per_pin = [protocols.two_pins(clip, method) for clip in clips]
            mean = {k: sum(p[k] for p in per_pin) / len(per_pin) for k in per_pin[0]}
            print(f"{name:34s}{mean['first']:8.2f}{mean['last']:8.2f}{mean['both']:8.2f}{mean['gain']:8.2f}", flush=True)
            pins[name] = {"mean": mean, "clips": {c.name: p for c, p in zip(clips, per_pin, strict=True)}}
    return {"first_frame": first, "two_pins": pins}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True, help="a folder of color clips")
    parser.add_argument("--frames", type=int, help="at most this many frames of each clip")
    parser.add_argument("--short-side", type=int, default=256)
    parser.add_argument("--only", help="methods whose name holds this text")
    parser.add_argument("--no-pins", action="store_true", help="leave out the two-pin protocol")
    parser.add_argument("--pass-weights", type=Path, default=WEIGHTS / "consistency-pass")
    parser.add_argument("--color-weights", type=Path, default=WEIGHTS / "color-model")
    parser.add_argument("--json", type=Path, default=Path("runs/evaluate-clips.json"))
    options = parser.parse_args()

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    start = time.monotonic()
    clips = [read_clip(path, options.short_side, options.frames) for path in list_clips(options.clips)]
    methods = _methods(options.pass_weights, options.color_weights, options.short_side)
    if options.only:
        methods = {name: m for name, m in methods.items() if options.only.lower() in name.lower()}
    result = evaluate(clips, methods, not options.no_pins)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps({"short_side": options.short_side, **result}, indent=1))
    print(f"\nWritten to {options.json}; {time.monotonic() - start:.0f} s.")


if __name__ == "__main__":
    main()
