#!/usr/bin/env bash
# Guessed:  decord's reader[n] is frame n, however one comes to it: exact places are what it is used for.
# Happens:  H.264 in mp4 and mkv is right. In MPEG-4 with B-frames in AVI, and in WMV, a jump ahead gives another frame,
#           up to 44 away; read one after another all are right. In a transport stream even reader[0] is the 17th frame.
# Versions: decord 0.6.0, NumPy 2.4.6, and ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) to draw with, from PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check decord==0.6.0 numpy==2.4.6 imageio-ffmpeg==0.6.0
venv/bin/python - 2>/dev/null <<'PYTHON' | tee seen.txt
import subprocess

import decord
import imageio_ffmpeg
import numpy as np

COUNT = 100
# Every picture tells its number by eight bars, a bit each.
pictures = np.full((COUNT, 64, 64), 30, np.uint8)
for n in range(COUNT):
    for bit in range(8):
        if n >> bit & 1:
            pictures[n, :, 8 * bit : 8 * bit + 8] = 220


def number(frame):
    picture = frame.asnumpy()
    return sum(1 << bit for bit in range(8) if picture[20:44, 8 * bit + 2 : 8 * bit + 6].mean() > 125)


print("decord", decord.__version__)
h264 = ["-c:v", "libx264", "-g", "30", "-bf", "3"]
for name, codec in (
    ("h264.mp4", h264),
    ("h264.mkv", h264),
    ("mpeg4.avi", ["-c:v", "mpeg4", "-g", "30", "-bf", "2", "-q:v", "2"]),
    ("wmv2.wmv", ["-c:v", "wmv2", "-g", "12", "-q:v", "2"]),
    ("h264.ts", h264),
):
    draw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "64x64", "-i", "-", "-pix_fmt", "yuv420p", *codec, name]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *draw], input=pictures.tobytes(), check=True)
    film = decord.VideoReader(name)
    behind = sum(number(film[n]) != n for n in range(COUNT))
    film = decord.VideoReader(name)
    first = number(film[29])
    film = decord.VideoReader(name)
    jumps = [number(film[n]) for n in (0, 5, 29, 47)]
    print(f"{name}: {behind} of {COUNT} wrong in order; [29] first gives {first}; [0], [5], [29], [47] give", *jumps)
PYTHON
diff <(tail -n +2 seen.txt) - <<'WANTED'
h264.mp4: 0 of 100 wrong in order; [29] first gives 29; [0], [5], [29], [47] give 0 5 29 47
h264.mkv: 0 of 100 wrong in order; [29] first gives 29; [0], [5], [29], [47] give 0 5 29 47
mpeg4.avi: 0 of 100 wrong in order; [29] first gives 1; [0], [5], [29], [47] give 0 5 1 31
wmv2.wmv: 0 of 100 wrong in order; [29] first gives 5; [0], [5], [29], [47] give 0 5 5 3
h264.ts: 99 of 100 wrong in order; [29] first gives 45; [0], [5], [29], [47] give 16 21 45 63
WANTED
