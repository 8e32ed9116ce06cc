#!/usr/bin/env bash
# Guessed:  every decoded picture bears the range of the sequence header that it was coded under, so that in a recording
#           whose range changes from limited to full the pictures before the change are called limited.
# Happens:  the pictures that the H.264 decoder still holds back for their order of showing bear the range of the next
#           header already: here two of three limited ones are called full. 7.0.2 keeps their samples and writes one
#           range for all; 9.0.2 converts by each picture's range, and makes gray of 126 one of 124 in pictures that
#           were right.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# The range that ffmpeg calls each picture's, with its mean luma.
pictures() {
  "$1" -nostdin -v info -i "$2" -vf showinfo -f null - 2>&1 |
    sed -n 's/.*mean:\[\([0-9]*\) .*/\1/p; s/.*color_range:\([a-z]*\) .*/\1/p' | paste -sd ' '
}
try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  for range in tv pc; do
    "$ffmpeg" -v error -nostdin -y -f lavfi -i color=gray:s=64x48:r=25:d=0.12 \
      -vf "scale=out_range=$range,format=yuv420p,setparams=range=$range" -c:v libx264 "$range.h264"
  done
  cat tv.h264 pc.h264 > both.h264
  "$ffmpeg" -v error -nostdin -y -i both.h264 -c:v libx264 -qp 0 copy.mkv
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  echo "  before, alone: $(pictures "$ffmpeg" tv.h264)"
  echo "  joined:        $(pictures "$ffmpeg" both.h264)"
  echo "  lossless copy: $(pictures "$ffmpeg" copy.mkv | sed 's/ [a-z][a-z]*//g')"
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
grep -q 'joined: *126 unknown 126 pc 126 pc 128 pc' <<<"$seen" && grep -q 'copy: *126 124 124' <<<"$seen"
