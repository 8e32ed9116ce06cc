#!/usr/bin/env bash
# Guessed:  with `-loglevel level+info` every line of ffmpeg's log bears its level, so that a line without one goes on
#           with a message that was cut in two.
# Happens:  a tag of several lines is printed with the level before its first line alone; the others stand as they are
#           in the file, behind an indent and a colon, and may read like any line of ffmpeg's own.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 30 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  "$ffmpeg" -v error -nostdin -y -f lavfi -i color=s=64x48:d=0.2 \
    -metadata comment=$'reel one\nreel two' -c:v ffv1 reel.mkv
  echo "$("$ffmpeg" -version | head -1 | cut -d' ' -f1-3):" \
    "$("$ffmpeg" -hide_banner -nostdin -v level+info -i reel.mkv 2>&1 | grep 'reel \(one\|two\)' |
      tr -s ' ' | paste -sd'|')"
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
[ "$(grep -c '\[info\] COMMENT : reel one| : reel two$' <<<"$seen")" = 2 ]
