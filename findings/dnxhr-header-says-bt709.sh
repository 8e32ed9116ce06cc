#!/usr/bin/env bash
# Guessed:  ffmpeg's DNxHR encoder writes the matrix that it is told (-colorspace smpte170m) into the stream, whose
#           header has room for one.
# Happens:  the header says BT.709 whatever it is told, bare and in QuickTime. Chroma of a BT.601 film written as it is
#           looks wrong to every reader that believes the stream; it has to be converted to BT.709.
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
  for target in bare.dnxhd film.mov; do
    "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=720x576:r=25:d=0.2 -vf format=yuv422p \
      -c:v dnxhd -profile:v dnxhr_hq -colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m "$target"
    local said
    said=$("$ffmpeg" -hide_banner -i "$target" -vf showinfo -f null - 2>&1 | grep -o 'color_space:[a-z0-9]*' | sort -u)
    echo "$("$ffmpeg" -version | cut -d' ' -f1-3 | head -1), $target: $said"
  done
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
[ "$(grep -c 'color_space:bt709$' <<<"$seen")" = 4 ]
