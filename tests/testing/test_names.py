"""Names for people of our making."""

import re

from tenderproof.testing import names

DRAWN = ["00000000", "ffffffff", "0a1b2c3d", "8a1b2c3d", "0a9b2c3d", "7f7f7f7f"]


def test_a_company_is_named_as_companies_are_and_nothing_tells_that_it_is_none() -> None:
    for role in ("bidder", "tenderee", "agency"):
        for drawn in DRAWN:
            assert re.fullmatch("北京[\u4e00-\u9fff]{8}有限公司", names.of_entity(role, drawn))


def test_other_chance_makes_another_name_of_the_same_length() -> None:
    made = [names.of_entity("bidder", drawn) for drawn in DRAWN]

    assert len(set(made)) == len(DRAWN)
    assert len({len(name) for name in made}) == 1


def test_every_bit_of_chance_is_in_the_name() -> None:
    base = names.of_entity("bidder", "00000000")

    assert base not in [names.of_entity("bidder", f"{1 << bit:08x}") for bit in range(32)]


def test_a_person_has_a_surname_and_a_given_name() -> None:
    assert {len(names.of_person(drawn)) for drawn in DRAWN} == {3}


def test_a_mark_stands_before_the_name() -> None:
    assert names.of_entity("bidder", "0a1b2c3d", "检测") == "检测" + names.of_entity("bidder", "0a1b2c3d")
    assert names.of_person("0a1b2c3d", "检测").startswith("检测")
