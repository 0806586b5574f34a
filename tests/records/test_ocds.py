"""OCDS releases: merged as the standard says (ocdsmerge is the third voice), and read for what they say."""

import json
from copy import deepcopy
from typing import Any

import ocdsmerge
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.records import ocds
from tenderproof.records.ocds import compiled, facts, is_record, is_release, releases_of

# The parts of the release schema of OCDS 1.1 on which merging turns: https://standard.open-contracting.org/1.1/en/schema/merging/
_ITEM = {
    "type": "object",
    "properties": {
        "id": {"type": ["string", "integer"]},
        "value": {"type": "object", "properties": {"amount": {}, "currency": {}}},
        "roles": {"type": "array", "items": {"type": "string"}},
    },
}
_SCHEMA = {
    "properties": {
        "ocid": {"type": "string"},
        "id": {"type": "string", "omitWhenMerged": True},
        "date": {"type": "string", "omitWhenMerged": True},
        "tag": {"type": "array", "items": {"type": "string"}, "omitWhenMerged": True},
        "tender": {
            "type": "object",
            "properties": {
                "title": {"type": "string"},
                "items": {"type": "array", "items": _ITEM},
                "submissionMethod": {"type": "array", "items": {"type": "string"}},
            },
        },
        "awards": {"type": "array", "items": _ITEM},
    }
}
_ITEMS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["1", "2", "3"])},
        optional={
            "value": st.fixed_dictionaries({}, optional={"amount": st.integers(0, 9), "currency": st.sampled_from(["EUR", "CNY"])}),
            "roles": st.lists(st.sampled_from("abc"), max_size=2, unique=True),
        },
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda item: str(item["id"]),
)
_RELEASE = st.fixed_dictionaries(
    {},
    optional={
        "tender": st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from(["x", "y", None]),
                "items": _ITEMS,
                "submissionMethod": st.lists(st.sampled_from("ab"), min_size=1, max_size=2),
            },
        ),
        "awards": _ITEMS,
    },
)


def dated(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"ocid": "o", "id": str(n), "date": f"2026-03-{n + 1:02}T00:00:00Z", "tag": ["tender"], **part} for n, part in enumerate(parts)]


def without_silence(value: Any) -> Any:
    """Null, and what holds nothing, say nothing in either reading."""
    if isinstance(value, dict):
        kept = {name: without_silence(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, {}, [])}
    return [without_silence(part) for part in value] if isinstance(value, list) else value


@given(st.lists(_RELEASE, min_size=1, max_size=4))
def test_releases_are_merged_as_the_standards_own_library_merges_them(parts: list[dict[str, Any]]) -> None:
    releases = dated(parts)
    theirs = ocdsmerge.Merger(_SCHEMA).create_compiled_release(deepcopy(releases))
    ours = dict(compiled(deepcopy(releases)))

    for name in ("tender", "awards"):
        assert (without_silence(ours.get(name)) or None) == (without_silence(theirs.get(name)) or None)


def test_a_null_takes_a_value_back_and_a_list_of_words_is_replaced() -> None:
    merged = compiled(
        dated(
            [
                {"tender": {"title": "x", "submissionMethod": ["a", "b"]}},
                {"tender": {"title": None, "submissionMethod": ["b"]}, "awards": [{"id": 1, "value": {"amount": 1}}]},
                {"awards": [{"id": 1, "status": "active"}, {"id": "2"}]},
            ]
        )
    )

    assert merged["tender"] == {"submissionMethod": ["b"]}
    assert merged["awards"] == [{"id": 1, "value": {"amount": 1}, "status": "active"}, {"id": "2"}]


def test_one_release_is_its_own_compiled_release() -> None:
    (release,) = dated([{"tender": {"items": [{"id": "1"}]}}])

    assert compiled([release]) == release


def test_a_record_gives_its_compiled_release_or_all_its_releases_or_nothing() -> None:
    release, link = {"ocid": "o", "id": "1"}, {"url": "urn:x", "date": "2026-03-02T00:00:00Z"}

    assert releases_of({"ocid": "o", "releases": [link], "compiledRelease": {"tag": ["compiled"]}}) == [{"ocid": "o", "tag": ["compiled"]}]
    assert releases_of({"ocid": "o", "releases": [release]}) == [release]
    assert releases_of({"ocid": "o", "releases": [release, link]}) is None
    assert releases_of({"ocid": "o", "releases": []}) is None
    assert is_record({"ocid": "o", "releases": []})
    assert is_release(release)
    assert not is_release({"ocid": 5})
    assert not is_record({"releases": []})


def test_what_a_release_says_is_read_from_the_standards_fields() -> None:
    release = {
        "ocid": "o",
        "buyer": {"name": "A town"},
        "parties": [{"identifier": {"scheme": "CN-USCC", "id": "91350100M000100Y43"}}, {"identifier": {"scheme": "GB-COH", "id": "1"}}],
        "tender": {
            "title": "x", "procurementMethod": "open", "status": "complete", "numberOfTenderers": 3,
            "tenderPeriod": {"startDate": "s", "endDate": "e"}, "enquiryPeriod": {"endDate": "q"}, "bidOpening": {"date": "o"},
            "value": {"amount": 5, "currency": "EUR"}, "amendments": [{"id": "1", "date": "m"}],
            "documents": [
                {"documentType": "biddingDocuments", "datePublished": "2026-03-02T00:00:00Z"},
                {"documentType": "biddingDocuments", "datePublished": "2026-03-02T01:00:00+08:00"},
            ],
        },
        "awards": [{"id": 1, "status": "active", "date": "d", "value": {"amount": 4, "currency": "EUR"}, "suppliers": [{"name": "S"}]}],
        "contracts": [{"id": "c", "awardID": 1, "dateSigned": "g", "value": {"amount": 4, "currency": "EUR"}}],
    }  # fmt: skip
    found = facts(release, frozenset({"CN-USCC"}))

    assert (found["tenderee"], found["method"], found["bidders"], found["cancelled"]) == ("A town", "open", 3, False)
    assert (found["submission_from"], found["bid_deadline"], found["enquiry_until"], found["opening_at"]) == ("s", "e", "q", "o")
    assert found["document_from"] == "2026-03-02T01:00:00+08:00"
    assert found["estimate"] == (5, "EUR")
    assert found["amendments"] == [{"at": "m", "kind": "tender"}]
    assert found["credit_codes"] == ["91350100M000100Y43"]
    assert found["awards"] == [{"id": "1", "decided_at": "d", "notified_at": None, "amount": (4, "EUR"), "winners": ["S"]}]
    assert found["contracts"] == [{"id": "c", "award": "1", "signed_at": "g", "amount": (4, "EUR")}]
    assert len(found["amounts"]) == 3


def test_what_was_called_off_is_no_award_and_no_contract() -> None:
    for status in ("cancelled", "unsuccessful", "pending"):
        found = facts({"ocid": "o", "awards": [{"id": "1", "status": status}], "contracts": [{"id": "1", "status": status}]}, frozenset())
        assert (found["awards"], found["contracts"]) == ([], [])


def test_a_bidding_document_without_its_date_may_be_the_first_so_none_is() -> None:
    documents = [{"documentType": "biddingDocuments", "datePublished": "2026-03-02T00:00:00Z"}, {"documentType": "biddingDocuments"}]

    assert facts({"ocid": "o", "tender": {"documents": documents}}, frozenset())["document_from"] is None


_ODD: st.SearchStrategy[Any] = st.sampled_from([None, 5, "x", [], [1], [[]], {}, {"id": {}}, [{"id": []}], True])
_NAMES = ("buyer", "parties", "awards", "contracts")
_INNER = ("tenderPeriod", "documents", "value", "amendments")


@given(st.fixed_dictionaries(dict.fromkeys(_NAMES, _ODD)), _ODD | st.fixed_dictionaries(dict.fromkeys(_INNER, _ODD)))
def test_whatever_stands_where_an_object_is_due_breaks_nothing(release: dict[str, Any], told: Any) -> None:
    odd = {"ocid": "o", **release, "tender": told}
    before = json.dumps(odd)

    facts(odd, frozenset({"x"}))
    assert json.dumps(odd) == before
    compiled([deepcopy(odd), deepcopy(odd)])


def test_a_list_within_a_list_deeper_than_any_record_is_taken_as_it_is() -> None:
    deep: Any = {"id": "1"}
    for _ in range(ocds._DEEPEST + 50):
        deep = {"id": "1", "inner": deep}

    once, again = deepcopy(deep), deepcopy(deep)
    assert compiled([{"ocid": "o", "tender": once}, {"ocid": "o", "tender": again}])["tender"] == deep
