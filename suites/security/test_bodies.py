"""Bodies that nobody sends in earnest: too deep, too large, packed without end. Whoever takes them serves others as before (入侵防范)."""

import base64
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tenderproof.testing import Answer, Identities, Missing, NetworkTrouble, PlatformTrouble, Public, Stories, Tender, clause, papers

_JSON = "application/json"
_DEEP, _LARGE, _DIGITS = 100_000, 12 * 1024 * 1024, 200_000
_PACKED = 100 * 1024 * 1024
_TRIES = 3
_REFUSED, _BROKEN = "refused", "broken"


def bomb() -> str:
    """An archive of a hundred megabytes of nothing, small on its way."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("清单.txt", "w") as file:
        for _ in range(_PACKED // (1024 * 1024)):
            file.write(bytes(1024 * 1024))
    return base64.b64encode(made.getvalue()).decode()


def hostile(public: Public, tender: Tender, usual: dict[str, Any]) -> dict[str, Callable[[], Answer[Any]]]:
    """What is sent, by what is wrong with it."""
    files = [{"name": "清单.zip", "media_type": "application/zip", "base64": bomb()}]
    return {
        "a deep list": lambda: public.register_as(_JSON, b"[" * _DEEP + b"]" * _DEEP),
        "a deep object": lambda: public.register_as(_JSON, b'{"a":' * _DEEP + b"1" + b"}" * _DEEP),
        "a long number": lambda: public.register_as(_JSON, b'{"uscc":' + b"9" * _DIGITS + b"}"),
        "a number beyond all": lambda: public.register_as(_JSON, b'{"uscc":1e999999}'),
        "a long text": lambda: public.register_as(_JSON, json.dumps({**usual, "address": "x" * _LARGE}).encode()),
        "half a body": lambda: public.register_as(_JSON, b'{"role":"bidder","name":"'),
        "an archive without end": lambda: tender.owner.draft_document(tender.section, papers.document(tender).but(attachments=files)),
    }


@clause("HN-3.2-10")
@pytest.mark.waits
def test_after_bodies_that_nobody_sends_in_earnest_the_platform_serves_others(
    stories: Stories, identities: Identities, public: Public
) -> None:
    """Before and afterwards somebody registers and everybody reads a notice as it was, whatever became of the bodies between."""
    tender = stories.announced()
    before, usual = served(stories, identities, public, tender), dict(stories.registration(identities.fresh("bidder")))
    for send in hostile(public, tender, usual).values():
        try:
            send()
        except (PlatformTrouble, NetworkTrouble):  # how a platform rids itself of them is its own matter
            continue
    afterwards = [served(stories, identities, public, tender) for _ in range(_TRIES)]
    if _REFUSED in afterwards and before not in afterwards:
        raise Missing("after such bodies nobody is let in from here: whether others are served is not seen")

    assert before not in (_REFUSED, _BROKEN)
    assert before in afterwards, "after such a body the platform serves nobody, or not as before"


def served(stories: Stories, identities: Identities, public: Public, tender: Tender) -> str:
    """The notice as everybody reads it, where somebody new can register as well; else whether that is refused, or nothing sound comes."""
    try:
        registered = public.register(stories.registration(identities.fresh("bidder")))
        read = public.published_notice(tender.notice.id)
    except (PlatformTrouble, NetworkTrouble):
        return _BROKEN
    return str(read.value.content.raw) if registered.accepted and read.accepted else _REFUSED
