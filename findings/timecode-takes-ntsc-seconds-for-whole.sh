#!/usr/bin/env bash
# Guessed:  the package 'timecode' tells the seconds of a timecode by its frame rate, and counts frames from 0: at
#           23.976 an hour of timecode is 3603.6 s, and 00:00:00:00 and itself are 00:00:00:00.
# Happens:  seconds are reckoned at 24 and 30 a second, so that an hour of film at 23.976 is 3.6 s short, and are
#           those of the frame's end. 00:00:00:00 is one frame long, so that the sum of two is 00:00:00:01. And what
#           is written with colons becomes drop-frame at 29.97 unless that is forbidden.
# Versions: timecode 1.5.1 from PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check timecode==1.5.1
venv/bin/python - <<'PYTHON' | tee seen.txt
from importlib.metadata import version

from timecode import Timecode

print("timecode", version("timecode"))
for rate in ("23.976", "24", "25"):
    print(f"an hour at {rate} ends at {Timecode(rate, '01:00:00:00').float:.3f} s")
zero = Timecode("25", "00:00:00:00")
print(f"{zero} + {zero} = {zero + zero}")
colons = Timecode("29.97", "01:00:00:00")
print(f"01:00:00:00 at 29.97 is {colons}, frame {colons.frame_number}")
PYTHON
diff <(tail -n +2 seen.txt) - <<'WANTED'
an hour at 23.976 ends at 3600.042 s
an hour at 24 ends at 3600.042 s
an hour at 25 ends at 3600.040 s
00:00:00:00 + 00:00:00:00 = 00:00:00:01
01:00:00:00 at 29.97 is 01:00:00;00, frame 107892
WANTED
