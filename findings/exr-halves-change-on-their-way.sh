#!/usr/bin/env bash
# Guessed:  an OpenEXR picture of half floats that is decoded and encoded as half floats again has the same samples: a
#           float holds every half.
# Happens:  ffmpeg 9 decodes halves to halves, which its encoder does not take; the conversion to floats in between
#           goes by whole numbers of 16 bits, so that dark samples are other ones. Exit code 0, no warning.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 1 December 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Writes a dark ramp as halves without compression, then the same once more from that file.
try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  local halves=(-frames:v 1 -c:v exr -format half -compression none -update 1)
  "$ffmpeg" -v error -nostdin -y -f lavfi -i "color=s=64x64:r=25,format=gbrpf32le,geq=r=X/65536:g=Y/65536:b=X/64" \
    -vf settb=1/25,setpts=N,fps=25 "${halves[@]}" one.exr
  "$ffmpeg" -v error -nostdin -y -i one.exr -vf settb=1/25,setpts=N,fps=25 "${halves[@]}" two.exr
  local same=changed
  cmp -s one.exr two.exr && same=kept
  echo "$("$ffmpeg" -version | head -1 | cut -d' ' -f1-3): samples $same"
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
grep -q 'version 7.0.2.*kept' <<<"$seen" && grep -q 'version n9.*changed' <<<"$seen"
