"""The table of docs/domicile.md, row by row."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from tenderproof.domicile.discs import Proof
from tenderproof.domicile.judgement import Answer, Answers, Evidence, Ground, Judged, Listed, Registered, Role, judged, registered, together
from tenderproof.spec.addresses import Said

TODAY, YEAR = date(2026, 12, 1), timedelta(days=365)
CN = frozenset({"CN"})


def said(*places: str | None, day: date = date(2026, 6, 1)) -> list[Said]:
    return [Said(f"table {number}", place, day) for number, place in enumerate(places)]


@pytest.mark.parametrize(
    ("places", "together_say"),
    [
        (("CN", "CN"), Registered.INSIDE),
        (("US", "US"), Registered.OUTSIDE),
        (("HK", "HK"), Registered.OUTSIDE),
        (("CN", "US"), Registered.PARTED),
        (("SG", "HK"), Registered.PARTED),  # a resolver of Shenzhen, in June 2026
        (("CN", None), Registered.PARTED),
        (("US", None), Registered.PARTED),
        ((None, None), Registered.PARTED),
        (("US",), Registered.PARTED),
        ((), Registered.PRIVATE),
    ],
)
def test_tables_say_something_together_only_if_they_agree(places: tuple[str | None, ...], together_say: Registered) -> None:
    assert registered(said(*places), CN, TODAY, YEAR) is together_say


def test_what_counts_as_within_is_for_the_plan_to_say() -> None:
    assert registered(said("HK", "CN"), frozenset({"CN", "HK"}), TODAY, YEAR) is Registered.INSIDE


def test_a_table_is_stale_from_the_day_after_its_time() -> None:
    assert registered(said("US", "US", day=TODAY - YEAR), CN, TODAY, YEAR) is Registered.OUTSIDE
    assert registered(said("US", "US", day=TODAY - YEAR - timedelta(days=1)), CN, TODAY, YEAR) is Registered.STALE


ROWS = [
    # registered, proof, listed → answer, ground: of a server of the platform's own
    (Registered.INSIDE, Proof.REFUTED, Listed.LISTED, Answer.VIOLATED, Ground.CLAIM_REFUTED),
    (Registered.PRIVATE, Proof.REFUTED, Listed.LISTED, Answer.VIOLATED, Ground.CLAIM_REFUTED),
    (Registered.OUTSIDE, Proof.UNMEASURED, Listed.NO_LIST, Answer.VIOLATED, Ground.REGISTERED_OUTSIDE),
    (Registered.OUTSIDE, Proof.SEVERAL, Listed.LISTED, Answer.VIOLATED, Ground.REGISTERED_OUTSIDE),
    (Registered.OUTSIDE, Proof.INSIDE, Listed.LISTED, Answer.OPEN, Ground.PROOF_AGAINST_TABLES),
    (Registered.INSIDE, Proof.INSIDE, Listed.MISSING, Answer.VIOLATED, Ground.NOT_ON_THE_LIST),
    (Registered.PRIVATE, Proof.UNMEASURED, Listed.MISSING, Answer.VIOLATED, Ground.NOT_ON_THE_LIST),
    (Registered.PRIVATE, Proof.INSIDE, Listed.LISTED, Answer.OPEN, Ground.PRIVATE_ADDRESS),
    (Registered.INSIDE, Proof.INSIDE, Listed.LISTED, Answer.SATISFIED, Ground.PROVED_AND_LISTED),
    (Registered.PARTED, Proof.INSIDE, Listed.LISTED, Answer.SATISFIED, Ground.PROVED_AND_LISTED),
    (Registered.STALE, Proof.INSIDE, Listed.LISTED, Answer.SATISFIED, Ground.PROVED_AND_LISTED),
    (Registered.INSIDE, Proof.INSIDE, Listed.NO_LIST, Answer.OPEN, Ground.NO_LIST),
    (Registered.INSIDE, Proof.UNMEASURED, Listed.LISTED, Answer.OPEN, Ground.NOT_MEASURED),
    (Registered.INSIDE, Proof.OPEN, Listed.LISTED, Answer.OPEN, Ground.NOT_PROVED),
    (Registered.INSIDE, Proof.SEVERAL, Listed.LISTED, Answer.OPEN, Ground.SEVERAL_PLACES),
    (Registered.PARTED, Proof.OPEN, Listed.LISTED, Answer.OPEN, Ground.TABLES_PART),
    (Registered.STALE, Proof.UNMEASURED, Listed.LISTED, Answer.OPEN, Ground.TABLES_STALE),
]


@pytest.mark.parametrize(("tables", "proof", "listed", "answer", "ground"), ROWS)
def test_a_server_is_judged_by_tables_discs_and_list(
    tables: Registered, proof: Proof, listed: Listed, answer: Answer, ground: Ground
) -> None:
    one = judged(Evidence("www", "192.0.2.1", Role.SERVER, tables, proof, listed))

    assert (one.answer, one.ground) == (answer, ground)


@pytest.mark.parametrize("role", [Role.MAIL, Role.NAMES])
@pytest.mark.parametrize(
    ("tables", "answer"),
    [
        (Registered.INSIDE, Answer.SATISFIED),
        (Registered.OUTSIDE, Answer.VIOLATED),
        (Registered.PARTED, Answer.OPEN),
        (Registered.STALE, Answer.OPEN),
        (Registered.PRIVATE, Answer.OPEN),
    ],
)
def test_of_others_only_the_tables_tell(role: Role, tables: Registered, answer: Answer) -> None:
    abroad = role is Role.NAMES and tables is Registered.OUTSIDE
    assert judged(Evidence("mx", "192.0.2.1", role, tables)).answer is (Answer.OPEN if abroad else answer)


THIRD_PARTIES = [
    # registered, listed → answer, ground: of another's host that pages contact
    (Registered.OUTSIDE, Listed.LISTED, Answer.VIOLATED, Ground.REGISTERED_OUTSIDE),
    (Registered.OUTSIDE, Listed.NO_LIST, Answer.VIOLATED, Ground.REGISTERED_OUTSIDE),
    (Registered.INSIDE, Listed.MISSING, Answer.VIOLATED, Ground.NOT_AMONG_SERVICES),
    (Registered.PRIVATE, Listed.MISSING, Answer.VIOLATED, Ground.NOT_AMONG_SERVICES),
    (Registered.INSIDE, Listed.NO_LIST, Answer.OPEN, Ground.UNDECLARED),
    (Registered.PARTED, Listed.NO_LIST, Answer.OPEN, Ground.UNDECLARED),
    (Registered.INSIDE, Listed.LISTED, Answer.SATISFIED, Ground.REGISTERED_INSIDE),
    (Registered.PARTED, Listed.LISTED, Answer.OPEN, Ground.TABLES_PART),
    (Registered.STALE, Listed.LISTED, Answer.OPEN, Ground.TABLES_STALE),
    (Registered.PRIVATE, Listed.LISTED, Answer.OPEN, Ground.PRIVATE_ADDRESS),
]


@pytest.mark.parametrize(("tables", "listed", "answer", "ground"), THIRD_PARTIES)
def test_whom_pages_contact_is_judged_by_tables_and_by_what_is_declared(
    tables: Registered, listed: Listed, answer: Answer, ground: Ground
) -> None:
    one = judged(Evidence("fonts", "", Role.THIRD_PARTY, tables, listed=listed))

    assert (one.answer, one.ground) == (answer, ground)


def test_nobody_is_convicted_for_being_undeclared_alone() -> None:
    for tables in set(Registered) - {Registered.OUTSIDE}:
        assert not judged(Evidence("fonts", "", Role.THIRD_PARTY, tables)).violated


def test_nothing_acquits_a_server_without_a_disc_and_a_list() -> None:
    for tables, proof, listed, answers in product(Registered, Proof, Listed, Answers):
        if judged(Evidence("www", "192.0.2.1", Role.SERVER, tables, proof, listed, answers)).answer is Answer.SATISFIED:
            assert (proof, listed) == (Proof.INSIDE, Listed.LISTED)
            assert tables is not Registered.PRIVATE
            assert answers is not Answers.OPEN


def test_answers_from_behind_a_relay_acquit_nobody_and_convict_nobody() -> None:
    def one(answers: Answers) -> Judged:
        return judged(Evidence("www", "192.0.2.1", Role.SERVER, Registered.INSIDE, Proof.INSIDE, Listed.LISTED, answers))

    assert [(one(answers).answer, one(answers).ground) for answers in Answers] == [
        (Answer.SATISFIED, Ground.ANSWERED_AND_LISTED), (Answer.OPEN, Ground.RELAY_NOT_EXCLUDED),
        (Answer.SATISFIED, Ground.PROVED_AND_LISTED),
    ]  # fmt: skip


def test_no_table_alone_convicts_a_server_that_is_proved_inside() -> None:
    for tables in Registered:
        assert judged(Evidence("www", "192.0.2.1", Role.SERVER, tables, Proof.INSIDE, Listed.LISTED)).answer is not Answer.VIOLATED


def _one(answer: Answer, role: Role = Role.SERVER) -> Judged:
    return Judged(Evidence("www", "192.0.2.1", role, Registered.INSIDE), answer, Ground.NOT_PROVED)


@pytest.mark.parametrize(
    ("answers", "all_say"),
    [
        ([Answer.SATISFIED, Answer.SATISFIED], Answer.SATISFIED),
        ([Answer.SATISFIED, Answer.OPEN], Answer.OPEN),
        ([Answer.OPEN, Answer.VIOLATED, Answer.SATISFIED], Answer.VIOLATED),
        ([], Answer.OPEN),
    ],
)
def test_one_address_decides_for_all(answers: list[Answer], all_say: Answer) -> None:
    assert together(map(_one, answers)) is all_say


def test_without_a_server_nothing_is_shown() -> None:
    assert together([_one(Answer.SATISFIED, Role.MAIL)]) is Answer.OPEN


ENGLISH = {
    "any": "any", "else": "else", "inside": "inside", "outside": "outside", "part": "parted", "stale": "stale",
    "not asked": "unasked", "no public address": "private", "leaves it out": "missing", "lists it": "listed", "no list": "no_list",
}  # fmt: skip
CHINESE = {
    "任何": "any", "其他": "else", "境内": "inside", "境外": "outside", "不一致": "parted", "过期": "stale", "非公共地址": "private",
    "未问": "unasked", "未列": "missing", "在列": "listed", "无清单": "no_list", "被推翻": "refuted", "多处": "several",
    "未测量": "unmeasured",
    "不能判断": "open", "符合": "satisfied", "不符合": "violated", "无法判定": "open",
}  # fmt: skip


@pytest.mark.parametrize(("name", "words"), [("domicile.md", ENGLISH), ("domicile.zh.md", CHINESE)])
def test_the_published_table_is_the_function(name: str, words: dict[str, str]) -> None:
    """docs/domicile.md and its Chinese version, row by row: the first that fits an address of a server says what is said of it."""
    page = (Path(__file__).parents[2] / "docs" / name).read_text("utf-8")
    rows = [[cell.strip(" *`") for cell in line.strip("|").split("|")] for line in page.splitlines() if line.count("|") == 7]
    table = [[words.get(cell, cell) for cell in row] for row in rows if row[5] in {ground.value for ground in Ground}]

    def fits(row: list[str], case: Evidence) -> bool:
        said = zip(row, (case.registered.value, case.proof.value, case.answers.value, case.listed.value), strict=False)
        return all(cell in {"any", "else", value} for cell, value in said)

    assert len(table) == 14
    for registered_as, proof, listed, answers in product(Registered, Proof, Listed, Answers):
        case = Evidence("www", "192.0.2.1", Role.SERVER, registered_as, proof, listed, answers)
        row = next(row for row in table if fits(row, case))
        assert (judged(case).answer.value, judged(case).ground.value) == (row[4], row[5]), case


@pytest.mark.parametrize(("name", "words"), [("domicile.md", ENGLISH), ("domicile.zh.md", CHINESE)])
def test_the_published_table_of_whom_pages_contact_is_the_function(name: str, words: dict[str, str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / name).read_text("utf-8")
    rows = [[cell.strip(" *`") for cell in line.strip("|").split("|")] for line in page.splitlines() if line.count("|") == 5]
    table = [[words.get(cell, cell) for cell in row] for row in rows if row[3] in {ground.value for ground in Ground}]

    assert len(table) == 7
    for registered_as, listed in product(Registered, Listed):
        case = Evidence("fonts", "", Role.THIRD_PARTY, registered_as, listed=listed)
        said = registered_as.value, listed.value
        row = next(row for row in table if all(cell in {"any", value} for cell, value in zip(row, said, strict=False)))
        assert (judged(case).answer.value, judged(case).ground.value) == (row[2], row[3]), case
