"""``reference up`` says where it answers and where its declaration lies, and ends with Ctrl-C."""

import re
import signal
import subprocess
import urllib.request
from pathlib import Path

from .command import command, environment


def _as_in_a_terminal() -> None:
    """A shell without a terminal starts what it puts into the background with Ctrl-C ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_it_answers_until_ctrl_c(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("reference", "up", "--state", tmp_path / "state"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        preexec_fn=_as_in_a_terminal,  # noqa: PLW1509 - no threads here
    )
    assert process.stdout is not None
    said = process.stdout.readline() + process.stdout.readline()
    url = re.search(r"http://\S+", said)
    file = re.search(r"\S+candidate\.toml", said)

    assert url, said
    assert file, said
    assert Path(file[0]).is_file()
    with urllib.request.urlopen(f"{url[0]}/api/v1/time", timeout=10) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
