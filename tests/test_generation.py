"""The same seed makes the same, whatever else is loaded."""

import subprocess
import sys
from pathlib import Path

DRAWN = """
import sys
sys.path.insert(0, {folder!r})
{loaded}
import hypothesis
from hypothesis import strategies
from tenderproof import generation

generation.from_the_seed_alone()
seen = []

@hypothesis.seed(7)
@hypothesis.settings(max_examples=400, database=None, deadline=None, phases=[hypothesis.Phase.generate])
@hypothesis.given(strategies.integers() | strategies.text())
def drawn(value):
    seen.append(value)

drawn()
print(ascii(seen))
"""


def test_what_is_drawn_does_not_hang_on_the_modules_that_are_loaded(tmp_path: Path) -> None:
    numbers = ", ".join(str(1_000_003 * number) for number in range(1, 200))
    (tmp_path / "beside.py").write_text(f"NUMBERS = [{numbers}]\nWORDS = ['xiang-mu-{{}}', 'tou-biao']\n", "utf-8")

    alone, beside = (drawn(tmp_path, loaded) for loaded in ("", "import beside"))

    assert alone == beside
    assert len(alone) > 400


def drawn(folder: Path, loaded: str) -> str:
    """What a process draws that has loaded this first."""
    code = DRAWN.format(folder=str(folder), loaded=loaded)
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True).stdout
