#!/usr/bin/env bash
# Guessed:  a scale filter that has nothing to do passes on pictures of any matrix as they are, as 5.1 and 6.0 do.
# Happens:  films marked as BT.2020 of constant luminance, ICtCp or YCgCo can not be decoded through it any more, also
#           where neither size nor format changes: "Impossible to convert between the formats supported by the filter".
#           Called 'unknown' by setparams before it, they come through unchanged.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 30 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

try() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  local ffmpeg matrix
  ffmpeg=$("venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  hash() { "$ffmpeg" -v error -nostdin -i film.mkv "$@" -f md5 - 2>error || tail -1 error; }
  for matrix in bt709 bt2020c ictcp ycgco; do
    "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=64x48:d=0.2 \
      -vf "format=yuv444p,setparams=colorspace=$matrix" -colorspace "$matrix" -c:v ffv1 film.mkv
    [ "$(hash -vf scale=iw:ih)" = "$(hash)" ] && echo "$matrix: scale=iw:ih passes it on" ||
      echo "$matrix: scale=iw:ih refuses it"
    [ "$(hash -vf setparams=colorspace=unknown,scale=iw:ih)" = "$(hash)" ] && echo "$matrix, unnamed: passed on"
  done
}
seen=$(try 0.6.0; try 0.8.1)
echo "$seen"
[ "$(grep -c '^bt709: scale=iw:ih passes it on$' <<<"$seen")" = 2 ]
[ "$(grep -c ': scale=iw:ih refuses it$' <<<"$seen")" = 6 ]
[ "$(grep -c ', unnamed: passed on$' <<<"$seen")" = 8 ]
