import hashlib

import pytest

from tenderproof.seal.merkle import Leaf, Tree, leaf


def by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:half]) + by_the_book(leaves[half:])).digest()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 65])
def test_a_root_is_the_one_of_rfc_6962(count: int) -> None:
    leaves = [leaf(bytes([number])) for number in range(count)]
    tree = Tree(leaves)

    assert (tree.root(), tree.count) == (by_the_book(leaves), count)


def test_a_leaf_fed_in_parts_is_the_same_leaf() -> None:
    fed = Leaf(b"salt")
    fed.update(b"con")
    fed.update(memoryview(b"tent"))

    assert fed.digest() == leaf(b"content", b"salt") == hashlib.sha256(b"\x00saltcontent").digest()


def test_a_leaf_is_no_node() -> None:
    one, other = leaf(b"1"), leaf(b"2")

    assert leaf(one + other) != Tree([one, other]).root()
