"""Renew every generated file: templates, demo workbooks, docs, Click's words. Stops where make_demo.py refuses.

The order of strokes (make_strokes.py) and what the check finds (measure_checks.py, some minutes) are renewed by hand.
"""

import subprocess
import sys
from pathlib import Path

STEPS = ("make_demo.py", "make_docs.py", "make_messages.py")

for step in STEPS:
    subprocess.run([sys.executable, str(Path(__file__).with_name(step))], check=True)
