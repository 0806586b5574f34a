"""Everything that somebody can ask for about a section: the reading operations of the contract and the pages for people."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from tenderproof.drivers.contract.caller import Caller
from tenderproof.testing.records import PlatformTime
from tenderproof.testing.tender import Tender
from tenderproof.testing.views import Reading
from tenderproof.vocabulary import PlatformTrouble

_OF_SECTION = (
    "", "/base-price", "/documents", "/downloads", "/questions", "/clarifications", "/site-visits", "/sealing", "/invitations",
    "/invitation-drafts", "/clarification-drafts", "/bids/mine", "/applications/mine", "/bids", "/applications", "/bonds", "/fees",
    "/attendance", "/opening", "/application-opening", "/opening-record", "/committee", "/evaluation", "/evaluation/bids",
    "/evaluation/document",
    "/evaluation/summary", "/evaluation-queries", "/evaluation-report", "/application-evaluation/applications",
    "/application-evaluation/summary", "/application-evaluation-report", "/prequalification-result", "/candidates-publicity",
    "/award", "/result-notice", "/award-notices", "/award-report", "/contract", "/objections", "/anomalies", "/alerts",
    "/archive",
)  # fmt: skip
_OF_PUBLIC_SECTION = ("", "/opening-record", "/candidates", "/result")
_OF_TENDER_PROJECT = ("", "/sections", "/notices")
_OF_PLATFORM = ("/messages", "/invitations", "/assignments", "/supervision/events", "/supervision/orders")
_GROWING = frozenset({"/messages", "/supervision/events"})  # read from the tender's beginning on: before it nothing can speak of it
_ALLOWANCE = timedelta(minutes=1)  # for a clock that is set meanwhile
_PAGES_AT_MOST = 60
_PAGES = ("", "/opening-record", "/candidates", "/result", "/documents")


def paths(world: Tender) -> Iterator[tuple[str, str]]:
    """Each reading operation's name (without the world's identifiers) and its path; one that begins with ``//`` is a page."""
    section, project = quote(world.section.id, safe=""), quote(world.tender_project.id, safe="")
    code = quote(world.section.code, safe="")
    for tail in _OF_SECTION:
        yield f"sections/*{tail}", f"/sections/{section}{tail}"
    for tail in _OF_PUBLIC_SECTION:
        yield f"public/sections/*{tail}", f"/public/sections/{section}{tail}"
    for tail in _OF_TENDER_PROJECT:
        yield f"tender-projects/*{tail}", f"/tender-projects/{project}{tail}"
    yield "public/notices?q=*", f"/public/notices?q={code}"
    yield "library/tender-projects?q=*", f"/library/tender-projects?q={code}"
    yield "supervision/sections/*", f"/supervision/sections/{section}"
    yield "supervision/sections/*/indicators", f"/supervision/sections/{section}/indicators"
    yield "audit/entries?object=*", f"/audit/entries?object={section}"
    for path in _OF_PLATFORM:
        yield path.removeprefix("/"), path
    for number, document in enumerate(world.documents_known):
        yield f"documents/{number}", f"/documents/{quote(document, safe='')}"
    for tail in _PAGES:
        yield f"page sections/*{tail}", f"//sections/{section}{tail}"
    yield "page ?q=*", f"//?q={code}"


def pages(world: Tender) -> tuple[str, ...]:
    """The pages that everybody may read: the first one, the platform's own, the notice, and those of a section."""
    section = quote(world.section.id, safe="")
    notice = f"/notices/{quote(world.notice.id, safe='')}"
    return ("/", "/disclosures", "/log-in", notice, *(f"/sections/{section}{tail}" for tail in _PAGES))


def read(caller: Caller, world: Tender, now: datetime, only: frozenset[str] | None = None) -> Iterable[Reading]:
    """Every answer as it came, or only those to the reading operations of these names; ``now`` is our own time."""
    since: str | None = None
    for name, path in paths(world):
        if only is not None and name not in only:
            continue
        if path in _GROWING and since is None:
            since = _since(caller, world, now)
        asked = f"{path}{since}" if path in _GROWING else path
        response = caller.raw(asked)
        body = _narrowed(caller, asked, response.body, world) if path in _OF_PLATFORM else response.body
        yield Reading(name, response.status, response.headers, body)


def _narrowed(caller: Caller, path: str, body: bytes, world: Tender) -> bytes:
    """A list of the whole platform, all its pages, cut down to what speaks of the section: other checks run beside this one."""
    items: list[object] = []
    for _ in range(_PAGES_AT_MOST):
        try:
            content = json.loads(body)
            items += [item for item in content["items"] if _speaks_of(item, world)]
            cursor = content.get("next")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return body
        if not cursor:
            break
        body = caller.raw(f"{path}{'&' if '?' in path else '?'}cursor={quote(str(cursor), safe='')}").body
    return json.dumps({"items": items}).encode()


def _speaks_of(item: object, world: Tender) -> bool:
    """Whether it names the section, or what it belongs to; several sections share a project, and what says it is another's is."""
    if isinstance(item, dict) and any(item.get(key) not in {None, "", its} for key, its in _whose(world)):
        return False
    said = json.dumps(item, ensure_ascii=False)
    return any(name in said for name in world.names)


def _whose(world: Tender) -> Iterator[tuple[str, str]]:
    yield "section_id", world.section.id
    yield "tender_project_id", world.tender_project.id


def _since(caller: Caller, world: Tender, now: datetime) -> str:
    """From the tender's beginning by the platform's own clock; everything from a platform that does not tell its time."""
    try:
        begun = caller.get("/time", PlatformTime.read).value.now - (now - world.begun) - _ALLOWANCE
    except PlatformTrouble:  # it refuses, or its answer is no time
        return ""
    return f"?since={quote(begun.isoformat(), safe='')}"
