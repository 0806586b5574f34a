"""Files that somebody attaches are looked through before others get them (恶意代码防范)."""

import base64
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from tenderproof.testing import HOUR, SECOND, Clock, Content, Missing, Stories, Tender, clause, papers

# The test file on which all scanners agree (EICAR), in two halves, so that none takes this file for it.
_KNOWN = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_HARMLESS = "工程量清单：路基、路面、排水。".encode()


def packed(octets: bytes) -> bytes:
    """An archive with one file in it, always the same."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("清单.txt"), octets, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def attached(name: str, octets: bytes, media_type: str = "application/pdf") -> Mapping[str, str]:
    """A file as an attachment; by its name and its type nobody would look at it twice."""
    return {"name": name, "media_type": media_type, "base64": base64.b64encode(octets).decode()}


_SOUND = [attached("清单.pdf", _HARMLESS), attached("清单.zip", packed(_HARMLESS), "application/zip")]
_BAD = {
    "as it is": attached("图纸.pdf", _KNOWN),
    "packed": attached("图纸.zip", packed(_KNOWN), "application/zip"),
}


def holds(octets: bytes, one: Mapping[str, str]) -> bool:
    """Whether a file came with these octets, in itself or in base64."""
    return one["base64"].encode() in octets or base64.b64decode(one["base64"]) in octets


def issued(stories: Stories, clock: Clock, *files: Mapping[str, str]) -> bytes:
    """What a bidder obtains of a document with these files; nothing where the platform refuses the document on the way."""
    tender = stories.announced()
    drafted = tender.owner.draft_document(tender.section, papers.document(tender).but(attachments=list(files)))
    published = tender.owner.publish_document(drafted.value) if drafted.accepted else drafted
    if published.refused:
        return b""
    clock.move_to(tender, tender.times.document_from + SECOND)
    obtained = stories.bidders(1)[0].download(published.value)
    return obtained.value.octets if obtained.accepted else b""


@clause("HN-3.2-11", "EB-13-1")
def test_no_bidder_obtains_a_document_with_malicious_code(stories: Stories, clock: Clock) -> None:
    """Harmless files come with the document; one that every scanner knows does not, whatever it is called, packed or not."""
    sound = issued(stories, clock, *_SOUND)
    came = {how: issued(stories, clock, one) for how, one in _BAD.items()}

    if not all(holds(sound, one) for one in _SOUND):
        raise Missing(
            "harmless files, one of them an archive, do not come with a document either: whether files are looked through is not seen"
        )
    assert [how for how, one in _BAD.items() if holds(came[how], one)] == [], "malicious code has been given to a bidder"


@clause("HN-3.2-11")
def test_no_expert_reads_a_reply_with_malicious_code(stories: Stories, clock: Clock) -> None:
    """A bidder's reply to the committee brings its harmless file; one that every scanner knows does not come to an expert."""
    tender = stories.evaluating(bidders=3)
    replied = {}
    for number, (how, one) in enumerate({"sound": _SOUND[0], **_BAD}.items()):
        bid, question = tender.bids[number], Content(text="请说明施工组织。", reply_until=clock.now(tender) + HOUR)
        query = tender.experts[0].send_query(bid.receipt, question).value
        replied[how] = bid.bidder.reply_query(query, "见附件。", [one])
    read = told(tender)

    if replied["sound"].refused or not holds(read, _SOUND[0]):
        raise Missing("a harmless file does not come to an expert either: whether files are looked through is not seen")
    assert [how for how, one in _BAD.items() if holds(read, one)] == [], "malicious code has been given to an expert"


def told(tender: Tender) -> bytes:
    """All questions of the committee with their replies, as an expert reads them."""
    found: list[Any] = [query.raw for query in tender.experts[0].queries(tender.section).value]
    return str(found).encode()
