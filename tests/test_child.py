"""A child that asked for it ends when its parent is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_PARENT = (
    "import subprocess, sys, time; from tenderproof import child\n"
    "made = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], preexec_fn=child.end_with_parent)\n"
    "print(made.pid, flush=True); time.sleep(600)"
)


def test_a_child_ends_with_its_killed_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()

    assert any(_gone(child) for _ in range(600)), f"{child} lives on"


def _gone(pid: int) -> bool:
    try:
        if Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z":
            return True
    except FileNotFoundError:
        return True
    time.sleep(0.05)
    return False
