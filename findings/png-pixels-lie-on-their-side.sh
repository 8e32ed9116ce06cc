#!/usr/bin/env bash
# Guessed:  the shape of a picture's pixels stands in PNG's pHYs chunk as the format has it: how many there are to a
#           unit of length, across and down. Pixels twice as wide as high are half as many across: 1 to 2.
# Happens:  ffmpeg writes the numbers of the sample aspect ratio as they are, 2 to 1, and reads them so as well. Its own
#           pictures come back right; programs that go by the format show them four times too narrow, and ffmpeg shows
#           theirs four times too wide.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0), 9.0.2 (imageio-ffmpeg 0.8.1) and Pillow 11.3.0 from PyPI,
#           29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

get() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1" pillow==11.3.0
  "venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())'
}
ratio() { { "$1" -hide_banner -nostdin -i "$2" 2>&1 || true; } | sed -n 's/.*Video:.*SAR \([0-9]*:[0-9]*\).*/\1/p'; }
# The numbers of the chunk itself: pixels to a unit, across and down.
to_a_unit() {
  "$1" -c '
import struct, sys
data = open(sys.argv[1], "rb").read()
at = data.index(b"pHYs")
print("%d:%d" % struct.unpack(">II", data[at + 4 : at + 12]))' "$2"
}

seen=
for version in 0.6.0 0.8.1; do
  ffmpeg=$(get "$version")
  python="venv$version/bin/python"
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=64x64 -vf setsar=2 -frames:v 1 wide.png
  # As Pillow writes it: 50 dots to the inch across, 100 down.
  "$python" -c 'from PIL import Image; Image.new("L", (64, 64)).save("fifty.png", dpi=(50, 100))'
  seen+="2:1 is written as $(to_a_unit "$python" wide.png), 50 to 100 dpi are read as $(ratio "$ffmpeg" fifty.png); "
done
echo "$seen"
once='2:1 is written as 2:1, 50 to 100 dpi are read as 1969:3937; '
[ "$seen" = "$once$once" ]
