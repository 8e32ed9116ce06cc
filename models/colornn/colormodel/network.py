"""The color model: one gray frame in, 30 bins of U and 30 of V for every second pixel out.

A VGG-16 encoder (13 convolutions of 3 x 3 in five blocks, Simonyan and Zisserman 2015) whose hidden layers feed the
decoder by residual connections, fused at five scales with EfficientNet-Lite's features, and at the bottleneck a view of
the whole picture and attention over it. A side exit names the picture's class, which makes the encoder learn what it
looks at.

The widths are narrow where the picture is large, since that is where the time goes; `PUBLISHED_VGG16` has VGG-16's own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import keras
from keras import layers, ops

from colornn.color import BINS

from .efficientnet import ImageNetFeatures
from .layers import AttentionBlock, SplitBins, Upsample2x, conv

VGG16_CONVS = (2, 2, 3, 3, 3)
VGG16_WIDTHS = (64, 128, 256, 512, 512)
LUMA_MEAN, LUMA_GAIN = 0.45, 4.0
# What the ImageNet features at strides 2, 4, 8, 16 and 32 are divided by, so that all sources weigh alike at the start:
# their root mean square on photographs.
FEATURES_RMS = (5.6, 8.0, 6.9, 5.4, 5.0)


@dataclass(frozen=True)
class ColorConfig:
    """The sizes of the network, in channels.

    vgg: of the five encoder blocks; decoder: at strides 16, 8, 4 and 2; classes: of the side exit, 0 for none;
    features: EfficientNet-Lite's that take part, 'lite0', 'lite2' or None; frozen: whether those stay as published;
    attention: transformer blocks over the places of the picture at stride 16; standardize: weight standardization (off
    to hold published weights); dropout: the share of channels that training leaves out of each source of the decoder,
    at random.
    """

    vgg: tuple[int, int, int, int, int] = (16, 32, 64, 128, 128)
    decoder: tuple[int, int, int, int] = (192, 128, 96, 64)
    classes: int = 0
    features: str | None = "lite0"
    frozen: bool = True
    attention: int = 0
    standardize: bool = True
    dropout: float = 0.0

    def to_dict(self) -> dict:
        """The sizes as JSON holds them."""
        return {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items()}

    @staticmethod
    def from_dict(values: dict) -> ColorConfig:
        """Older files say only whether there are features: those were EfficientNet-Lite0's."""
        features = {True: "lite0", False: None}.get(values["features"], values["features"])
        sizes = {"vgg": tuple(values["vgg"]), "decoder": tuple(values["decoder"])}
        return ColorConfig(**{**values, **sizes, "features": features})

    @staticmethod
    def of_width(factor: float, **others: object) -> ColorConfig:
        """VGG-16's own proportions times `factor`; 1.0 can hold the published weights."""
        return ColorConfig(vgg=tuple(max(8, int(w * factor)) for w in VGG16_WIDTHS), **others)


def vgg_layer_name(block: int, index: int) -> str:
    """The name of a convolution, as the published files have it: block1_conv1 .. block5_conv3."""
    return f"block{block}_conv{index}"


def build_color_model(config: ColorConfig, name: str = "color_model") -> keras.Model:
    """The network under the current dtype policy.

    In: luma (n, H, W, 1), 0..1, H and W multiples of 32. Out: {"bins": logits (n, H/2, W/2, 2, 30), float32}, and
    with classes {"class": logits (n, classes), float32}.
    """
    std = config.standardize
    luma = keras.Input((None, None, 1), name="luma", dtype="float32")
    x = layers.Rescaling(LUMA_GAIN, -LUMA_MEAN * LUMA_GAIN, name="normalize")(luma)

    hidden = []
    for block, (count, width) in enumerate(zip(VGG16_CONVS, config.vgg, strict=True), start=1):
        if block > 1:
            x = layers.MaxPooling2D(2, name=f"block{block - 1}_pool")(x)
        for index in range(1, count + 1):
            x = conv(width, 3, vgg_layer_name(block, index), standardize=std)(x)
        hidden.append(x)

    def thinned(source, name: str):
        """What was seen in one channel alone is learned by heart."""
        return layers.SpatialDropout2D(config.dropout, name=name)(source) if config.dropout else source

    h2, h4, h8, h16 = (thinned(h, f"vgg_dropout{2**i}") for i, h in enumerate(hidden[1:], start=1))

    seen: list = [None] * 5
    if config.features:
        given = ImageNetFeatures(config.features, config.frozen, name="features")(luma)
        seen = [
            thinned(layers.Rescaling(1 / rms, name=f"features_scale{2**i}")(f), f"features_dropout{2**i}")
            for i, (f, rms) in enumerate(zip(given, FEATURES_RMS, strict=True), start=1)
        ]
    d16, d8, d4, d2 = config.decoder

    def fuse(at: str, width: int, *sources):
        """Sum of one-by-one projections: a residual connection from each source that exists."""
        parts = [
            conv(width, 1, f"{at}_from_{kind}", standardize=False, relu=False)(s)
            for kind, s in zip(("vgg", "features", "below"), sources, strict=True)
            if s is not None
        ]
        total = layers.Add(name=f"{at}_sum")(parts) if len(parts) > 1 else parts[0]
        return layers.ReLU(name=f"{at}_relu")(total)

    below = None
    if seen[4] is not None:
        below = Upsample2x(name="stride32_up")(conv(d16, 1, "stride32", standardize=False)(seen[4]))
    x = fuse("stride16", d16, h16, seen[3], below)
    x = layers.Add(name="context_add")([x, conv(d16, 3, "context", standardize=std, dilation=2)(x)])
    for index in range(config.attention):
        x = AttentionBlock(name=f"attention{index}")(x)
    # In float32 whatever the policy: TensorFlow's mean of bfloat16 over a large picture is wrong on a CPU.
    mean = layers.GlobalAveragePooling2D(name="whole_mean", dtype="float32")(x)
    whole = layers.Dense(d16, activation="relu", name="whole")(mean)
    exits = {}
    if config.classes:
        exits["class"] = layers.Dense(config.classes, name="class", dtype="float32")(whole)
    spread = layers.Reshape((1, 1, d16), name="whole_spread")(layers.Dense(d16, name="whole_to_picture")(whole))
    x = layers.Add(name="whole_add")([x, spread])

    for stride, width, own, other in ((8, d8, h8, seen[2]), (4, d4, h4, seen[1]), (2, d2, h2, seen[0])):
        # Projecting before upsampling costs a quarter of projecting after it.
        below = conv(width, 1, f"stride{stride}_narrow", standardize=False, relu=False)(x)
        x = fuse(f"stride{stride}", width, own, other, None)
        x = layers.Add(name=f"stride{stride}_add")([x, Upsample2x(name=f"stride{stride}_up")(below)])
        x = conv(width, 3, f"stride{stride}_conv", standardize=std)(x)

    logits = layers.Conv2D(2 * BINS, 1, name="logits")(x)
    exits["bins"] = SplitBins(name="bins", dtype="float32")(logits)
    return keras.Model(luma, exits, name=name)


def as_plain(model: keras.Model, config: ColorConfig) -> keras.Model:
    """The same network without weight standardization, for export: the standardized kernels are baked in.

    Built under the current dtype policy, so call it once for each precision.
    """
    plain = build_color_model(ColorConfig.from_dict({**config.to_dict(), "standardize": False, "dropout": 0.0}))
    for layer in plain.layers:
        source = model.get_layer(layer.name)
        if hasattr(source, "standardized"):
            layer.set_weights([ops.convert_to_numpy(source.standardized()), ops.convert_to_numpy(source.bias)])
        elif source.weights:
            layer.set_weights(source.get_weights())
    return plain
