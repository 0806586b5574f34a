"""Each of the twenty rules on both sides: what agrees, what does not, and what is not decided."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.data_items.consistency import cases, decided, disagreements, load_rules
from tests.data_items import SPECS, catalogue, sound

RULES = load_rules(SPECS, catalogue())
PROJECT, TENDER = "E4101000001000001", "E4101000001000001001"
ONE, TWO = f"{TENDER}001", f"{TENDER}002"
BIDDER, OTHER, TENDEREE = "91410100MA3X000109", "802100433", "91350100M000100Y43"


def told(code: str, rows: list[dict[str, Any]], within: dict[str, list[dict[str, Any]]]) -> tuple[set[str], set[str]]:
    """Which rules were decided, and which were broken, over objects that say what is given and nothing else."""
    case = {**within, code: rows}
    return decided(RULES, case), {found.rule for found in disagreements(RULES, case)}


# A rule; who repeats; what agrees; what does not; what is at hand beside.
SIDES: list[tuple[str, str, dict[str, str], dict[str, str], dict[str, list[dict[str, str]]]]] = [
    ("R01", "A02", {"A010001": PROJECT}, {"A010001": "E4101000001000002"}, {"A01": [{"A010001": PROJECT}]}),
    ("R02", "A03", {"A020001": TENDER}, {"A020001": TENDER[:-1] + "2"}, {"A02": [{"A020001": TENDER}]}),
    (
        "R03", "A06", {"A020001": TENDER, "A060006": f"{ONE};{TWO}"}, {"A020001": TENDER, "A060006": f"{ONE};{TENDER}003"},
        {"A03": [{"A020001": TENDER, "A030001": ONE}, {"A020001": TENDER, "A030001": TWO}]},
    ),
    ("R04", "A08", {"A030001": ONE}, {"A030001": TWO}, {"A03": [{"A030001": ONE}]}),
    (
        "R05", "A11", {"A030001": ONE, "A080002": "一级", "A080010": "综合评估法"},
        {"A030001": ONE, "A080002": "二级", "A080010": "综合评估法"},
        {"A08": [{"A030001": ONE, "A080002": "一级", "A080010": "综合评估法"}]},
    ),
    ("R06", "A14", {"A030001": ONE}, {"A030001": TWO}, {"A08": [{"A030001": ONE}]}),
    (
        "R07", "A15", {"A030001": ONE, "A090001": "1", "A150003": "C30", "A150004": "m", "A150005": "010"},
        {"A030001": ONE, "A090001": "1", "A150003": "C30", "A150004": "m", "A150005": "11"},
        {"A09": [{"A030001": ONE, "A090001": "1", "A090003": "C30", "A090004": "m", "A090005": "10"}]},
    ),
    (
        "R08", "A16", {"A030001": ONE, "C050001": BIDDER, "A140006": "200000.00", "A140008": "1"},
        {"A030001": ONE, "C050001": BIDDER, "A140006": "200000.01", "A140008": "1"},
        {"A14": [{"A030001": ONE, "C050001": BIDDER, "A140006": "20", "A140008": "2"}]},
    ),
    ("R09", "A17", {"A030001": ONE, "C050001": BIDDER}, {"A030001": ONE, "C050001": OTHER}, {"A14": [{"A030001": ONE, "C050001": BIDDER}]}),
    (
        "R11", "A20", {"A190001": "7" * 32, "A030001": ONE}, {"A190001": "7" * 32, "A030001": TWO},
        {"A19": [{"A190001": "7" * 32, "A030001": ONE}]},
    ),
    (
        "R12", "A22", {"A030001": ONE, "C050001": "甲（北京）公司", "C050002": BIDDER},
        {"A030001": ONE, "C050001": "乙公司", "C050002": BIDDER},
        {"A17": [{"A030001": ONE, "C050001": BIDDER, "C050002": "甲(北京)公司"}, {"A030001": ONE, "C050001": OTHER, "C050002": "乙公司"}]},
    ),
    (
        "R13", "A24", {"A030001": ONE, "C050001": "甲", "C050002": BIDDER, "A220005": "1500000", "A220006": "CNY", "A220007": "1"},
        {"A030001": ONE, "C050001": "甲", "C050002": BIDDER, "A220005": "150", "A220006": "CNY", "A220007": "1"},
        {"A22": [{"A030001": ONE, "C050001": "甲", "C050002": BIDDER, "A220005": "150.00", "A220006": "CNY", "A220007": "2"}]},
    ),
    (
        "R14", "A25", {"A030001": ONE, "A250001": "1", "C050002": "甲", "C050001": BIDDER, "A250005": "9", "A220007": "1"},
        {"A030001": ONE, "A250001": "1", "C050002": "甲", "C050001": BIDDER, "A250005": "10", "A220007": "1"},
        {"A24": [{"A030001": ONE, "C050001": "甲", "C050002": BIDDER, "A220005": "9.0", "A220007": "1"}]},
    ),
    (
        "R15", "A26", {"A020001": TENDER, "A030001": ONE, "C010001": TENDEREE, "C050001": BIDDER},
        {"A020001": TENDER, "A030001": ONE, "C010001": TENDEREE, "C050001": OTHER},
        {"A02": [{"A020001": TENDER, "C010001": TENDEREE}], "A25": [{"A030001": ONE, "C050001": BIDDER}]},
    ),
    (
        "R16", "A27", {"A030001": ONE, "C050001": BIDDER, "A260001": "H" * 20, "A270001": "1"},
        {"A030001": ONE, "C050001": BIDDER, "A260001": "H" * 20, "A270001": "2"},
        {
            "A26": [{"A030001": ONE, "A260001": "H" * 20}], "A09": [{"A030001": ONE, "A090001": "1"}],
            "A15": [{"A030001": ONE, "C050001": BIDDER, "A090001": "1"}],
        },
    ),
    (
        "R17", "A28", {"A030001": ONE, "A260001": "H" * 20, "C010001": TENDEREE, "C050001": BIDDER},
        {"A030001": ONE, "A260001": "H" * 20, "C010001": TENDEREE, "C050001": OTHER},
        {"A26": [{"A030001": ONE, "A260001": "H" * 20, "C010001": TENDEREE, "C050001": BIDDER}]},
    ),
    (
        "R18", "B09", {"A030001": ONE, "B090001": f"甲公司、{OTHER}"}, {"A030001": ONE, "B090001": "甲公司、丙公司"},
        {
            "B05": [{"A030001": ONE, "B050001": BIDDER}, {"A030001": ONE, "B050001": OTHER}],
            "C05": [{"C050001": BIDDER, "C050002": "甲公司"}, {"C050001": OTHER, "C050002": "乙公司"}],
        },
    ),
    ("R19", "B10", {"A030001": ONE, "B100001": "甲"}, {"A030001": ONE, "B100001": "丙"}, {"B06": [{"A030001": ONE, "B060001": "甲,乙"}]}),
    ("R20", "C02", {"C010001": TENDEREE}, {"C010001": BIDDER}, {"C01": [{"C010001": TENDEREE}]}),
    ("R20", "C04", {"C030001": TENDEREE}, {"C030001": BIDDER}, {"C03": [{"C030001": TENDEREE}]}),
    ("R20", "C06", {"C050001": BIDDER}, {"C050001": OTHER}, {"C05": [{"C050001": BIDDER}]}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "code", "agrees", "differs", "beside"), SIDES, ids=[f"{side[0]}-{side[1]}" for side in SIDES])
def test_a_rule_is_kept_and_broken(
    rule: str, code: str, agrees: dict[str, str], differs: dict[str, str], beside: dict[str, list[dict[str, str]]]
) -> None:
    kept, broken, alone = told(code, [agrees], beside), told(code, [differs], beside), told(code, [differs], {})
    assert [rule in kept[0], rule in broken[0]] == [True, True]
    assert [kept[1], broken[1]] == [set(), {rule}]
    assert alone == (set(), set())


def test_every_rule_is_tried_but_the_one_that_the_annex_leaves_open() -> None:
    assert [rule.id for rule in RULES] == [f"R{number:02d}" for number in range(1, 21)]
    assert {rule.id for rule in RULES} - {side[0] for side in SIDES} == {rule.id for rule in RULES if rule.open} == {"R10"}


def test_a_disagreement_names_the_object_and_what_it_says() -> None:
    (found,) = disagreements(RULES, {"A08": [{"A030001": ONE}, {"A030001": TWO}], "A03": [{"A030001": ONE}]})

    assert (found.rule, found.code, found.place, found.says) == ("R04", "A08", 1, {"A030001": TWO})


def test_a_losers_notice_may_name_the_losers_own_price() -> None:
    notice = {"A030001": ONE, "A250001": "2", "C050002": "甲", "C050001": BIDDER, "A250005": "12", "A220007": "1"}
    result = {"A030001": ONE, "C050001": "甲", "C050002": BIDDER, "A220005": "9", "A220007": "1"}

    assert told("A25", [notice], {"A24": [result]}) == ({"R14"}, set())


def test_an_unknown_name_is_not_decided_while_the_names_of_applicants_are_not_all_known() -> None:
    passed = {"A030001": ONE, "B090001": "丙公司"}

    assert told("B09", [passed], {"B05": [{"A030001": ONE, "B050001": BIDDER}], "C05": []}) == (set(), set())


def test_objects_are_gathered_by_their_tendering_project() -> None:
    found = cases(
        [
            ("C05", {"C050001": BIDDER}), ("A01", {"A010001": PROJECT}), ("A02", {"A020001": TENDER}),
            ("A03", {"A020001": f"{PROJECT}002", "A030001": ONE}), ("A08", {"A030001": f"{PROJECT}002001"}),
            ("A06", {"A020001": TENDER, "A060006": f"{PROJECT}002001"}), ("A01", {"A010001": "E4101000001000002"}),
        ]
    )  # fmt: skip

    assert {number: {code: len(rows) for code, rows in case.items()} for number, case in found.items()} == {
        TENDER: {"A02": 1, "A03": 1, "A06": 1, "C05": 1, "A01": 1},
        f"{PROJECT}002": {"A08": 1, "C05": 1, "A01": 1},
    }
    assert {one.rule for one in disagreements(RULES, found[TENDER])} == {"R02"}


def test_whole_sound_objects_are_decided_too() -> None:
    case = {"A01": [sound("A01", A010001=PROJECT)], "A02": [sound("A02", A010001=PROJECT, A020001=TENDER)]}

    assert (decided(RULES, case), [*disagreements(RULES, case)]) == ({"R01"}, [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in: A01,", "in: A91,", r"consistency.yaml:\d+: R01: there is no object A91"),
        ("{A010001: A010001}", "{A010001: A010009, A990001: A010001}", r"consistency.yaml:\d+: R01: A02 has no item A990001"),
        ("- id: R02\n", "- id: X02\n", r"consistency.yaml:\d+: rules.1.id: 'X02' does not match"),
    ],
)
def test_what_is_wrong_with_the_rules_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    for folder in ("data-items", "schemas"):
        shutil.copytree(SPECS / folder, tmp_path / folder)
    path = tmp_path / "data-items/consistency.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(SpecificationError, match=message):
        load_rules(tmp_path, catalogue())
