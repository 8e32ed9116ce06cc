#!/usr/bin/env bash
# Guessed:  ffmpeg's scale filter takes `out_color_matrix=auto`, which its help lists as the first of the values.
# Happens:  it refuses that as out of range, and the whole command with it, while `in_color_matrix=auto` is taken and
#           leaving the option out does what 'auto' says. Debian's 5.1, where the option was a text, took it.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 30 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg way
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  "$ffmpeg" -hide_banner -h filter=scale | grep -A1 'out_color_matrix' | tail -1 | tr -s ' '
  for way in ':out_color_matrix=auto' ':in_color_matrix=auto' ''; do
    "$ffmpeg" -v error -nostdin -f lavfi -i testsrc2=s=64x48 -vf "scale=32:24$way" -frames:v 1 -f null - 2>error &&
      echo "scale=32:24$way is taken" || echo "scale=32:24$way: $(grep -o 'Value .* out of range' error)"
  done
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
[ "$(grep -c '^ auto -1 ' <<<"$seen")" = 2 ]
[ "$(grep -c "out_color_matrix=auto: Value -1.000000 for parameter 'out_color_matrix' out of range" <<<"$seen")" = 2 ]
[ "$(grep -c ' is taken$' <<<"$seen")" = 4 ]
