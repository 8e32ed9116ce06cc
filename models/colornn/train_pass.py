"""`python -m colornn.train_pass --clips <folder> --stills <folder>`: trains the consistency pass.

Writes a checkpoint and a log to --run every few minutes; `--resume` goes on from it.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, help="color clips")
    parser.add_argument("--stills", type=Path, help="color pictures, set in motion")
    parser.add_argument("--squeezenet", type=Path, help="SqueezeNet 1.1 ImageNet weights, Keras notop .h5")
    parser.add_argument("--run", type=Path, default=Path("runs/pass"))
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--init-from", type=Path, help="another run's weights.npz, or the folder of an export")
    parser.add_argument("--minutes", type=float, default=60, help="wall-clock budget; the learning rate ends with it")
    parser.add_argument("--max-steps", type=int, default=1_000_000)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument(
        "--own", type=float, default=0.75, help="chance of its own output as predecessor; 0: teacher forcing"
    )
    parser.add_argument("--no-keyframes", action="store_true", help="ablation: the memory holds the predecessor only")
    parser.add_argument("--film", type=float, default=1.0, help="strength of film responses and damage; 0: plain luma")
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--sizes", default="0:128,0.5:192", help="share of the time done:pixels; larger, fewer a batch")
    parser.add_argument("--steps", type=int, default=4, help="frames unrolled")
    parser.add_argument(
        "--rounds", type=int, default=5, help="updates in a row on one run, its state carried over; 1: none"
    )
    parser.add_argument(
        "--color-model", type=Path, help="an export of the color model: its real guesses replace imitations"
    )
    parser.add_argument("--max-distance", type=int, default=60, help="frames to the furthest keyframe")
    parser.add_argument("--both-sides", type=float, default=0.5, help="chance that the second keyframe lies ahead")
    parser.add_argument("--synthetic", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--float32", action="store_true", help="without bfloat16")
    return parser.parse_args()


def phases(sizes: str, batch: int) -> list[tuple[float, int, int]]:
    """'0:128,0.5:192' -> when each phase starts (share of the time), its size, and the batch that costs as much."""
    parts = [(float(start), int(size)) for start, size in (part.split(":") for part in sizes.split(","))]
    first = parts[0][1]
    return [(start, size, max(1, round(batch * (first / size) ** 2))) for start, size in parts]


def main() -> None:
    options = _options()
    import keras

    if not options.float32:
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    keras.utils.set_random_seed(options.seed)
    from colornn.propagation import store
    from colornn.propagation.network import ConsistencyPass
    from colornn.propagation.rounds import Rounds
    from colornn.propagation.sequences import SequenceOptions, SequenceSource, prefetch
    from colornn.propagation.training import Trainer

    plan = phases(options.sizes, options.batch)
    source = SequenceSource(
        options.clips,
        options.stills,
        SequenceOptions(
            batch=plan[0][2],
            size=plan[0][1],
            steps=options.steps * options.rounds,
            film=options.film,
            synthetic=options.synthetic,
            max_distance=options.max_distance,
            both_sides=options.both_sides,
            short_side=240,
        ),
        options.seed,
        options.color_model,
        options.run.parent / "guesses",
        "fp32" if options.float32 else "bf16",
    )
    network = ConsistencyPass()
    network.build()
    options.run.mkdir(parents=True, exist_ok=True)
    checkpoint = options.run / "weights.npz"
    first = 0
    if options.resume and checkpoint.exists():
        first = store.load(network, checkpoint)
    elif options.init_from and options.init_from.is_dir():
        store.load_export(network, options.init_from)
    elif options.init_from:
        store.load(network, options.init_from)
    elif options.squeezenet:
        network.trunk.load_imagenet(options.squeezenet)
        store.fit_scales(network, source.batch().luma)

    trainer = Trainer(network, options.rate, options.own, not options.no_keyframes)
    batches = prefetch(source, 2)
    rng = np.random.default_rng(options.seed + 1)
    rounds = Rounds(batches.get, options.steps, count=4, rng=rng)
    start = saved = time.monotonic()
    losses: list[float] = []
    errors: list[float] = []
    step = first
    with open(options.run / "log.jsonl", "a", encoding="utf-8") as log:
        while step - first < options.max_steps:
            done = max((time.monotonic() - start) / (60 * options.minutes), (step - first) / options.max_steps)
            if done >= 1:
                break
            warm = min(1.0, (step - first + 1) / 100)
            trainer.set_rate(warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done))))
            _, size, batch = [phase for phase in plan if phase[0] <= done][-1]
            source.wanted = dataclasses.replace(source.wanted, size=size, batch=batch)
            segment, carried = rounds.next()
            loss, error, carried = trainer.step(segment, rng, carried)
            rounds.keep(carried)
            losses.append(loss)
            errors.append(error)
            step += 1
            if step % 50 == 0:
                entry = {
                    "step": step,
                    "size": segment.luma.shape[2],
                    "minutes": round((time.monotonic() - start) / 60, 2),
                    "loss": float(np.mean(losses)),
                    "psnr": float(np.mean([-10 * math.log10(e + 1e-9) for e in errors])),
                }
                print(entry, flush=True)
                log.write(json.dumps(entry) + "\n")
                log.flush()
                losses.clear()
                errors.clear()
            if time.monotonic() - saved > 180:
                store.save(network, checkpoint, step, trainer.mean)
                saved = time.monotonic()
        store.save(network, checkpoint, step, trainer.mean)


if __name__ == "__main__":
    main()
