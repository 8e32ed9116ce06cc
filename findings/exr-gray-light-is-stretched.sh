#!/usr/bin/env bash
# Guessed:  an OpenEXR picture of one channel, Y, becomes gray of 16 bits as one of R, G and B becomes RGB of 16 bits:
#           0 stays 0, 1 becomes 65535, and half of the light half of that.
# Happens:  ffmpeg takes the gray samples for video of limited range and stretches them: all below 16 / 255 is black,
#           all above 235 / 255 white. RGB comes out as it is. `in_range=full` on the scale filter ends it in 7.0.2,
#           and does nothing in 9.0.2.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0), 9.0.2 (imageio-ffmpeg 0.8.1), OpenEXR 3.5.3 and NumPy 2.4.6 from
#           PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

get() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1" OpenEXR==3.5.3 numpy==2.4.6
  "venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())'
}
# Light of 0, 0.0625, 0.5, 0.9375 and 1, sixteen samples of each.
draw='
import numpy, OpenEXR
light = numpy.repeat(numpy.float32([0, 0.0625, 0.5, 0.9375, 1]), 16)[None].repeat(16, 0)
for name, channels in (("gray", {"Y": light}), ("rgb", {"RGB": light[..., None].repeat(3, 2).copy()})):
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    OpenEXR.File(header, channels).write(f"{name}.exr")'
# In 255ths, as nobody cares for the last of 16 bits.
levels() {
  "$1" -v error -nostdin -i "$2" -vf "$3" -frames:v 1 -f rawvideo -pix_fmt "$4" - | "$python" -c '
import sys, numpy
step = 16 * (3 if sys.argv[1] == "rgb48le" else 1)
print(*(round(v / 257) for v in numpy.frombuffer(sys.stdin.buffer.read(), "<u2")[: 5 * step : step]))' "$4"
}

seen=
for version in 0.6.0 0.8.1; do
  ffmpeg=$(get "$version")
  python="venv$version/bin/python"
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  "$python" -c "$draw"
  seen+="RGB $(levels "$ffmpeg" rgb.exr null rgb48le), gray $(levels "$ffmpeg" gray.exr null gray16le), "
  seen+="told full $(levels "$ffmpeg" gray.exr scale=in_range=full:out_range=full gray16le); "
done
echo "$seen"
test "$seen" = "RGB 0 16 127 239 255, gray 0 0 130 255 255, told full 0 16 128 239 255; \
RGB 0 16 127 239 255, gray 0 0 130 255 255, told full 0 0 130 255 255; "
