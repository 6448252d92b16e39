"""The program under test, for tests that call it as a user does."""

import os
import subprocess
from pathlib import Path

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])


def sahelsim(*arguments, **options):
    """Run it, whatever comes of it."""
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, **{"timeout": 600, **options})


def succeed(*arguments, **options):
    """Run it without a mistake; what it prints."""
    done = sahelsim(*arguments, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout
