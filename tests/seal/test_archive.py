import io
import struct
import zipfile
from pathlib import Path

import pytest

from tenderproof.seal import archive
from tenderproof.seal.archive import Reader, StructureError

from . import bundles

FILES = {"a.txt": b"first", "b/c.bin": bytes(range(256)) * 9, "empty": b""}


@pytest.fixture
def made(tmp_path: Path) -> bytes:
    return bundles.put_together(tmp_path / "a.zip", FILES).read_bytes()


def refused(octets: bytes) -> StructureError:
    with pytest.raises(StructureError) as caught:
        Reader(io.BytesIO(octets))
    return caught.value


def test_other_tools_read_what_was_written(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as other:
        assert other.testzip() is None
        assert {name: other.read(name) for name in other.namelist()} == FILES


def test_what_was_written_is_read_again(made: bytes) -> None:
    reader = Reader(io.BytesIO(made))

    assert {name: reader.content(name) for name in reader.entries} == FILES
    assert all(reader.crc_holds(name) for name in FILES)


def test_two_large_files_are_read_side_by_side(tmp_path: Path) -> None:
    files = {name: name.encode() * (archive.PART + 7) for name in ("ab", "cd")}
    reader = Reader(io.BytesIO(bundles.put_together(tmp_path / "large.zip", files).read_bytes()))
    read = [(one, other) for one, other in zip(reader.parts("ab"), reader.parts("cd"), strict=True)]

    assert [b"".join(parts) for parts in zip(*read, strict=True)] == list(files.values())


def test_the_same_files_give_the_same_octets(made: bytes, tmp_path: Path) -> None:
    assert bundles.put_together(tmp_path / "again.zip", FILES).read_bytes() == made


@pytest.mark.parametrize("octets", [b"", b"PK\x05\x06" + bytes(18), b"x" * 500])
def test_what_is_no_archive_is_refused(octets: bytes) -> None:
    assert refused(octets).code in {"no_archive", "end"}


def test_every_changed_octet_outside_the_contents_is_refused(made: bytes) -> None:
    reader = Reader(io.BytesIO(made))
    inside = {at for entry in reader.entries.values() for at in range(entry.start, entry.start + entry.octets)}
    for at in sorted(set(range(len(made))) - inside):
        spoiled = bytearray(made)
        spoiled[at] ^= 1
        try:
            again = Reader(io.BytesIO(bytes(spoiled)))
        except StructureError:
            continue
        assert not all(again.crc_holds(name) for name in again.entries), f"octet {at} changes unseen"


@pytest.mark.parametrize("name", ["../out", "/etc/passwd", "a//b", "a\\b", "c:x", "a/./b", "a\x00b", "a/", "\u202ea"])
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    assert not archive.is_safe(name)
    assert refused(bundles.put_together(tmp_path / "n.zip", {name: b"x"}).read_bytes()).code == "name"


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with (tmp_path / "t.zip").open("wb") as file:
        writer = archive.Writer(file)
        for octets in (b"one", b"two"):
            with writer.entry("same") as write:
                write(octets)
        writer.close()

    assert refused((tmp_path / "t.zip").read_bytes()).code == "twice"


def test_what_stands_before_after_or_between_is_refused(made: bytes) -> None:
    assert refused(b"#!" + made).code in {"end", "gap", "header"}
    assert refused(made + b"\x00").code in {"end", "gap"}


def test_an_archive_of_another_tool_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as other:
        other.writestr("a.txt", "first")

    assert refused(file.getvalue()).code == "end"


def test_a_length_beyond_the_file_is_refused(made: bytes) -> None:
    at = made.index(struct.pack("<QQ", 5, 5))
    assert refused(made[:at] + struct.pack("<QQ", 500, 500) + made[at + 16 :]).code == "header"
