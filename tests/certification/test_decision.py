"""The decision is a record of its own: who tested and who decided, signed by the body."""

from tenderproof.certification import decision, jose

from .bodies import House


def test_test_and_decision_are_named_apart(settled: House) -> None:
    record = decision.of(settled.certificate(), settled.tested().result)
    said = jose.opened(decision.sign(record, settled.pen), decision.TYPE, settled.party)

    assert said["tested_by"] == {"prepared": "甲", "reviewed": "乙", "approved": "丙"}
    assert said["decided_by"] == "丁"
    assert said["decided_by"] not in said["tested_by"].values()
    assert said["report"]["key_sha256"] == settled.laboratory_party.keyid != settled.party.keyid
