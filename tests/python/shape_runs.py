"""Runs of the baseline with mechanisms switched off, as the tests of their shape measure them."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "analysis"))
from sahelsim.measures import Measures  # noqa: E402
from sahelsim.runs import Runs  # noqa: E402


@dataclass(frozen=True)
class Simulator:
    """Simulates variants of the baseline and keeps the result files in a folder."""
    program: str
    folder: Path

    def runs(self, name, until, *changes, replicates=20):
        """`changes`: lines of YAML that say how the variant differs from the baseline."""
        scenario = self.folder / f"{name}.yaml"
        scenario.write_text("\n".join([f"title: {name}", "description: A variant of the baseline.",
                                       "extends: sahelsim:baseline", *changes, ""]))
        result = self.folder / f"{name}.h5"
        subprocess.run([self.program, "run", scenario, "-o", result, "--until", until, "--replicates", str(replicates),
                        "--threads", "2", "--seed", "1", "--quiet"], check=True, timeout=850)
        return Measures(Runs([result]))
