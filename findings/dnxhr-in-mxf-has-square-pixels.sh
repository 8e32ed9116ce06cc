#!/usr/bin/env bash
# Guessed:  MXF keeps the sample aspect ratio of DNxHR as MOV and Matroska do: its descriptor has a field for it.
# Happens:  read back, DNxHR in MXF has square pixels (1:1). MPEG-2 in the same container keeps its 64:45.
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
ratio() { { "$1" -hide_banner -nostdin -i "$2" 2>&1 || true; } | sed -n 's/.*Video:.*SAR \([0-9]*:[0-9]*\).*/\1/p'; }

seen=
for ffmpeg in "$(get 0.6.0)" "$(get 0.8.1)"; do
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  picture=(-f lavfi -i testsrc2=s=720x576:r=25:d=0.4 -vf 'setsar=64/45,format=yuv422p')
  for name in hr.mov hr.mkv hr.mxf; do
    "$ffmpeg" -v error -nostdin -y "${picture[@]}" -c:v dnxhd -profile:v dnxhr_hq "$name"
    seen+="$name $(ratio "$ffmpeg" "$name"), "
  done
  "$ffmpeg" -v error -nostdin -y "${picture[@]}" -c:v mpeg2video -q:v 2 mpeg2.mxf
  seen+="mpeg2.mxf $(ratio "$ffmpeg" mpeg2.mxf); "
done
echo "Sample aspect ratio read back: $seen"
once='hr.mov 64:45, hr.mkv 64:45, hr.mxf 1:1, mpeg2.mxf 64:45; '
[ "$seen" = "$once$once" ]
