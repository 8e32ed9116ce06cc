"""Trains the color model: python -m colornn.train_color --data <folder of class folders> --run runs/color --minutes 60

Every run is a folder: settings.json, log.jsonl, checkpoints to resume from (--resume), and average.npz, which
`python -m colornn.export_color` turns into the SavedModel that the program reads.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from colornn.color import rebalancing_weights
from colornn.colormodel.efficientnet import VARIANTS
from colornn.colormodel.exported import load_export
from colornn.colormodel.losses import LossOptions, bin_loss, top1
from colornn.colormodel.network import ColorConfig, build_color_model
from colornn.colormodel.stills import BatchOptions, BatchStream, Stills, bin_counts, load_stills, make_batch
from colornn.colormodel.trainer import Trainer, load_average
from colornn.colormodel.vgg16 import NAMES as VGG16_LAYERS
from colornn.colormodel.vgg16 import even_out, load_vgg16

HELD_OUT_SEEN = 128


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    p = argparse.ArgumentParser(prog="colornn.train_color", description="Trains the color model on a folder of stills.")
    p.add_argument("--data", type=Path, required=True, help="folder with one subfolder of pictures per class")
    p.add_argument("--only", nargs="*", help="names of the classes to train on; all when left out")
    p.add_argument("--run", type=Path, default=Path("runs/color"), help="folder for checkpoints and the log")
    p.add_argument("--resume", action="store_true", help="go on from the run's last checkpoint")
    p.add_argument("--init-from", type=Path, help="average.npz of a run of the same form, or an export, with its form")
    p.add_argument("--minutes", type=float, default=60, help="training time, resumptions and all")
    p.add_argument("--max-steps", type=int, default=1_000_000, help="ends the training before its minutes are over")
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--sizes", default="0:96,0.35:128,0.8:160", help="picture sizes and the progress they start at")
    p.add_argument("--rate", type=float, default=1e-3, help="peak learning rate")
    p.add_argument("--width", type=float, help="VGG-16's proportions times this; left out: the shipped, quick form")
    p.add_argument("--vgg16", type=Path, help="VGG-16's ImageNet weights (.h5 'notop', .onnx, torchvision .pth)")
    p.add_argument("--features", type=Path, help="ImageNet weights of EfficientNet-Lite0 or -Lite2, PyTorch .pth")
    p.add_argument("--variant", choices=sorted(VARIANTS), default="lite0", help="whose weights --features holds")
    p.add_argument(
        "--feature-rate",
        type=float,
        default=0.0,
        help="published weights' share of the rate; 0 leaves them as they are",
    )
    p.add_argument("--decoder", help="channels of the decoder at strides 16, 8, 4 and 2, such as 256,160,96,64")
    p.add_argument("--attention", type=int, default=0, help="transformer blocks over the picture at stride 16")
    p.add_argument("--sigma", type=float, default=0.6, help="softness of the targets in bins; 0: plain cross-entropy")
    p.add_argument("--rebalance", type=float, default=0.4, help="0: pixels count alike; 1: by their color's rarity")
    p.add_argument("--film", type=float, default=0.5, help="share of pictures seen through random film stock")
    p.add_argument("--least-crop", type=float, default=BatchOptions.least_crop, help="share of a picture's short side")
    p.add_argument(
        "--dropout", type=float, default=0.0, help="share of channels left out of each source of the decoder"
    )
    p.add_argument("--decay", type=float, default=0.01, help="weight decay")
    p.add_argument("--label", type=float, default=0.1, help="weight of the class label's loss")
    p.add_argument("--float32", action="store_true", help="train in float32 (default: bfloat16 with float32 weights)")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args(arguments)


def build(args: argparse.Namespace, classes: int) -> tuple[keras.Model, ColorConfig]:
    """The network that the arguments ask for, with published weights where they were given."""
    if args.vgg16 and args.width not in (None, 1.0):
        raise SystemExit("--vgg16 holds weights of VGG-16 at full width: leave --width out or set it to 1.")
    width = 1.0 if args.vgg16 else args.width
    options = {
        "classes": classes,
        "features": args.variant if args.features else None,
        "frozen": args.feature_rate == 0,
        "attention": args.attention,
        "standardize": args.vgg16 is None,
        "dropout": args.dropout,
    }
    if args.decoder:
        options["decoder"] = tuple(int(width) for width in args.decoder.split(","))
    if takes_form(args):
        form = json.loads((args.init_from / "model.json").read_text())["network"]
        own = {key: options[key] for key in ("classes", "frozen", "dropout")}
        config = dataclasses.replace(ColorConfig.from_dict(form), **own)
    else:
        config = ColorConfig(**options) if width is None else ColorConfig.of_width(width, **options)
    keras.mixed_precision.set_global_policy("float32" if args.float32 else "mixed_bfloat16")
    model = build_color_model(config)
    if args.vgg16:
        load_vgg16(model, args.vgg16)
    if args.features:
        model.get_layer("features").load_imagenet(args.features)
    return model, config


def takes_form(args: argparse.Namespace) -> bool:
    """Whether the network has the form of the export that it goes on from: where no other is asked for."""
    asked = args.width, args.vgg16, args.features, args.decoder, args.attention or None
    return args.init_from is not None and args.init_from.is_dir() and all(value is None for value in asked)


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
    names = ", ".join(training.classes)
    print(f"{len(training)} pictures to train on, {len(held)} held out, classes: {names}", flush=True)
    classes = len(training.classes) if args.label > 0 and len(training.classes) > 1 else 0
    model, config = build(args, classes)
    options = LossOptions(args.sigma, args.rebalance, args.label)
    weights = rebalancing_weights(bin_counts(training), max(args.rebalance, 1e-6))
    if args.init_from:
        (load_export if args.init_from.is_dir() else load_average)(model, args.init_from)
    elif args.vgg16:
        even_out(model, held_out_batch(held)[0][:32])
    published = [*(VGG16_LAYERS if args.vgg16 else ()), *(["features"] if config.features else ())]
    trainer = Trainer(
        model, options, weights, args.rate, decay=args.decay, published=published, published_rate=args.feature_rate
    )

    args.run.mkdir(parents=True, exist_ok=True)
    settings = {key: str(value) if isinstance(value, Path) else value for key, value in vars(args).items()}
    settings |= {"config": config.to_dict(), "loss": dataclasses.asdict(options), "classes": training.classes}
    (args.run / "settings.json").write_text(json.dumps(settings, indent=1))
    last = tf.train.latest_checkpoint(str(args.run / "checkpoints")) if args.resume else None
    if last:
        trainer.checkpoint().restore(last).expect_partial()
        print(f"resumed at step {int(trainer.steps)}, after {float(trainer.seconds) / 60:.1f} min", flush=True)
    progress = Progress(trainer, args.run, args.minutes, args.max_steps)
    train(args, trainer, training, progress, held_out_batch(held), (options, weights))


class Progress:
    """Where a run stands in its minutes and steps, and what it writes down every five minutes."""

    SAVE_EVERY = 300.0

    def __init__(self, trainer: Trainer, run: Path, minutes: float, most_steps: int) -> None:
        self._trainer, self._run, self._total, self._most_steps = trainer, run, minutes * 60, most_steps
        self._before = float(trainer.seconds.numpy())
        self._started = self._saved = time.monotonic()
        self._counted = (int(trainer.steps.numpy()), self._started)
        self._recent: list[tuple[float, float]] = []
        self._manager = tf.train.CheckpointManager(trainer.checkpoint(), str(run / "checkpoints"), max_to_keep=2)

    @property
    def share(self) -> float:
        """The share of the minutes or of the steps that is over, whichever is more; 1 or more at the end."""
        return max(self._minutes_over, int(self._trainer.steps.numpy()) / self._most_steps)

    @property
    def _minutes_over(self) -> float:
        return (self._before + time.monotonic() - self._started) / self._total

    @property
    def due(self) -> bool:
        return self.share >= 1 or time.monotonic() - self._saved > self.SAVE_EVERY

    def note(self, colors: float, naming: float) -> None:
        self._recent.append((colors, naming))

    def save(self, batch: int, size: int, measure: Callable[[], dict[str, float]]) -> None:
        """Writes a checkpoint, the averaged weights and a line of the log."""
        now, steps = time.monotonic(), int(self._trainer.steps.numpy())
        pace = (steps - self._counted[0]) * batch / (now - self._counted[1])
        self._trainer.seconds.assign(self._minutes_over * self._total)
        self._manager.save()
        self._trainer.save_average(self._run / "average.npz")
        minutes = self._minutes_over * self._total / 60
        line = {"step": steps, "minutes": minutes, "size": size, "pictures_per_second": pace}
        if self._recent:
            line["loss"], line["label_loss"] = np.mean(self._recent, axis=0).tolist()
        line |= measure()
        self._recent.clear()
        with (self._run / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        self._saved = time.monotonic()
        self._counted = (steps, self._saved)


def train(
    args: argparse.Namespace, trainer: Trainer, stills: Stills, progress: Progress, held: tuple, loss: tuple
) -> None:
    """Trains until the minutes are over, at the sizes that the schedule names."""
    averaged = keras.models.clone_model(trainer.model)

    def measure() -> dict[str, float]:
        trainer.copy_average_into(averaged)
        return evaluate(averaged, held, *loss)

    size = 0
    while progress.share < 1:
        size = size_at(args.sizes, progress.share)
        options = BatchOptions(args.batch, size, args.film, args.least_crop)
        with BatchStream(stills, options, seed=args.seed + int(trainer.steps.numpy())) as stream:
            while progress.share < 1 and size == size_at(args.sizes, progress.share):
                colors, naming, _ = trainer.step(stream.next(), progress.share)
                progress.note(colors, naming)
                if progress.due and progress.share < 1:
                    progress.save(args.batch, size, measure)
    progress.save(args.batch, size, measure)


if __name__ == "__main__":
    main()
