#!/usr/bin/env bash
# Guessed:  a stream copy of ALAC from Matroska to MP4 keeps every packet: both hold ALAC, and nothing is decoded.
# Happens:  of a Matroska file that ffmpeg 7.0.2 has written, 7.0.2 and 9.0.2 alike copy one packet less: up to 4096
#           samples of sound are gone at the end, on exit code 0. The packets there have no length, and the last one has
#           no follower to tell it by; giving it one keeps it (-bsf:a setts=duration=...). Matroska files that 9.0.2 has
#           written lose nothing.
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
packets() { "$1" -v error -i "$2" -map 0:a -c copy -f framecrc - | grep -vc '^#'; }

older=$(get 0.6.0)
newer=$(get 0.8.1)
"$older" -version | head -1 | cut -d' ' -f1-3
"$newer" -version | head -1 | cut -d' ' -f1-3
seen=
for maker in "$older" "$newer"; do
  "$maker" -v error -nostdin -y -f lavfi -i sine=r=48000:d=1 -c:a alac film.mkv
  for copier in "$older" "$newer"; do
    "$copier" -v error -nostdin -y -i film.mkv -c copy film.mp4
    "$copier" -v error -nostdin -y -i film.mkv -c copy \
      -bsf:a 'setts=pts=PTS:dts=DTS:duration=if(gt(DURATION\,0)\,DURATION\,85)' timed.mp4
    seen+="$(packets "$newer" film.mkv) > $(packets "$newer" film.mp4), $(packets "$newer" timed.mp4); "
  done
done
echo "Packets in Matroska > in MP4, in MP4 with lengths: $seen"
[ "$seen" = '12 > 11, 12; 12 > 11, 12; 12 > 12, 12; 12 > 12, 12; ' ]
