"""A folder that holds no finished run is answered with one sentence."""

from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.cli import finished
from tenderproof.cli.ending import WrongUse

from ..reporting import results  # noqa: TID252 - test data of a neighbour


def test_a_finished_run_is_read(tmp_path: Path) -> None:
    made = results.result([results.clause()])
    result.write(made, tmp_path / "result.json")
    assert finished.read(tmp_path) == made


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is no result of this version"),
        (b'{"form": "tenderproof-result/0"}', r"is no result of this version of tenderproof \(form:"),
        (b"\xff\xfe", "is not UTF-8 text"),
    ],
)
def test_what_is_no_result_is_named_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "result.json").write_bytes(content)
    with pytest.raises(WrongUse, match=said):
        finished.read(tmp_path)


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"no finished run in .*nowhere"):
        finished.read(tmp_path / "nowhere")
