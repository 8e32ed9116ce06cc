#!/usr/bin/env bash
# Guessed:  cv2.VideoCapture.set(CAP_PROP_POS_FRAMES, 0) goes back to the frame that the first read() gave, and to n
#           gives the one that n reads pass over.
# Happens:  so it is in mp4 and mkv. In a transport stream it lands on the second group of pictures, and the first
#           can't be reached again but by opening the film anew; in a program stream it lands three and more frames
#           too early, and the count of frames is too low. No call says that it has failed.
# Versions: opencv-python-headless 5.0.0.93, NumPy 2.4.6, and ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) to draw with, from
#           PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  opencv-python-headless==5.0.0.93 numpy==2.4.6 imageio-ffmpeg==0.6.0
venv/bin/python - 2>/dev/null <<'PYTHON' | tee seen.txt
import subprocess

import cv2
import imageio_ffmpeg
import numpy as np

COUNT = 100
# Every picture tells its number by eight bars, a bit each.
pictures = np.full((COUNT, 64, 64), 30, np.uint8)
for n in range(COUNT):
    for bit in range(8):
        if n >> bit & 1:
            pictures[n, :, 8 * bit : 8 * bit + 8] = 220


def number(picture):
    return sum(1 << bit for bit in range(8) if picture[20:44, 8 * bit + 2 : 8 * bit + 6].mean() > 125)


print("OpenCV", cv2.__version__)
mpeg2 = ["-c:v", "mpeg2video", "-g", "15", "-bf", "2", "-q:v", "2"]
h264 = ["-c:v", "libx264", "-g", "30", "-bf", "3"]
films = {"h264.mp4": h264, "h264.mkv": h264, "h264.ts": h264, "mpeg2.ts": mpeg2, "mpeg2.mpg": mpeg2}
for name, codec in films.items():
    draw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "64x64", "-i", "-", "-pix_fmt", "yuv420p", *codec, name]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *draw], input=pictures.tobytes(), check=True)
    film = cv2.VideoCapture(name)
    read = [number(film.read()[1]) for _ in range(COUNT)]
    assert read == list(range(COUNT)), "one after another they are all there"
    film = cv2.VideoCapture(name)
    found = []
    for wanted in (0, 47, 90):
        film.set(cv2.CAP_PROP_POS_FRAMES, wanted)
        found.append(number(film.read()[1]))
    print(f"{name}: {film.get(cv2.CAP_PROP_FRAME_COUNT):.0f} frames; asked for 0, 47, 90, gives", *found)
PYTHON
diff <(tail -n +2 seen.txt) - <<'WANTED'
h264.mp4: 100 frames; asked for 0, 47, 90, gives 0 47 90
h264.mkv: 100 frames; asked for 0, 47, 90, gives 0 47 90
h264.ts: 100 frames; asked for 0, 47, 90, gives 16 47 90
mpeg2.ts: 100 frames; asked for 0, 47, 90, gives 15 47 90
mpeg2.mpg: 77 frames; asked for 0, 47, 90, gives 0 44 79
WANTED
