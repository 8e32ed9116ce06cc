#!/usr/bin/env bash
# Guessed:  x265's interlace=tff marks a stream of whole frames as interlaced, top field first, as x264's tff=1 does.
# Happens:  every frame of full height is marked as a single field, in turns top and bottom (ffmpeg's own reader shows
#           it), while the stream as a whole is read as progressive. A film of whole frames with fields in them has no
#           true mark that way.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 28 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=128x96:r=25 -frames:v 6 -vf format=yuv420p,setfield=tff \
    -c:v libx265 -x265-params log-level=none:interlace=tff -f hevc fields.hevc
  local marks
  marks=$("$ffmpeg" -hide_banner -i fields.hevc -vf showinfo -f null - 2>&1 |
    grep -oE ' s:[0-9x]+ i:[A-Z]' | tr -d '\n')
  echo "$("$ffmpeg" -version | cut -d' ' -f1-3 | head -1):$marks"
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
[ "$(grep -c ' s:128x96 i:T s:128x96 i:B s:128x96 i:T s:128x96 i:B s:128x96 i:T s:128x96 i:B$' <<<"$seen")" = 2 ]
