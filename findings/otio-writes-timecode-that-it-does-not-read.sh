#!/usr/bin/env bash
# Guessed:  OpenTimelineIO reads a timecode at the rate that it wrote it at.
# Happens:  to_timecode takes 23.976, 29.97 and 59.94 for the NTSC rates that they are short for; from_timecode says
#           that timecode does not support them, and wants 24000/1001, 30000/1001 and 60000/1001 to the last digit.
# Versions: OpenTimelineIO 0.18.1 from PyPI, 29 November 2026
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check OpenTimelineIO==0.18.1
venv/bin/python - <<'PYTHON' | tee seen.txt
import opentimelineio as otio

print("OpenTimelineIO", otio.__version__)
for name, rate in (("23.976", 23.976), ("24000/1001", 24000 / 1001), ("29.97", 29.97), ("30000/1001", 30000 / 1001),
                   ("59.94", 59.94), ("25", 25)):
    written = otio.opentime.RationalTime(17982, rate).to_timecode(rate)
    try:
        read = f"reads frame {otio.opentime.from_timecode(written, rate).value:.0f}"
    except ValueError as error:
        read = f"says: {error}"
    print(f"{name} writes {written}, {read}")
PYTHON
diff <(tail -n +2 seen.txt) - <<'WANTED'
23.976 writes 00:12:29:06, says: SMPTE timecode does not support this rate
24000/1001 writes 00:12:29:06, reads frame 17982
29.97 writes 00:10:00;00, says: SMPTE timecode does not support this rate
30000/1001 writes 00:10:00;00, reads frame 17982
59.94 writes 00:04:59;58, says: SMPTE timecode does not support this rate
25 writes 00:11:59:07, reads frame 17982
WANTED
