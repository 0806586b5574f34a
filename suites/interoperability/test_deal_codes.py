"""The unified deal code has its parts, and no two tender projects have one code (统一交易标识码)."""

import re
from datetime import datetime

from tenderproof.testing import Facts, Stories, Tenderee, clause, papers

_FORM = re.compile(r"[0-9A-Z]{3}-?[0-9A-HJ-NPQRTUWXY]{18}-?[0-9]{8}-?[0-9]{6}-?[0-9A-Z]")
_PLAIN, _HYPHENS = 36, 4
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODES = 6


def coded(tenderee: Tenderee, number: int) -> str:
    """The unified deal code of a new project's tender project with this number, from 1, read again after it was given."""
    project = tenderee.create_project(papers.project(Facts())).value
    drafted = [tenderee.create_tender_project(project, papers.tender_project(Facts())).value for _ in range(number)][-1]
    return tenderee.tender_project(drafted).value.unified_deal_code


def is_day(text: str) -> bool:
    """Whether eight digits are a day of the calendar."""
    try:
        return bool(datetime.strptime(f"{text} +0800", "%Y%m%d %z"))
    except ValueError:
        return False


def is_right(uscc: str) -> bool:
    """Whether a credit code has the check character that GB 32100-2015 gives it."""
    total = sum(_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(uscc[:-1]))
    return _CHARACTERS[-total % 31] == uscc[-1]


@clause("DS-UDC-1")
def test_every_tender_project_has_a_unified_deal_code_of_its_own(stories: Stories) -> None:
    """Class, credit code, day, serial, check: each part is what it should be, it stays when it is read again, and none comes twice."""
    tenderee = stories.tenderee()
    codes = [coded(tenderee, 1 + number % 2) for number in range(_CODES)]
    bare = [code.replace("-", "") for code in codes]

    assert [code for code in codes if not _FORM.fullmatch(code) or code.count("-") not in {0, _HYPHENS}] == []
    assert [code for code in bare if len(code) != _PLAIN] == []
    assert [code for code in bare if not is_right(code[3:21])] == []
    assert [code for code in bare if not is_day(code[21:29])] == []
    assert len(set(bare)) == len({code[:35] for code in bare}) == _CODES
