#!/usr/bin/env bash
# Guessed:  FFV1 gives back every sample that it was given, in slices of its encoder's own choice as in one.
# Happens:  where a side is no multiple of the samples that one of color stands for, the last column or row of color may
#           lie in no slice and come back as something else, on exit code 0 and with good checksums: in 7.0.2 for 4:2:0
#           and 4:2:2 as well, in 9.0.2 for 4:1:1 and 4:1:0. Newer versions refuse some numbers of slices for it.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 30 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

md5() { "$@" -f md5 - | cut -d= -f2; }
# What becomes of a picture of a size and format.
kept() {
  local ffmpeg=$1 size=$2 format=$3 drawn
  drawn=(-v error -nostdin -y -f lavfi -i testsrc2=s=800x640 -frames:v 1
    -vf "format=yuv444p,crop=${size/x/:}:0:0:exact=1,format=$format")
  "$ffmpeg" "${drawn[@]}" -c:v ffv1 -level 3 -slicecrc 1 one.mkv
  [ "$(md5 "$ffmpeg" "${drawn[@]}")" = "$(md5 "$ffmpeg" -v error -nostdin -i one.mkv)" ] && echo kept || echo changed
}
try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  echo "$("$ffmpeg" -version | head -1 | cut -d' ' -f1-3):" \
    "640x360 yuv420p $(kept "$ffmpeg" 640x360 yuv420p), 639x359 yuv420p $(kept "$ffmpeg" 639x359 yuv420p)," \
    "637x357 yuv411p $(kept "$ffmpeg" 637x357 yuv411p)"
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
grep -q '^ffmpeg version 7.*: 640x360 yuv420p kept, 639x359 yuv420p changed, 637x357 yuv411p changed$' <<<"$seen"
grep -q '^ffmpeg version n9.*: 640x360 yuv420p kept, 639x359 yuv420p kept, 637x357 yuv411p changed$' <<<"$seen"
