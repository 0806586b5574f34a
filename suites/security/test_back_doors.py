"""Back doors (后门): what opens a platform beside what it publishes. That none is found says nothing; one that is found convicts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tenderproof.testing import Chance, Identities, Missing, Person, Public, Registration, Site, Stories, Verifier, clause

_HEADERS = (
    ("x-debug-key", "1"), ("x-debug", "1"), ("x-debug", "true"), ("x-admin", "true"), ("x-internal", "1"), ("x-test", "1"),
    ("x-forwarded-for", "127.0.0.1"), ("x-real-ip", "127.0.0.1"), ("x-role", "administrator"), ("x-user-role", "verifier"),
    ("x-remote-user", "administrator"), ("x-master-key", "1"), ("x-bypass", "1"), ("cookie", "admin=1; debug=1; role=administrator"),
)  # fmt: skip
_PARAMETERS = (
    ("debug", "1"), ("debug", "true"), ("test", "1"), ("admin", "1"), ("admin", "true"), ("role", "administrator"), ("internal", "1"),
    ("bypass", "1"), ("god", "1"), ("key", "master"), ("__debug__", "1"), ("isAdmin", "true"),
)  # fmt: skip
_PLACES = ("", "api/", "api/v1/")
_DOORS = (
    "admin", "admin/users", "admin/registrations", "internal", "internal/registrations", "debug", "debug/registrations", "export",
    "export/registrations", "backup", "dump", "users", "accounts", "registrations/export", "registrations/all", "console", "test", "old",
    "actuator/env", "actuator/httptrace", "logs", "log", ".env", "db.sqlite", "backup.sql", "graphql", "manage", "sys/users",
)  # fmt: skip
_METHODS = ("PUT", "PATCH", "DELETE", "POST", "COPY", "MOVE", "LINK", "UNLINK", "MERGE", "PURGE", "REPORT", "SEARCH", "DEBUG", "TRACK")
_HARMLESS = frozenset({"HEAD", "OPTIONS", "TRACE", "CONNECT"})


class Kept(NamedTuple):
    """A registration that is still being edited: nobody but its entity and the staff reads it; ``secret`` stands in it."""

    person: Person
    registration: Registration
    secret: str


def kept(stories: Stories, identities: Identities, chance: Chance) -> Kept:
    """Somebody whose registration holds a telephone number that nobody else has; Missing where it is masked even for its entity."""
    person, secret = stories.applicant(identities.fresh("bidder")), f"139{chance.integer(10_000_000, 99_999_999)}"
    person.change_registration({"contact": {"phone": secret}}).require()
    one = Kept(person, person.registration().value, secret)
    if secret not in str(reads(one)):
        raise Missing("its entity does not read a registration's telephone number in full, so who else reads it is not seen")
    return one


def keys(stranger: Person) -> Iterator[tuple[str, Person]]:
    """A stranger with one header or parameter more than is asked for, by its name and value."""
    yield from ((f"{name}: {value}", stranger.adding({name: value})) for name, value in _HEADERS)
    yield from ((f"?{name}={value}", stranger.adding(query={name: value})) for name, value in _PARAMETERS)


@clause("HN-3.2-19", acquits=False)
def test_no_header_and_no_parameter_beside_the_interface_opens_what_is_anothers(
    stories: Stories, identities: Identities, chance: Chance
) -> None:
    """Its entity and the verifier read a registration; a stranger does not, whatever headers and parameters the requests carry besides."""
    one, stranger = kept(stories, identities, chance), stories.applicant(identities.fresh("bidder"))
    if stranger.tries(Verifier.registration_of, one.registration).accepted:
        raise Missing("a stranger reads another's registration without any key: that is no back door, and whether there is one is not seen")
    seen = {name: holder.tries(Verifier.registration_of, one.registration) for name, holder in keys(stranger)}
    opened = [name for name, answer in seen.items() if answer.accepted and one.secret in str(answer.value.raw)]

    assert opened == [], "what a platform does not publish opens what is another's"


@clause("HN-3.2-19", acquits=False)
def test_no_unnamed_entrance_tells_everybody_what_is_anothers(
    stories: Stories, identities: Identities, public: Public, chance: Chance
) -> None:
    """Paths at which such entrances are often found are asked for by nobody in particular: none gives what only its entity may read."""
    one = kept(stories, identities, chance)
    paths: Sequence[str] = [f"/{place}{door}" for place in _PLACES for door in _DOORS]
    answers = {path: public.file(path) for path in paths}
    told = [path for path, answer in answers.items() if answer.accepted and one.secret.encode() in answer.value.octets]

    public.platform().require()
    assert told == [], "an entrance that is not published tells everybody what is another's"


def about_registrations(public: Public) -> Iterator[tuple[str, frozenset[str]]]:
    """The published paths that name one registration and nothing else, as a form, and the methods that are published for each."""
    document: Mapping[str, Any] = public.interface().value.raw
    base = urlsplit(str((document.get("servers") or [{}])[0].get("url", ""))).path.rstrip("/")
    for path, described in dict(document.get("paths", {})).items():
        before, _, rest = path.partition("{")
        name, _, after = rest.partition("}")
        if "registration" in name.lower() and "{" not in after:
            yield f"{base}{before}{{}}{after}", frozenset(method.upper() for method in described)


def told_of(site: Site, path: str) -> frozenset[str]:
    """The methods of which the platform itself says that it takes them there."""
    answer = site.ask("OPTIONS", path, {"origin": "https://elsewhere.example", "access-control-request-method": "PUT"})
    said = ",".join(answer.header(name) for name in ("allow", "access-control-allow-methods", "public"))
    return frozenset(method.strip().upper() for method in said.split(",") if method.strip().isalpha())


@clause("HN-3.2-19", acquits=False)
def test_no_method_that_is_not_published_reads_or_changes_what_is_anothers(
    stories: Stories, identities: Identities, public: Public, site: Site, chance: Chance
) -> None:
    """Where a registration is, methods are tried that the interface does not name, those of which OPTIONS tells first, by nobody at all.

    None gives what only its entity may read, and after each of them the entity reads what it read before; then it changes that itself.
    """
    one, mark = kept(stories, identities, chance), f"东城区{chance.token(4)}号"
    opened = opened_to({}, one, mark, public, site)

    assert opened == [], "a method that is not published opens what is another's"
    one.person.change_registration({"address": mark}).require()


@clause("HN-3.2-19", acquits=False)
def test_no_method_that_is_not_published_opens_what_is_anothers_to_who_has_logged_in_as_something_else(
    stories: Stories, identities: Identities, public: Public, site: Site, chance: Chance
) -> None:
    """The same methods are tried by a verified tenderee, who has no part in a bidder's registration and whom the platform knows.

    The session is the tenderee's before and after, and opens the tenderee's own; the published way gives nothing of the bidder's.
    """
    one, mark, identity = kept(stories, identities, chance), f"西城区{chance.token(4)}号", identities.fresh("tenderee")
    stranger = stories.admitted(identity)
    if stranger.tries(Verifier.registration_of, one.registration).accepted:
        raise Missing("a stranger reads another's registration as it is published: what other methods open is not told from that")
    token = public.log_in(identity).value.token
    known = stranger.bearing(token).me().value.id
    opened = opened_to(shown(public, token), one, mark, public, site)

    assert opened == [], "a method that is not published opens what is another's to who has logged in"
    if stranger.bearing(token).me().value.id != known:
        raise Missing("the session did not last, so what opens to who has logged in is not seen")


def shown(public: Public, token: str) -> dict[str, str]:
    """The header by which a request bears a session's token, as the published interface says; Missing where it says another way."""
    schemes = dict(dict(public.interface().value.raw.get("components") or {}).get("securitySchemes") or {})
    if not any(one.get("type") == "http" and str(one.get("scheme")).lower() == "bearer" for one in schemes.values()):
        raise Missing("the published interface does not say that a session's token is borne by its requests (http bearer)")
    return {"authorization": f"Bearer {token}"}


def opened_to(bearing: Mapping[str, str], one: Kept, mark: str, public: Public, site: Site) -> list[str]:
    """The methods that no path of a registration is published with, and that gave its secret or changed it, asked with these headers."""
    published = dict(about_registrations(public))
    if not published:
        raise Missing("the published interface names no path of a registration, so which methods it does not name is not known")
    before, sent, opened = reads(one), json.dumps({"address": mark, "name": mark, "state": "verified"}).encode(), list[str]()
    for form, methods in published.items():
        path = form.format(one.registration.id)
        for method in sorted({*told_of(site, path), *_METHODS} - methods - _HARMLESS):
            answer = site.ask(method, path, {"content-type": "application/json", **bearing}, sent)
            if one.secret in answer.text or reads(one) != before:
                opened.append(f"{method} {form}")
                before = reads(one)
    return opened


def reads(one: Kept) -> list[str]:
    """What its entity reads of a registration, as far as somebody may have changed it; that it is refused, if it is gone."""
    answer = one.person.registration()
    if answer.refused:
        return [str(answer.refused_because)]
    return [str(answer.value.get(name, "")) for name in ("name", "state", "status", "address", "contact")]
