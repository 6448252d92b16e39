"""Commands of the Python package, in this process, which saves a second of imports each time."""

import importlib
import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
ANALYSIS = SOURCES / "analysis"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ANALYSIS), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "120"}
sys.path.insert(0, str(ANALYSIS))
_HEAVY = {"numpy", "xarray", "pandas", "scipy", "matplotlib", "h5py", "sklearn", "statsmodels", "jinja2"}


class Command:
    """A command by its name: `compare` of `sahelsim compare`."""

    def __init__(self, name):
        self.name = name

    def __call__(self, *arguments, columns=120):
        """Run it, whatever comes of it."""
        main = importlib.import_module(f"sahelsim.{self.name}").main
        out, err = io.StringIO(), io.StringIO()
        with mock.patch.dict(os.environ, COLUMNS=str(columns)), redirect_stdout(out), redirect_stderr(err):
            code = main([str(argument) for argument in arguments])
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    def succeed(self, *arguments, **changes):
        """Run it without a mistake; what it prints."""
        done = self(*arguments, **changes)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        return done.stdout

    def refused(self, *arguments):
        """Run it with bad input; the one line that says what is wrong."""
        done = self(*arguments)
        assert done.returncode == 2, done.stdout + done.stderr
        assert "Traceback" not in done.stderr and not done.stdout
        message = done.stderr.splitlines()
        assert len(message) == 1 or message[1:] == [f"'sahelsim {self.name} --help' tells how to use it."]
        return message[0]

    def in_a_process(self, *arguments, **changes):
        """Run it in a process of its own; `changes` are of the environment."""
        return subprocess.run([sys.executable, "-m", f"sahelsim.{self.name}", *map(str, arguments)], capture_output=True,
                              text=True, timeout=120, env={**ENVIRONMENT, **changes})

    def help_without_packages(self):
        """What --help prints, with none of the packages imported that take long."""
        code = (f"import sys; from sahelsim.{self.name} import main\n"
                "try: main(['--help'])\n"
                f"finally: assert not {_HEAVY!r} & set(sys.modules)")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, env=ENVIRONMENT)
        assert done.returncode == 0, done.stderr
        return done.stdout
