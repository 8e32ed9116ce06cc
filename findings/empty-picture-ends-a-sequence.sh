#!/usr/bin/env bash
# Guessed:  a picture of zero bytes in a numbered sequence is an error, or is passed over with a complaint.
# Happens:  ffmpeg's image2 reader takes it for the end of the sequence. What lies behind it is not read, and the exit
#           code is 0. A scanner that ran out of disk for one frame so shortens the whole reel.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0 from PyPI), 28 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check imageio-ffmpeg==0.6.0
ffmpeg=$(venv/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
"$ffmpeg" -version | head -1

"$ffmpeg" -v error -nostdin -f lavfi -i testsrc2=s=64x48:r=24:d=1 -frames:v 10 -vf format=gray16le \
  -c:v tiff scan_%04d.tif
: > scan_0006.tif
set +e
"$ffmpeg" -v warning -nostdin -f image2 -start_number 1 -i scan_%04d.tif -f framemd5 frames.txt 2> said.txt
code=$?
set -e
count=$(grep -vc '^#' frames.txt)
echo "10 pictures, the sixth of zero bytes: $count frames read, exit code $code"
[ "$count" = 5 ] && [ "$code" = 0 ]
