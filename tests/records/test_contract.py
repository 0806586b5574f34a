"""The contract's published objects, as everybody is answered, become one tender a section."""

from typing import Any

from tenderproof.records.contract import facts, sections_of

SECTION: dict[str, Any] = {
    "section_id": "s", "section_code": "E1", "name": "一标段", "round": 1, "bid_deadline": "2026-03-24T00:00:00+08:00",
    "application_deadline": None, "tender_project": {"code": "T", "compulsory": True, "mode": "open", "unified_deal_code": "U"},
    "project": {"code": "P"}, "tenderee": {"name": "局", "uscc": "A"}, "agency": None, "bidders": [{"uscc": "B"}],
    "clarifications": [{"published_at": "m", "influences_preparation": True, "kind": "clarification"}],
    "contract": {"price": "5.00", "signed_at": "g", "parties": []}, "opening_record": None, "result": None,
}  # fmt: skip


def notice(
    kind: str, ident: str = "n", replaces: str | None = None, at: str = "2026-03-02T09:00:00+08:00", **content: Any
) -> dict[str, Any]:
    return {"id": ident, "type": kind, "section_ids": ["s"], "published_at": at, "replaces": replaces, "content": content}


def test_rows_belong_to_the_sections_that_they_name() -> None:
    assert list(sections_of(SECTION)) == ["s"]
    assert list(sections_of(notice("tender") | {"section_ids": ["s", "t", 5]})) == ["s", "t"]
    assert list(sections_of({"section_id": "s"})) == []
    assert list(sections_of({"type": "tender", "section_ids": "s", "content": {}})) == []


def test_a_section_says_its_codes_its_deadline_and_its_contract() -> None:
    found = facts([SECTION])

    assert (found["id"], found["compulsory"], found["invited"], found["bid_deadline"]) == ("E1", True, False, SECTION["bid_deadline"])
    assert (found["project_code"], found["tender_project_code"], found["section_code"], found["deal_code"]) == ("P", "T", "E1", "U")
    assert found["credit_codes"] == ["A", None, "B"]
    assert found["amendments"] == [{"at": "m", "influences": True, "kind": "tender"}]
    assert found["contracts"] == [{"signed_at": "g", "amount": ("5.00", "CNY")}]


def test_documents_count_from_the_first_notice_and_the_rest_is_as_the_last_change_says() -> None:
    first = notice("tender", document_from="d1", document_until="u1", bid_deadline="b1", opening_at="o1")
    change = notice(
        "change", "m", "n", "2026-03-03T09:00:00+08:00", document_from="d2", document_until="u2", bid_deadline="b2", opening_at="o2"
    )
    again = notice(
        "change", "l", "m", "2026-03-04T09:00:00+08:00", document_from="d3", document_until="u3", bid_deadline="b3", opening_at="o3"
    )
    stranger = notice("change", "k", "elsewhere", document_until="u9")

    for rows in ([first, change, again, stranger], [stranger, again, change, first]):
        found = facts(rows)
        assert (found["document_from"], found["document_until"], found["bid_deadline"], found["opening_at"]) == ("d1", "u3", "b3", "o3")
        assert found["notice_published"] == first["published_at"]


def test_a_deadline_that_a_clarification_postponed_counts_and_the_announced_opening_no_more() -> None:
    first = notice("tender", bid_deadline="2026-03-20T09:00:00+08:00", opening_at="2026-03-20T09:00:00+08:00")
    postponed = facts([first, SECTION])
    same = facts([first, SECTION | {"bid_deadline": "2026-03-20T09:00:00+08:00"}])

    assert (postponed["bid_deadline"], "opening_at" in postponed) == (SECTION["bid_deadline"], False)
    assert same["opening_at"] == same["bid_deadline"] == "2026-03-20T09:00:00+08:00"


def test_an_opening_of_an_earlier_round_is_none_of_this_one() -> None:
    record = {"section_id": "s", "content": "", "bids": [1, 2], "opened_at": "o", "kind": "tender", "round": 1}

    assert facts([SECTION, record])["bidders"] == 2
    assert "bidders" not in facts([SECTION | {"round": 2}, record])


def test_a_notice_is_silent_on_what_is_blank_and_no_is_an_answer() -> None:
    said = facts([notice("tender", scale=" ", consortium_accepted=False, tenderee={"name": "局"}, agency={"name": "所"})])["notice"]

    assert (said["scale"], said["consortium_accepted"], said["tenderee.name"], said["tenderee.phone"]) == (False, True, True, False)
    assert (said["agency.name"], said["agency.phone"]) == (True, False)
    assert "agency.name" not in facts([notice("tender", agency=None)])["notice"]


def test_candidates_and_result_are_read_from_their_notices() -> None:
    described = {"rank": 1, "name": "甲", "price": "5", "project_leader": {"name": "李", "certificate": ""}}
    publicity = notice("candidates_publicity", candidates=[described, 5], starts_at="s", ends_at="e", objection_channel="")
    found = facts([publicity, notice("result", "r", winner="甲", price="5", decided_at="d")])

    assert (found["publicity_from"], found["publicity_until"], found["publicity_published"]) == ("s", "e", publicity["published_at"])
    assert found["publicity"] == {"candidates": True, "objection_channel": False}
    assert found["candidates"][0]["described"]["project_leader.certificate"] is False
    assert (found["awards"], found["result"]) == ([{"decided_at": "d", "amount": ("5", "CNY"), "winners": ["甲"]}], {"winner": True})


def test_an_opening_counts_its_bids_and_that_of_applications_is_another() -> None:
    record = {"section_id": "s", "content": "", "bids": [1, 2], "opened_at": "o", "kind": "tender"}

    assert {name: facts([SECTION, record])[name] for name in ("bidders", "opened_at")} == {"bidders": 2, "opened_at": "o"}
    assert "bidders" not in facts([SECTION, record | {"kind": "prequalification"}])
