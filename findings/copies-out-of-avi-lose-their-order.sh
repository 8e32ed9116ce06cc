#!/usr/bin/env bash
# Guessed:  a stream copy of pictures with B-frames from AVI to MP4 shows each when the AVI does, or fails: AVI stores
#           no time to show a picture at, and Matroska refuses such a copy for that.
# Happens:  MP4 takes the order of storing for that of showing, on exit code 0. The copy's pictures come at uneven times
#           (the first one twice as long), and the last one before others.
# Versions: ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) and 9.0.2 (imageio-ffmpeg 0.8.1) from PyPI, 1 December 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

get() {
  python3 -m venv "venv$1"
  "venv$1/bin/pip" install --quiet --disable-pip-version-check "imageio-ffmpeg==$1"
  "venv$1/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())'
}
# When the decoded pictures are shown, in frames of 40 ms.
shown() {
  "$1" -hide_banner -nostdin -copyts -i "$2" -fps_mode passthrough -vf settb=1/25,showinfo -f null - 2>&1 |
    sed -n 's/.* pts: *\([0-9]*\) .*/\1/p' | tr '\n' ' '
}

seen=
for ffmpeg in "$(get 0.6.0)" "$(get 0.8.1)"; do
  "$ffmpeg" -version | head -1 | cut -d' ' -f1-3
  "$ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=320x240:r=25 -frames:v 13 -c:v mpeg4 -bf 2 -g 12 film.avi
  "$ffmpeg" -v fatal -nostdin -y -i film.avi -c copy film.mp4
  "$ffmpeg" -v fatal -nostdin -y -i film.avi -c copy film.mkv && matroska=takes || matroska=refuses
  seen+="AVI: $(shown "$ffmpeg" film.avi)MP4: $(shown "$ffmpeg" film.mp4)Matroska $matroska; "
done
echo "$seen"
once='AVI: 1 2 3 4 5 6 7 8 9 10 11 12 13 MP4: 0 2 3 4 5 6 7 8 9 10 11 12 10 Matroska refuses; '
[ "$seen" = "$once$once" ]
