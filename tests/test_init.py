import subprocess
import sys
import tomllib
from pathlib import Path

import tenderproof

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


def test_the_version_is_said_in_one_place() -> None:
    assert tenderproof.__version__ == tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["version"]


def test_importing_the_package_loads_nothing_but_the_standard_library() -> None:
    program = "import sys, tenderproof; print(*{name.partition('.')[0] for name in sys.modules})"
    answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    loaded = {name for name in answer.stdout.split() if not name.startswith("_")}
    assert loaded - set(sys.stdlib_module_names) == {"tenderproof"}
