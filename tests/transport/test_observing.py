"""Looking at a channel: what is asked, and when nothing more is."""

import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

from tenderproof.transport.asking import Place
from tenderproof.transport.hello import Reply
from tenderproof.transport.observing import observe
from tests.laboratory.channels import HOST, Wanted, certified, context, listening, serving

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
ASKED = ["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3", "anonymous", "NULL", "EXPORT", "RC4", "DES", "3DES", "TLCP"]


def test_every_version_and_every_kind_of_weak_suite_is_asked_for(tmp_path: Path) -> None:
    papers = certified(tmp_path, Wanted())

    with serving(context(papers)) as port:
        seen = observe(Place(HOST, port, 3), papers.root, NOW)

    assert list(seen.hellos) == ASKED
    assert {name for name, said in seen.hellos.items() if said.reply is Reply.AGREED} == {"TLSv1.3", "TLSv1.2"}
    assert (seen.host, seen.port, seen.at, seen.shaken.version, len(seen.chain)) == (HOST, port, NOW, "TLSv1.3", 1)


def test_who_does_not_answer_twice_is_asked_no_more() -> None:
    held: list[socket.socket] = []
    asked = threading.Semaphore(0)

    def silent(connection: socket.socket) -> None:
        held.append(connection.dup())
        asked.release()

    with listening(silent) as port:
        seen = observe(Place(HOST, port, 0.2), None, NOW)
    for connection in held:
        connection.close()

    assert [said.reply for said in seen.hellos.values()] == [Reply.SILENT, Reply.SILENT]
    assert seen.shaken.trouble == "nobody answered"
