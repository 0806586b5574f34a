"""An audit of the reference knows the independent bodies of its world."""

import json
from pathlib import Path

from tenderproof import reference
from tenderproof.prove import bodies


def test_a_platform_beside_which_nobody_is_named_has_no_bodies(tmp_path: Path) -> None:
    assert bodies.known(tmp_path / "candidate.toml") == ()


def test_the_papers_of_the_reference_count(tmp_path: Path) -> None:
    with reference.running(tmp_path / "state") as running:
        assert [person.capacity for person in bodies.known(running.candidate)] == ["cloud_provider"]
        said = json.loads(bodies.papers(running.candidate, tmp_path / "run").read_text("utf-8"))

    assert said["absent"] == []
    assert said["documents"].keys() == {"server_list", "cloud_commitment", "data_location"}
