import json
import socket
from pathlib import Path

import tenderproof
from tenderproof import content, environment


def test_it_says_what_judged_and_names_no_machine(tmp_path: Path) -> None:
    environment.write(tmp_path, "0" * 64)
    said = (tmp_path / environment.FILE).read_text("utf-8")
    found = json.loads(said)

    assert found["tool"] == {"name": "tenderproof", "version": tenderproof.__version__, "source_sha256": "0" * 64}
    assert (found["edition"], found["packages"]["pytest"] >= "9") == (content.edition(), True)
    assert socket.gethostname() not in said
    assert str(Path.home()) not in said
