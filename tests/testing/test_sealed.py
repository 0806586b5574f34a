from tenderproof.testing import Content, Section
from tenderproof.testing.sealed import SealedBid, digest

ENVELOPE = {"segments": [{"name": "bid", "jwe": {"ciphertext": "c"}}]}
BID = SealedBid(Section({"id": "s"}), ENVELOPE, Content(price="1.00"), digest(ENVELOPE))


def test_the_digest_is_over_the_canonical_form() -> None:
    assert digest({"b": 1, "a": "中"}) == digest({"a": "中", "b": 1})
    # sha256 of {"a":"中","b":1} in UTF-8, as `printf '{"a":"中","b":1}' | sha256sum` has it
    assert digest({"b": 1, "a": "中"}) == "d8158d9a7acf211407d1309876015fc6e69f13b7dd8126a571e429ddce565911"


def test_another_envelope_keeps_a_right_digest_so_that_only_the_seal_is_wrong() -> None:
    spoilt = BID.with_envelope({"segments": []})

    assert spoilt.digest == digest({"segments": []})
    assert spoilt.facts == BID.facts


def test_another_digest_leaves_the_envelope() -> None:
    assert BID.with_digest("0" * 64).envelope == ENVELOPE


def test_a_sealed_bid_shows_nothing_of_its_seal_in_a_failure() -> None:
    assert "ciphertext" not in repr(BID)
