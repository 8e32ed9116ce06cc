#!/usr/bin/env bash
# Guessed:  white in Y'CbCr of limited range (luma 235, 940 or 60160) becomes full white in RGB of any depth.
# Happens:  in RGB of 8 bits it is 255; with more bits swscale shifts what belongs to 8: 1020 of 1023, 4080 of 4095,
#           65283 of 65535, whatever the depth of the source. Everything else is darker by the same 255/256. A DPX or
#           OpenEXR written so has no white, and a mask or a grade that looks for full code values finds none.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 28 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

get() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  "venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())'
}

seen=
for ffmpeg in "$(get 0.6.0)" "$(get 0.8.1)"; do
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  for source in 'yuv444p 235 128' 'yuv444p10le 940 512' 'yuv444p16le 60160 32768'; do
    read -r format luma chroma <<< "$source"
    white="color=black:s=16x16:d=0.04,format=$format,geq=lum=$luma:cb=$chroma:cr=$chroma"
    for rgb in gbrp gbrp10le gbrp12le gbrp16le; do
      "$ffmpeg" -v error -nostdin -y -f lavfi -i "$white,format=$rgb" -frames:v 1 -f rawvideo white.raw
      size=$([ "$rgb" = gbrp ] && echo 1 || echo 2)
      seen+="$(od -An "-tu$size" "-N$size" white.raw | tr -d ' ') "
    done
    seen+='; '
  done
done
echo "White in RGB of 8, 10, 12 and 16 bits, from 8, 10 and 16 bits: $seen"
once='255 1020 4080 65283 ; '
[ "$seen" = "$once$once$once$once$once$once" ]
