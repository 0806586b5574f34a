"""What a platform has published, looked through for what a rule speaks of."""

from collections.abc import Iterator

from tenderproof.testing.actors import Public
from tenderproof.testing.records import Notice, Section

_READ_AT_MOST = 300


def of_compulsory_projects(public: Public, kind: str) -> Iterator[Notice]:
    """The published notices of a kind on projects that by law must be tendered (依法必须进行招标的项目), however many others lie between.

    Read one by one, at most 300; a notice whose sections do not say whether they must be tendered is none of them.
    """
    for listed in public.published_notices(type=kind, at_most=_READ_AT_MOST).value:
        notice = public.published_notice(listed.id).value
        if _compulsory(notice, public):
            yield notice


def _compulsory(notice: Notice, public: Public) -> bool:
    sections = (public.published_section(Section.read({"id": ident})).value for ident in notice.get("section_ids", []))
    return any(section.get("tender_project.compulsory") is True for section in sections)
