#!/usr/bin/env bash
# Guessed:  with -copyts, a part of a film that is sought by -ss and moved to zero by -itsoffset has the part's sound,
#           encoded or copied.
# Happens:  a copy is in its place, but sound that is decoded loses as much at its beginning as lies before the part:
#           the seek's own trimming goes by the times before they were moved. Of seconds 1 to 5 three are left, of 4 to
#           6 none, on exit code 0. With -noaccurate_seek all of it is there, and can be trimmed by a filter.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 30 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Seconds of sound in a part of the film, to a tenth.
part() {
  local ffmpeg=$1 from=$2 seconds=$3 codec=$4
  shift 4
  "$ffmpeg" -v error -nostdin -y -copyts "$@" -seek_timestamp 1 -ss "$from" -itsoffset "-$from" -i film.mov \
    -map 0:a -c:a "$codec" -t "$seconds" -f mov part.mov
  { "$ffmpeg" -v quiet -nostdin -i part.mov -f s16le -ac 1 -ar 48000 - || true; } | wc -c |
    awk '{ printf "%.1f", $1 / 96000 }'
}
try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=64x48:r=25:d=10 -f lavfi -i sine=f=440:r=48000:d=10 \
    -c:v mpeg4 -c:a pcm_s16le film.mov
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  echo "  copied:  $(part "$ffmpeg" 1 4 copy) of 4 s, $(part "$ffmpeg" 4 2 copy) of 2 s"
  echo "  encoded: $(part "$ffmpeg" 1 4 aac) of 4 s, $(part "$ffmpeg" 4 2 aac) of 2 s"
  echo "  encoded, -noaccurate_seek: $(part "$ffmpeg" 1 4 aac -noaccurate_seek) of 4 s"
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
[ "$(grep -cE ' copied: *4\.[01] of 4 s, 2\.[0-2] of 2 s' <<<"$seen")" = 2 ]
[ "$(grep -cE ' encoded: *3\.[01] of 4 s, 0\.0 of 2 s' <<<"$seen")" = 2 ]
[ "$(grep -cE ' encoded, .*: [45]\.[0-9] of 4 s' <<<"$seen")" = 2 ]
