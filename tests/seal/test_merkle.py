"""The tree is RFC 6962's: the roots are those of the test vectors of the Certificate Transparency project."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.seal import standalone
from tenderproof.seal.merkle import Leaf, Tree, leaf

_INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("count", range(1, 9))
def test_the_root_is_that_of_the_vectors(count: int) -> None:
    assert Tree(leaf(bytes.fromhex(text)) for text in _INPUTS[:count]).root().hex() == _ROOTS[count - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert Tree().root() == hashlib.sha256(b"").digest()


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_stand_alone_script_builds_the_same_tree_by_levels(leaves: list[bytes]) -> None:
    assert Tree(leaves).root() == standalone.root_of(leaves)


def test_a_salt_makes_another_leaf_of_the_same_content() -> None:
    fed = Leaf(b"salt")
    fed.update(b"con")
    fed.update(b"tent")

    assert fed.digest() == leaf(b"content", b"salt") != leaf(b"content")


def test_a_leaf_is_never_a_node() -> None:
    one, other = leaf(b"1"), leaf(b"2")

    assert Tree([one, other]).root() != leaf(one + other)
