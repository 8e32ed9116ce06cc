#!/usr/bin/env bash
# Guessed:  scale=out_color_matrix=bt709 makes the same luma of RGB whichever pixel format of full range it goes to.
# Happens:  with 7.0.2 pictures called yuvj420p or yuvj444p, as the encoder of JPEG wants them, come out in another
#           matrix; by way of yuv444p of full range they come out in BT.709. 9.0.2 knows no such difference.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 30 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

seen=
for version in 0.6.0 0.8.1; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$version"
  ffmpeg=$("venv-$version/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  "$ffmpeg" -nostdin -v error -y -f lavfi -i testsrc2=s=96x64 -frames:v 1 -pix_fmt bgr0 -c:v ffv1 rgb.mkv
  luma=()
  for format in format=yuvj420p format=yuv444p,format=yuvj420p; do
    "$ffmpeg" -nostdin -v error -y -i rgb.mkv -vf "scale=out_color_matrix=bt709:out_range=full,$format" -f rawvideo raw
    luma+=("$(head -c 6144 raw | md5sum)")
  done
  [ "${luma[0]}" = "${luma[1]}" ] && seen+='same; ' || seen+='another; '
done
echo "7.0.2, then 9.0.2: $seen"
[ "$seen" = 'another; same; ' ]
