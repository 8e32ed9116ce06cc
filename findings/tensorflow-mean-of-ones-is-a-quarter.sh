#!/usr/bin/env bash
# Guessed:  the mean over height and width of a picture of ones in bfloat16 is 1: at worst some digits are lost.
# Happens:  in 2.15.1 it is 0.25 of 32 x 32 places with two channels and 0.0625 of 64 x 64, while one channel, the
#           sum, the mean of everything at once and average pooling are right. A network that looks at the whole
#           picture by it sees nearly nothing, at some sizes only. 2.21.0 is right.
# Versions: tensorflow-cpu 2.15.1 and 2.21.0 from PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export TF_CPP_MIN_LOG_LEVEL=3

for version in 2.15.1 2.21.0; do
  python3 -m venv "venv$version"
  "venv$version/bin/pip" install --quiet --disable-pip-version-check "tensorflow-cpu==$version"
  "venv$version/bin/python" - 2>/dev/null <<'PYTHON'
import tensorflow as tf

for side, channels in ((16, 2), (32, 1), (32, 2), (64, 2), (64, 8)):
    ones = tf.ones((1, side, side, channels), tf.bfloat16)
    mean = float(tf.reduce_mean(ones, (1, 2))[0, 0])
    pooled = float(tf.nn.avg_pool2d(ones, side, side, "VALID")[0, 0, 0, 0])
    print(f"{tf.__version__}: {side} x {side} x {channels} has the mean {mean:g}, pooled {pooled:g}")
PYTHON
done | tee seen.txt
diff seen.txt - <<'WANTED'
2.15.1: 16 x 16 x 2 has the mean 1, pooled 1
2.15.1: 32 x 32 x 1 has the mean 1, pooled 1
2.15.1: 32 x 32 x 2 has the mean 0.25, pooled 1
2.15.1: 64 x 64 x 2 has the mean 0.0625, pooled 1
2.15.1: 64 x 64 x 8 has the mean 0.25, pooled 1
2.21.0: 16 x 16 x 2 has the mean 1, pooled 1
2.21.0: 32 x 32 x 1 has the mean 1, pooled 1
2.21.0: 32 x 32 x 2 has the mean 1, pooled 1
2.21.0: 64 x 64 x 2 has the mean 1, pooled 1
2.21.0: 64 x 64 x 8 has the mean 1, pooled 1
WANTED
