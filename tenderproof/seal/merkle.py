"""Merkle trees as RFC 6962, section 2.1, builds them; leaves carry a salt, so that a withheld one cannot be guessed from its hash."""

import hashlib
from collections.abc import Iterable

_LEAF, _NODE = b"\x00", b"\x01"
SALT_OCTETS = 16


class Leaf:
    """The hash of one leaf, fed part by part: SHA-256 over 0x00, the salt, the content."""

    def __init__(self, salt: bytes = b"") -> None:
        self._hash = hashlib.sha256(_LEAF + salt)

    def update(self, octets: bytes | memoryview) -> None:
        """The next part of the content."""
        self._hash.update(octets)

    def digest(self) -> bytes:
        """The 32 octets of the hash."""
        return self._hash.digest()


def leaf(content: bytes, salt: bytes = b"") -> bytes:
    """The hash of a whole leaf."""
    return hashlib.sha256(_LEAF + salt + content).digest()


class Tree:
    """The root over leaves that come one after the other; it keeps one hash a level, whatever the number of leaves."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.count = 0
        self._peaks: list[tuple[int, bytes]] = []
        for found in leaves:
            self.add(found)

    def add(self, found: bytes) -> None:
        """The next leaf's hash."""
        self.count += 1
        height = 0
        while self._peaks and self._peaks[-1][0] == height:
            found = _node(self._peaks.pop()[1], found)
            height += 1
        self._peaks.append((height, found))

    def root(self) -> bytes:
        """The tree's hash; of no leaves, the hash of nothing (RFC 6962)."""
        if not self._peaks:
            return hashlib.sha256().digest()
        found = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            found = _node(left, found)
        return found


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()
