"""Trains the color model: python -m colornn.train_color --data <folder of class folders> --run runs/color --minutes 60

Every run is a folder: settings.json, log.jsonl, checkpoints to resume from (--resume), and average.npz, which
`python -m colornn.export_color` turns into the SavedModel that the program reads.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from colornn.color import rebalancing_weights
from colornn.colormodel.losses import LossOptions, bin_loss, top1
from colornn.colormodel.network import ColorConfig, build_color_model
from colornn.colormodel.stills import BatchOptions, BatchStream, Stills, bin_counts, load_stills, make_batch
from colornn.colormodel.trainer import Trainer, load_average
from colornn.colormodel.vgg16 import load_vgg16

HELD_OUT_SEEN = 128


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    p = argparse.ArgumentParser(prog="colornn.train_color", description="Trains the color model on a folder of stills.")
    p.add_argument("--data", type=Path, required=True, help="folder with one subfolder of pictures per class")
    p.add_argument("--only", nargs="*", help="names of the classes to train on; all when left out")
    p.add_argument("--run", type=Path, default=Path("runs/color"), help="folder for checkpoints and the log")
    p.add_argument("--resume", action="store_true", help="go on from the run's last checkpoint")
    p.add_argument("--init-from", type=Path, help="average.npz of another run of the same form, to start from")
    p.add_argument("--minutes", type=float, default=60, help="training time over all resumptions; the schedule follows it")
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--sizes", default="0:96,0.35:128,0.8:160", help="picture sizes and the progress they start at")
    p.add_argument("--rate", type=float, default=1e-3, help="peak learning rate")
    p.add_argument("--width", type=float, help="VGG-16's proportions times this; left out: the shipped, quick form")
    p.add_argument("--vgg16", type=Path, help="ImageNet weights of VGG-16 (.h5 'notop' or torchvision .pth); width 1.0")
    p.add_argument("--squeezenet", type=Path, help="ImageNet weights of SqueezeNet 1.1, Keras .h5 'notop'")
    p.add_argument("--sigma", type=float, default=0.6, help="softness of the targets in bins; 0: plain cross-entropy")
    p.add_argument("--rebalance", type=float, default=0.4, help="0: every pixel alike .. 1: inverse to its color's share")
    p.add_argument("--film", type=float, default=0.5, help="share of pictures seen through random film stock")
    p.add_argument("--label", type=float, default=0.1, help="weight of the class label's loss")
    p.add_argument("--float32", action="store_true", help="train in float32 (default: bfloat16 with float32 weights)")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args(arguments)


def build(args: argparse.Namespace, classes: int) -> tuple[keras.Model, ColorConfig]:
    """The network that the arguments ask for, with published weights where they were given."""
    if args.vgg16 and args.width not in (None, 1.0):
        raise SystemExit("--vgg16 holds weights of VGG-16 at full width: leave --width out or set it to 1.")
    width = 1.0 if args.vgg16 else args.width
    options = {"classes": classes, "squeezenet": args.squeezenet is not None, "standardize": args.vgg16 is None}
    config = ColorConfig(**options) if width is None else ColorConfig.of_width(width, **options)
    keras.mixed_precision.set_global_policy("float32" if args.float32 else "mixed_bfloat16")
    model = build_color_model(config)
    if args.vgg16:
        load_vgg16(model, args.vgg16)
    if args.squeezenet:
        model.get_layer("squeezenet").load_imagenet(args.squeezenet)
    return model, config


def size_at(schedule: str, progress: float) -> int:
    """The picture size of "0:96,0.4:128" at a progress of 0..1."""
    steps = [(float(at), int(size)) for at, size in (part.split(":") for part in schedule.split(","))]
    return [size for at, size in steps if at <= progress][-1]


def held_out_batch(held: Stills, size: int = 128) -> tuple:
    """The same crops of held-out pictures every time, BT.601 luma."""
    rng = np.random.default_rng(0)
    indices = rng.permutation(len(held))[:HELD_OUT_SEEN]
    return make_batch(held, indices, BatchOptions(len(indices), size, film=0.0), rng)


def evaluate(model: keras.Model, batch: tuple, options: LossOptions, weights: np.ndarray) -> dict[str, float]:
    """Loss and top-1 accuracies on one batch, in slices that fit memory."""
    losses, hits = [], []
    for start in range(0, len(batch[0]), 32):
        luma, chroma = (part[start : start + 32] for part in batch[:2])
        logits = model(luma, training=False)["bins"]
        losses.append(float(bin_loss(logits, chroma, options, weights)))
        hits.append(keras.ops.convert_to_numpy(top1(logits, chroma)))
    u, v = np.mean(hits, axis=0)
    return {"held_loss": float(np.mean(losses)), "held_u": float(u), "held_v": float(v)}


def main(arguments: list[str] | None = None) -> None:
    args = parse(arguments)
    keras.utils.set_random_seed(args.seed)
    training, held = load_stills(args.data, only=args.only).split()
    print(f"{len(training)} pictures to train on, {len(held)} held out, classes: {', '.join(training.classes)}", flush=True)
    classes = len(training.classes) if args.label > 0 and len(training.classes) > 1 else 0
    model, config = build(args, classes)
    options = LossOptions(args.sigma, args.rebalance, args.label)
    weights = rebalancing_weights(bin_counts(training), max(args.rebalance, 1e-6))
    if args.init_from:
        load_average(model, args.init_from)
    trainer = Trainer(
        model, options, weights, peak_rate=args.rate, pretrained=("squeezenet",) if args.squeezenet else ()
    )

    args.run.mkdir(parents=True, exist_ok=True)
    settings = {key: str(value) if isinstance(value, Path) else value for key, value in vars(args).items()}
    settings |= {"config": config.to_dict(), "loss": asdict(options), "classes": training.classes}
    (args.run / "settings.json").write_text(json.dumps(settings, indent=1))
    manager = tf.train.CheckpointManager(trainer.checkpoint(), str(args.run / "checkpoints"), max_to_keep=2)
    if args.resume and manager.restore_or_initialize():
        print(f"resumed at step {int(trainer.steps)}, after {float(trainer.seconds) / 60:.1f} min", flush=True)
    train(args, trainer, training, held_out_batch(held), manager, (options, weights))


def train(
    args: argparse.Namespace,
    trainer: Trainer,
    stills: Stills,
    held: tuple,
    manager: tf.train.CheckpointManager,
    loss: tuple[LossOptions, np.ndarray],
) -> None:
    """Trains until the minutes are over; saves and measures every five minutes and at the end."""
    averaged = keras.models.clone_model(trainer.model)
    total, seconds_before = args.minutes * 60, float(trainer.seconds.numpy())
    started = saved = time.monotonic()
    recent: list[tuple[float, float]] = []
    stream, size, size_since = None, 0, (0, started)
    while True:
        seconds = seconds_before + time.monotonic() - started
        progress = seconds / total
        over = progress >= 1
        if over or time.monotonic() - saved > 300:
            saved = time.monotonic()
            trainer.seconds.assign(seconds)
            manager.save()
            trainer.save_average(args.run / "average.npz")
            trainer.copy_average_into(averaged)
            figures = evaluate(averaged, held, *loss)
            steps = int(trainer.steps.numpy())
            rate = (steps - size_since[0]) * args.batch / (time.monotonic() - size_since[1])
            mean = np.mean(recent, axis=0).tolist() if recent else [None, None]
            line = {"step": steps, "minutes": seconds / 60, "size": size, "pictures_per_second": rate}
            line |= {"loss": mean[0], "label_loss": mean[1], **figures}
            recent.clear()
            with (args.run / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)
        if over:
            break
        wanted = size_at(args.sizes, progress)
        if wanted != size:
            if stream:
                stream.__exit__()
            size, size_since = wanted, (int(trainer.steps.numpy()), time.monotonic())
            options = BatchOptions(args.batch, size, args.film)
            stream = BatchStream(stills, options, seed=args.seed + int(trainer.steps.numpy())).__enter__()
        colors, naming, _ = trainer.step(stream.next(), progress)
        recent.append((colors, naming))
    if stream:
        stream.__exit__()


if __name__ == "__main__":
    main()
