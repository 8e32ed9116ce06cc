#!/usr/bin/env bash
# Guessed:  COLOR_BGR2YUV and COLOR_BGR2YUV_I420 of cv2.cvtColor differ in the size of their chroma planes alone.
# Happens:  COLOR_BGR2YUV has the full range, COLOR_BGR2YUV_I420 the limited one: white is 255 here and 235 there, and
#           chroma of the one and luma of the other make another picture.
# Versions: opencv-python-headless 5.0.0.93 and NumPy 2.4.6 from PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 numpy==2.4.6
venv/bin/python - <<'PYTHON' | tee seen.txt
import cv2
import numpy as np

print("OpenCV", cv2.__version__)
for name, color in (("black", (0, 0, 0)), ("white", (255, 255, 255)), ("blue", (255, 0, 0))):
    picture = np.full((16, 16, 3), color, np.uint8)
    whole = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV)[0, 0]
    planes = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).ravel()
    print(f"{name}: YUV", *whole, "- I420", *planes[[0, 256, 256 + 64]])
PYTHON
diff <(tail -n +2 seen.txt) - <<'WANTED'
black: YUV 0 128 128 - I420 16 128 128
white: YUV 255 128 128 - I420 235 128 128
blue: YUV 29 239 103 - I420 41 240 110
WANTED
