#!/usr/bin/env bash
# Guessed:  -color_range pc behind raw full-range samples tags the output and leaves the samples alone, as ffmpeg 5 and
#           7 do.
# Happens:  ffmpeg 9 takes the raw input for limited range and converts every sample, so that a lossless FFV1 is not
#           what went in; exit code 0, no warning.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 28 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 16 + bytes([128]) * 2048)' > raw.yuv

# Writes one 64 x 64 picture of all 256 levels as FFV1 marked as full range, and compares what comes back.
try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  "$ffmpeg" -v error -nostdin -y -f rawvideo -pix_fmt yuv420p -s 64x64 -i raw.yuv \
    -c:v ffv1 -level 3 -color_range pc out.mkv
  "$ffmpeg" -v error -nostdin -y -i out.mkv -f rawvideo back.yuv
  local same=changed
  cmp -s raw.yuv back.yuv && same=kept
  echo "$("$ffmpeg" -version | head -1 | cut -d' ' -f1-3): samples $same"
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
grep -q 'version 7.0.2.*kept' <<<"$seen" && grep -q 'version n9.*changed' <<<"$seen"
