"""The source's consistency model: recolors a frame, given its own coloring and the binned coloring of its predecessor.

A small U-Net at the chroma's size. It sees the frame's luma, the color model's coloring of it, and, as bins, the
coloring of the frame before; at run time its own output is the next frame's predecessor. Nothing tells it how things
moved: it reads the predecessor's colors where they lie, as the source does.
"""

from __future__ import annotations

import keras
from keras import layers

from colornn.color import BINS
from colornn.colormodel.layers import SplitBins, Upsample2x, conv

WIDTHS = (32, 48, 64)


def build_consistency_model(widths: tuple[int, int, int] = WIDTHS) -> keras.Model:
    """The network under the current dtype policy. H and W are multiples of 16.

    In: luma (n, H, W, 1), 0..1; own (n, H/2, W/2, 2), the color model's U and V; before (n, H/2, W/2, 2, 30), the
    predecessor's bins, one-hot. Out: logits (n, H/2, W/2, 2, 30), float32.
    """
    luma = keras.Input((None, None, 1), name="luma", dtype="float32")
    own = keras.Input((None, None, 2), name="own", dtype="float32")
    before = keras.Input((None, None, 2, BINS), name="before", dtype="float32")
    w2, w4, w8 = widths

    seen = conv(16, 3, "luma_conv", standardize=True)(layers.Rescaling(4.0, -1.8, name="luma_scale")(luma))
    seen = layers.MaxPooling2D(2, name="luma_pool")(seen)
    bins = _JoinBins(name="before_bins")(before)
    previous = conv(w2, 1, "before_embed", standardize=False, relu=False)(bins)
    colored = layers.Rescaling(8.0, name="own_scale")(own)
    x = layers.Concatenate(name="all")([seen, colored, previous])

    a2 = conv(w2, 3, "down2", standardize=True)(x)
    a4 = conv(w4, 3, "down4", standardize=True)(layers.MaxPooling2D(2, name="pool2")(a2))
    a8 = conv(w8, 3, "down8", standardize=True)(layers.MaxPooling2D(2, name="pool4")(a4))
    a8 = layers.Add(name="deep_add")([a8, conv(w8, 3, "deep", standardize=True, dilation=2)(a8)])
    b4 = Upsample2x(name="up4")(conv(w4, 1, "narrow4", standardize=False, relu=False)(a8))
    b4 = conv(w4, 3, "conv4", standardize=True)(layers.Add(name="add4")([b4, a4]))
    b2 = Upsample2x(name="up2")(conv(w2, 1, "narrow2", standardize=False, relu=False)(b4))
    b2 = conv(w2, 3, "conv2", standardize=True)(layers.Add(name="add2")([b2, a2]))

    faint = keras.initializers.RandomNormal(stddev=0.01)
    changed = layers.Conv2D(2 * BINS, 1, name="logits", kernel_initializer=faint)(b2)
    # A convolution that starts as "the same bin as before" spares the network learning what a predecessor is.
    kept = layers.Conv2D(2 * BINS, 1, name="keep", kernel_initializer=_same_bin)(bins)
    logits = SplitBins(name="bins", dtype="float32")(layers.Add(name="sum")([changed, kept]))
    return keras.Model([luma, own, before], logits, name="consistency_model")


def _same_bin(shape: tuple, dtype: str | None = None):
    return 5.0 * keras.ops.reshape(keras.ops.eye(shape[-1], dtype=dtype), shape)


@keras.saving.register_keras_serializable("colornn")
class _JoinBins(layers.Layer):
    """(n, h, w, 2, 30) -> (n, h, w, 60)."""

    def call(self, x):
        n, h, w, _, _ = keras.ops.shape(x)
        return keras.ops.reshape(x, (n, h, w, 2 * BINS))

    def compute_output_shape(self, shape: tuple) -> tuple:
        return (*shape[:3], 2 * BINS)
