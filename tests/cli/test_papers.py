"""The desk of a command: one kind of platform, today, and days that are days."""

from pathlib import Path

import pytest

from tenderproof.cli import papers
from tenderproof.cli.ending import WrongUse
from tenderproof.result import Because
from tests.dossier.desks import Folder


def test_the_desk_knows_the_people_of_both_lists(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    desk = papers.desk(folder.declaration(), "trading-1", folder.known_signers())

    assert [person.name for person in desk.known] == ["王芳", "李强", "省公共服务平台", "检测实验室", "印章签发机构"]
    assert desk.version == "1.4.2"


def test_a_fault_is_told_in_both_languages() -> None:
    fault = Because(code="stale", values={"clause": "F-01"})

    assert papers.because(fault, "en") == "The words of F-01 have changed since; read them and sign again."
    assert papers.because(fault, "zh") == "F-01 的条款原文已变更，请重新阅读并签名。"


def test_a_day_that_is_none_is_wrong_use() -> None:
    assert papers.day(None, "--expires") is None
    with pytest.raises(WrongUse, match="--expires soon is no day"):
        papers.day("soon", "--expires")
