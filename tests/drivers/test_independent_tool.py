import json

import pytest

from tenderproof.drivers import independent_tool
from tenderproof.drivers.independent_tool import Wanted
from tenderproof.drivers.signers import CommandSigner
from tenderproof.testing.identities import Identity
from tenderproof.vocabulary import Blame, Missing, Trouble

STANDARD = "ECDH-ES+A256KW, A256GCM, ES256, x5t#S256"


def wanted(identity: Identity) -> Wanted:
    return Wanted({"price": "1.00"}, ("bid",), identity.encryption_certificate, None)


def test_the_tool_makes_a_bid_of_the_standard_alone(identity: Identity) -> None:
    made = json.loads(independent_tool.make(STANDARD, identity, wanted(identity), 0))

    assert set(made) == {"envelope", "digest", "inner"}
    assert "1.00" not in json.dumps(made)


def test_a_standard_that_no_tool_can_follow_is_no_verdict_on_the_platform(identity: Identity) -> None:
    with pytest.raises(Missing, match="does not say how the content is encrypted") as missing:
        independent_tool.make("ECDH-ES+A256KW", identity, wanted(identity), 0)
    assert missing.value.blame is Blame.TOOL


def test_a_bidder_whose_key_is_not_ours_is_the_declarations_affair(identity: Identity) -> None:
    other = Identity("bidder", "甲", "91", identity.certificate, CommandSigner(("true",)))
    with pytest.raises(Missing, match="甲") as missing:
        independent_tool.make(STANDARD, other, wanted(identity), 0)
    assert missing.value.blame is Blame.DECLARATION


def test_a_tool_that_breaks_off_is_our_trouble(identity: Identity) -> None:
    broken = Wanted({}, (), "no certificate", None)
    with pytest.raises(Trouble, match="The independent bid tool ended with 1") as trouble:
        independent_tool.make(STANDARD, identity, broken, 7)
    assert trouble.value.blame is Blame.TOOL
