"""Back doors (后门): what opens a platform beside what it publishes. That none is found says nothing; one that is found convicts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tenderproof.testing import Chance, Identities, Missing, Person, Public, Registration, Stories, Verifier, clause

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


class Kept(NamedTuple):
    """A registration that is still being edited: nobody but its entity and the staff reads it; ``secret`` stands in it."""

    person: Person
    registration: Registration
    secret: str


def kept(stories: Stories, identities: Identities, chance: Chance) -> Kept:
    """Somebody whose registration holds a telephone number that nobody else has."""
    person, secret = stories.applicant(identities.fresh("bidder")), f"139{chance.integer(10_000_000, 99_999_999)}"
    person.change_registration({"contact": {"phone": secret}}).require()
    return Kept(person, person.registration().value, secret)


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

    assert one.secret in str(stories.verifier().registration_of(one.registration).value.raw)
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

    assert one.secret in str(one.person.registration().value.raw)
    assert public.platform().accepted
    assert told == [], "an entrance that is not published tells everybody what is another's"
