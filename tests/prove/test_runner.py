"""The runner forks a pytest for each job and says how it ended."""

import json
import subprocess
import sys
from pathlib import Path


def test_it_answers_each_job_with_pytests_exit_code(tmp_path: Path) -> None:
    good, bad = tmp_path / "test_good.py", tmp_path / "test_bad.py"
    good.write_text("def test_x():\n    assert True\n", "utf-8")
    bad.write_text("def test_x():\n    assert False\n", "utf-8")
    jobs = [{"arguments": [str(file), "-p", "no:cacheprovider", "-c", "/dev/null"], "log": str(tmp_path / "log")} for file in (good, bad)]

    orders = "\n".join(map(json.dumps, jobs))
    done = subprocess.run([sys.executable, "-m", "tenderproof.prove.runner"], input=orders, capture_output=True, text=True, check=False)

    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"ready": True}, {"code": 0}, {"code": 1}]
