import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tenderproof.drivers import bidmaker, sealing
from tenderproof.testing.identities import Identities, Identity
from tenderproof.vocabulary import DeclarationTrouble

CONTENT = {"section_code": "S", "price": "1.00"}


def test_a_bid_is_signed_and_sealed_to_the_bidder(declare: Any, identity: Identity) -> None:
    made = json.loads(bidmaker.make(declare(), identity, CONTENT, ("bid",), identity, None))

    assert [part["name"] for part in made["envelope"]["segments"]] == ["bid"]
    assert made["inner"] == {}
    assert "1.00" not in json.dumps(made)


def test_where_both_decrypt_the_tenderees_layer_lies_within(declare: Any, identity: Identity, identities: Identities) -> None:
    tenderee = identities.fresh("tenderee")
    made = json.loads(
        bidmaker.make(declare(), identity, CONTENT, ("business", "technical", "price"), identity, tenderee.encryption_certificate)
    )

    assert sorted(made["inner"]) == ["business", "price", "technical"]
    assert tenderee.encryption_key is not None
    assert len(sealing.content_key(made["inner"]["price"], tenderee.encryption_key)) == 32


def test_the_platforms_own_tool_makes_the_bid_where_one_is_declared(declare: Any, identity: Identity, tmp_path: Path) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text("import json, sys\nasked = json.load(sys.stdin)\nprint(json.dumps({'made_for': asked['content']['section_code']}))\n")
    candidate = declare({"name": "contract", "bid_maker": [sys.executable, str(tool)]})

    made = json.loads(bidmaker.make(candidate, identity, CONTENT, ("bid",), identity, None))
    assert made["envelope"] == {"made_for": "S"}


def test_a_tool_that_gives_no_file_is_the_declarations_fault(declare: Any, identity: Identity) -> None:
    with pytest.raises(DeclarationTrouble, match="bid maker"):
        bidmaker.make(declare({"name": "contract", "bid_maker": ["true"]}), identity, CONTENT, ("bid",), identity, None)
