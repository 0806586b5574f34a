"""What is written for the checks: documents that count by kind, and why others count as absent."""

import json
from typing import Any

import pytest

from tenderproof.dossier import handed

from . import desks
from .desks import Folder

SERVERS = {"servers": ["192.0.2.1; www.site.test; 郑州; A-01; HT-1; -"], "sites": ["郑州; 34.75; 113.62"]}


def server_list(**changes: Any) -> dict[str, Any]:
    return {
        "form": "tenderproof-document/1", "kind": "server_list", "platform": desks.PLATFORM, "facts": SERVERS, "statements": {},
        "signed_by": desks.person("王芳"), "files": {}, "date": "2026-11-20", "expires": "2027-05-20",
    } | changes  # fmt: skip


def written(folder: Folder) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(handed.write(folder.desk(), folder.root / "private" / "papers.json").read_text("utf-8"))
    return found


def test_a_document_that_counts_is_written_with_its_facts(folder: Folder) -> None:
    folder.put("list", server_list(), "王芳")

    assert written(folder) == {"documents": {"server_list": {**SERVERS, "date": "2026-11-20"}}, "absent": []}


def test_one_that_counts_as_absent_is_written_with_its_fault_alone(folder: Folder) -> None:
    folder.put("list", server_list(date="2025-01-01", expires="2025-06-01"), "王芳")

    assert written(folder) == {
        "documents": {}, "absent": [{"kind": "server_list", "code": "expired", "file": "papers/list.dsse.json"}],
    }  # fmt: skip


def test_a_list_of_which_a_line_is_none_counts_as_absent(folder: Folder) -> None:
    folder.put("list", server_list(facts={**SERVERS, "sites": ["郑州"]}), "王芳")

    assert [one["code"] for one in written(folder)["absent"]] == ["no_servers"]


def test_where_nothing_was_handed_in_nothing_is_written_of_it(folder: Folder) -> None:
    assert written(folder) == {"documents": {}, "absent": []}


@pytest.mark.parametrize(
    ("services", "codes"), [(["-"], []), (["a.test; 某; 统计"], []), (["a.test"], ["no_servers"]), ("a.test", ["malformed"])]
)
def test_a_list_may_name_services_and_each_line_must_be_one(folder: Folder, services: object, codes: list[str]) -> None:
    folder.put("list", server_list(facts={**SERVERS, "services": services}), "王芳")

    assert [one["code"] for one in written(folder)["absent"]] == codes
