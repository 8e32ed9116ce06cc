#!/usr/bin/env bash
# Guessed:  ffmpeg's xfade with transition=dissolve makes a dissolve: every pixel a mixture of both pictures.
# Happens:  no pixel is a mixture. Each is the one or the other, drawn at random, more of the second as time goes on;
#           the mixture is called transition=fade. Tests of dissolve detection that use "dissolve" try a noisy wipe.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0 from PyPI), 28 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check imageio-ffmpeg==0.6.0
ffmpeg=$(venv/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
"$ffmpeg" -version | head -1

# A black and a white film, a second of transition; the picture in the middle of it as gray samples.
middle() {
  "$ffmpeg" -v error -nostdin -f lavfi -i color=black:s=64x64:r=24:d=2 -f lavfi -i color=white:s=64x64:r=24:d=2 \
    -filter_complex "[0]format=gray,settb=1/24[a];[1]format=gray,settb=1/24[b];
      [a][b]xfade=transition=$1:duration=1:offset=0.5,select=eq(n\,24)" \
    -frames:v 1 -f rawvideo -pix_fmt gray "$1.raw"
  venv/bin/python - "$1" <<'P'
import sys
data = open(sys.argv[1] + ".raw", "rb").read()
between = sum(40 < value < 215 for value in data)
print(f"{sys.argv[1]}: {between} of {len(data)} pixels lie between black and white")
P
}
seen=$(middle dissolve; middle fade)
echo "$seen"
grep -q '^dissolve: 0 of 4096' <<<"$seen" && grep -q '^fade: 4096 of 4096' <<<"$seen"
