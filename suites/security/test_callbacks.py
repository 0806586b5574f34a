"""What is written into fields makes the platform open nothing: no address, no entity, no command (防范服务端请求伪造与命令注入)."""

import json
from urllib.parse import urlsplit

import pytest

from tenderproof.testing import Callbacks, Content, Ear, Identities, PlatformTrouble, Public, Stories, Tender, clause, papers

_ADDRESS = "content.platform_url"
_NAMES = ("title", _ADDRESS, "content.access_method", "content.objection_channel", "content.scope")


def commands(ear: Ear, where: str) -> list[str]:
    """Names of files in which shells find commands that open an address, each short enough for a name."""
    forms = (
        "图纸$(curl -s {})",
        "图纸`wget -qO- {}`.pdf",
        "图纸;curl -s {};",
        "图纸|curl -s {}",
        '图纸";curl -s {};"',
        "图纸';curl -s {};'",
    )
    return [*(form.format(ear.address(f"{where}: {form}")) for form in forms), bare(ear.address(f"{where}: bash alone"))]


def bare(address: str) -> str:
    """A command for where there is no tool that opens addresses."""
    parts = urlsplit(address)
    return f"图纸$(bash -c \"printf 'GET {parts.path} HTTP/1.0\\r\\n\\r\\n' >/dev/tcp/{parts.hostname}/{parts.port}\")"


def entity(address: str) -> str:
    """An XML document that speaks of something outside itself, by an entity, a parameter entity and a schema."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}"> %p;]>'
        f'<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="{address}">&e;</r>'
    )


@clause("HN-3.2-10")
@pytest.mark.waits
def test_no_address_in_a_field_is_opened_by_the_platform(
    stories: Stories, identities: Identities, public: Public, callbacks: Callbacks
) -> None:
    """Fields of a notice, a document and a registration hold addresses of ours; all is published as ever, and nobody comes."""
    with callbacks.listening() as ear:
        tender = announced(stories, {name: ear.address(f"the notice's {name}") for name in _NAMES})
        document(tender, ear)
        registration(stories, identities, ear)
        visitors = ear.heard()

    assert public.published_notice(tender.notice.id).accepted
    assert list(visitors) == [], "the platform opens what somebody wrote into a field"


def announced(stories: Stories, addresses: dict[str, str]) -> Tender:
    """A tender whose notice names these addresses; where a platform does not take them in texts, where an address is due at least."""
    try:
        return stories.announced(notice_facts=addresses)
    except PlatformTrouble:
        return stories.announced(notice_facts={_ADDRESS: addresses[_ADDRESS]})


def document(tender: Tender, ear: Ear) -> None:
    """A draft with addresses, entities and commands in texts and in the names of its files; a platform may refuse it."""
    empty = "PHI+PC9yPg=="
    names = [*commands(ear, "the name of a file"), ear.address("the name of a file, an address")]
    files = [{"name": name, "media_type": "application/pdf", "base64": empty} for name in names]
    chapters = [{"no": "1", "title": "投标人须知", "text": text} for text in written(ear, "a chapter")]
    paper = papers.document(tender)
    tender.owner.draft_document(tender.section, paper.but(attachments=files))
    tender.owner.draft_document(tender.section, paper.but(chapters=[*paper["chapters"], *chapters]))


def written(ear: Ear, where: str) -> list[str]:
    """Texts that whoever takes them for more than text opens something for."""
    return [ear.address(f"{where}, an address"), *commands(ear, where), entity(ear.address(f"{where}, an entity"))]


def registration(stories: Stories, identities: Identities, ear: Ear) -> None:
    """A registration with addresses in it, and one that says it is XML."""
    person = stories.applicant(identities.fresh("bidder"))
    for text in written(ear, "a registration"):
        person.change_registration({"address": text})


@clause("HN-3.2-10")
@pytest.mark.waits
def test_no_entity_of_a_body_that_says_it_is_xml_is_resolved(
    stories: Stories, identities: Identities, public: Public, callbacks: Callbacks
) -> None:
    """A registration is taken as the interface says; the same place takes bodies with entities, in two media types, and opens none."""
    usual = public.register(stories.registration(identities.fresh("bidder")))
    with callbacks.listening() as ear:
        for media_type in ("application/xml", "text/xml", "application/soap+xml"):
            public.register_as(media_type, entity(ear.address(f"an entity of {media_type}")).encode())
        wrapped: Content = stories.registration(identities.fresh("bidder"))
        public.register_as("application/json", json.dumps({**dict(wrapped), "address": entity(ear.address("an entity in JSON"))}).encode())
        visitors = ear.heard()

    assert usual.accepted
    assert list(visitors) == [], "an entity of a body has been resolved"
