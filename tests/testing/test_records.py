import pytest

from tenderproof import testing
from tenderproof.testing import PlatformTrouble, Record
from tenderproof.testing.records import BidStatus, File, Identified, Receipt


def test_every_record_of_the_field_is_part_of_the_face() -> None:
    from tenderproof.testing import records  # noqa: PLC0415 - the module itself is the subject

    ours = {name for name, kind in vars(records).items() if isinstance(kind, type) and issubclass(kind, Record)}
    assert ours - set(testing.__all__) == set()


@pytest.mark.parametrize("kind", Identified.__subclasses__())
def test_what_has_an_identifier_is_nothing_without_it(kind: type[Identified]) -> None:
    with pytest.raises(PlatformTrouble, match="lacks id"):
        kind.read({"state": "open"})


def test_a_receipt_names_its_bid() -> None:
    assert Receipt.read({"id": "r", "bid_id": "b"}).bid_id == "b"
    with pytest.raises(PlatformTrouble, match="lacks bid_id"):
        BidStatus.read({"id": "r"})


def test_a_file_is_shown_by_its_size_not_by_its_content() -> None:
    file = File({"octets": "秘密".encode(), "media_type": "text/plain"})

    assert (file.text, len(file.octets)) == ("秘密", 6)
    assert repr(file) == "File(text/plain, 6 octets)"
