"""Where requests may go: to what the declaration names, and elsewhere only on the open network.

A platform names addresses too (of its certificate's report, of a standard). One that names a machine inside the tester's own network
would have it read, and what is there published as evidence.
"""

import socket
from collections.abc import Collection
from ipaddress import ip_address


class Inside(Exception):  # noqa: N818 - not an error of ours: the platform leads where nobody asked to go
    """An address leads into a network that is not the open one, and the declaration does not name its host."""


class Premises:
    """``declared`` are hosts (``host``, at any port) and places (``host:port``) that may be asked wherever they are; None: all may be."""

    def __init__(self, declared: Collection[str] | None) -> None:
        self._declared = None if declared is None else set(declared)

    def admit(self, host: str, port: int) -> None:
        """A place of our own may be asked, too."""
        if self._declared is not None:
            self._declared.add(f"{host}:{port}")

    def require_open(self, host: str, port: int) -> None:
        """Raise Inside where one of the host's addresses is private, local or reserved; a host of no address is another's trouble."""
        if self._declared is None or not self._declared.isdisjoint({host, f"{host}:{port}"}):
            return
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            return
        inside = next((str(to[0]) for *_, to in found if not ip_address(str(to[0]).partition("%")[0]).is_global), None)
        if inside is not None:
            raise Inside(
                f"{host}:{port} ({inside}) is not on the open network; "
                "if it belongs to the platform, name it in the declaration (domicile.hosts)"
            )
