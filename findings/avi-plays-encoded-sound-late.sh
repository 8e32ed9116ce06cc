#!/usr/bin/env bash
# Guessed:  sound that is encoded into AVI is heard when the same sound in MP4 or Matroska is: the encoder's delay is
#           known to the muxer, and AVI could start the stream earlier or leave the delay out.
# Happens:  a click at one second is heard one encoder delay later: MP3 23 ms, AAC 21 ms, AC-3 5 ms; PCM is in time.
#           In MP4 all are in time.
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
# The click's time on the file's own clock, whose pictures begin at zero; in tenths of a millisecond.
heard() {
  "$1" -hide_banner -nostdin -copyts -i "$2" -map 0:a -af silencedetect=n=0.1:d=0.3 -f null - 2>&1 |
    sed -n 's/.*silence_end: \([0-9.]*\).*/\1/p' | head -1 | awk '{ printf "%d", $1 * 10000 }'
}

seen=
for ffmpeg in "$(get 0.6.0)" "$(get 0.8.1)"; do
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  for sound in libmp3lame aac ac3 pcm_s16le; do
    for container in avi mp4; do
      [ "$sound $container" != 'pcm_s16le mp4' ] || continue
      "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=64x64:r=25:d=2 \
        -f lavfi -i "aevalsrc=between(t\,1\,1.02)*0.9*sin(t*6000):s=48000:d=2" \
        -c:v mpeg4 -c:a "$sound" -b:a 192k "film.$container"
      late=$(($(heard "$ffmpeg" "film.$container") - 10000))
      seen+="$sound $container $late, "
    done
  done
  seen+='; '
done
echo "A click is late by (tenths of a millisecond): $seen"
once='libmp3lame avi 230, libmp3lame mp4 0, aac avi 213, aac mp4 0, ac3 avi 53, ac3 mp4 0, pcm_s16le avi 0, ; '
[ "$seen" = "$once$once" ]
