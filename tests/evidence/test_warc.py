"""The archive is WARC as others read it: warcio finds every record and every digest holds."""

import gzip
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tenderproof.evidence.warc import Archive, message


def archive(path: Path) -> Path:
    """Two exchanges, the second without an answer, and a resource."""
    written = Archive(path)
    written.exchange(
        "http://127.0.0.1/a",
        message("GET /a HTTP/1.1", [("x", "1")], b""),
        message("HTTP/1.1 200 ", [], "内容".encode()),
        {"Mark": "一"},
    )
    written.exchange("http://127.0.0.1/b", message("GET /b HTTP/1.1", [], b""), None, {})
    written.resource("urn:tenderproof:input:x", "text/plain", b"made", {})
    written.close()
    return path


def test_others_read_every_record_and_its_digests_hold(tmp_path: Path) -> None:
    with archive(tmp_path / "a.warc.gz").open("rb") as file:
        found = []
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            found.append((record.rec_type, body.decode()))

    assert found == [("request", ""), ("response", "内容"), ("request", ""), ("resource", "made")]


def test_each_record_is_a_gzip_member_so_that_a_cut_file_keeps_the_whole_ones(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz")
    path.write_bytes(path.read_bytes()[:-10])

    members = 0
    with path.open("rb") as file, gzip.GzipFile(fileobj=file) as unpacked:
        text = b""
        try:
            while chunk := unpacked.read1():
                text += chunk
        except EOFError:
            pass
    members = text.count(b"WARC/1.1\r\n")
    assert members >= 3


def test_the_length_in_a_message_is_that_of_its_body() -> None:
    assert (
        message("HTTP/1.1 200 ", [("Content-Length", "999"), ("Content-Encoding", "gzip"), ("a", "b")], b"12")
        == b"HTTP/1.1 200 \r\na: b\r\ncontent-length: 2\r\n\r\n12"
    )
