"""The site of the declared candidate, asked over the wire at the address at which everybody reaches it."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from tenderproof.candidate import Candidate
from tenderproof.drivers.channel import Asked
from tenderproof.drivers.conventions import refused_instead
from tenderproof.drivers.turns import Turns
from tenderproof.evidence.wire import Request, Wire
from tenderproof.testing.actors import Person
from tenderproof.testing.site import Answered, Site
from tenderproof.vocabulary import Blame, Missing


class DeclaredSite(Site):
    """Over TLS where the declaration names such an address, else at ``base_url``.

    ``entering`` is the request by which a person's browser begins a session, None where the driver does not know it.
    """

    def __init__(
        self, candidate: Candidate, wire: Wire, points: Sequence[Asked], entering: Callable[[Person], Request | None], there: Turns
    ) -> None:
        self._address = candidate.channel.url or candidate.base_url
        self._convention = candidate.refusal_in_200
        self._wire, self._points, self._entering, self._there = wire, points, entering, there

    @property
    def host(self) -> str:
        """The site's host."""
        return urlsplit(self._address).hostname or ""

    @property
    def is_secure(self) -> bool:
        """As the address says."""
        return self._address.startswith("https://")

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answered:
        """One answer, recorded."""
        return self._asked(Request(method, f"{self._address}{path}", dict(headers or {}), body))

    def points(self) -> Sequence[tuple[str, str, bytes]]:
        """As the driver names them."""
        return self._points

    def enter(self, person: Person) -> Answered:
        """As the driver's person does it."""
        request = self._entering(person)
        if request is None:
            raise Missing("the driver does not know how a browser begins a session on this platform", Blame.DECLARATION)
        return self._asked(Request(request.method, f"{self._address}{request.url}", request.headers, request.body))

    def _asked(self, request: Request) -> Answered:
        with self._there.beside_others():
            response = self._wire.send(request)
        asked, refusal = (
            f"{request.method} {request.url.removeprefix(self._address)}",
            refused_instead(response, self._convention) is not None,
        )
        return Answered(asked, response.status, response.headers, response.body, refusal=refusal)
