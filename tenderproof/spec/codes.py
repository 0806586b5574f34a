"""The codes of the field: unified social credit code, tendering codes of annex B, unified deal code.

Sources: GB 32100-2015 and GB 11714-1997 (DS-USCC-1, DS-USCC-2); rules B.3.x of the technical specification as the testing
specification of 2015 quotes them; 公共资源交易平台系统数据规范 V2.0 (DS-UDC-1). A code is judged as written: no blanks are
removed and no letter is raised. An empty tuple of faults means that nothing speaks against the code.
"""

import re
from datetime import datetime
from enum import StrEnum

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I, O, S, V, Z."""

CREDIT_CODE_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_CODE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
NOT_CHECKED = "not_checked"
DEAL_CODE_ALGORITHMS = (NOT_CHECKED, "mod_37_2", "mod_37_36")
"""What ``udc_check_algorithm`` may say: nothing is checked, or by which system of ISO 7064 (GB/T 17710)."""
CREDIT_CODE_LENGTH = 18
ORGANISATION_CODE_LENGTH = 9


class Fault(StrEnum):
    """What is wrong with a code."""

    LENGTH = "length"
    CHARACTER = "character"
    ORGANISATION_CHECK = "organisation_check"
    CHECK = "check"
    PATTERN = "pattern"
    CREDIT_CODE = "credit_code"
    DATE = "date"


class Code(StrEnum):
    """The tendering codes of annex B.3; each but the first two begins with the code above it."""

    PUBLIC_SERVICE_PLATFORM = "public_service_platform"
    """公共服务平台标识代码, 10: region 6, sequence 4 (B.3.23)."""
    PLATFORM = "platform"
    """交易平台标识代码, 11: industry letter, region 6, sequence 4 (B.3.1)."""
    PROJECT = "project"
    """项目编号, 17: platform 11, sequence 6 (B.3.2)."""
    TENDER_PROJECT = "tender_project"
    """招标项目编号, 20: project 17, sequence 3 (B.3.4)."""
    SECTION = "section"
    """标段（包）编号, 23: tender project 20, sequence 3 (B.3.5)."""
    FILE = "file"
    """文件编号, 26: section 23, Y or Z, version 01 to 99 (B.3.11)."""


# Sequences begin with 1 (0001, 000001, 001); practice also puts letters there.
_PLATFORM = r"[A-Z]\d{6}(?!0000)[0-9A-Za-z]{4}"
_PROJECT = _PLATFORM + r"(?!000000)[0-9A-Za-z]{6}"
_TENDER_PROJECT = _PROJECT + r"(?!000)[0-9A-Za-z]{3}"
_SECTION = _TENDER_PROJECT + r"(?!000)[0-9A-Za-z]{3}"
_PATTERNS = {
    Code.PUBLIC_SERVICE_PLATFORM: (10, re.compile(r"\d{6}[0-9A-Za-z]{4}", re.ASCII)),
    Code.PLATFORM: (11, re.compile(_PLATFORM, re.ASCII)),
    Code.PROJECT: (17, re.compile(_PROJECT, re.ASCII)),
    Code.TENDER_PROJECT: (20, re.compile(_TENDER_PROJECT, re.ASCII)),
    Code.SECTION: (23, re.compile(_SECTION, re.ASCII)),
    Code.FILE: (26, re.compile(_SECTION + r"[YZ](?!00)\d{2}", re.ASCII)),
}
_CREDIT_CODE = re.compile(rf"[{CREDIT_CODE_ALPHABET}]{{2}}\d{{6}}[{CREDIT_CODE_ALPHABET}]{{10}}", re.ASCII)
_DEAL_CODE = re.compile(
    r"(?P<type>[A-Z]\d{2})(?P<hyphen>-?)(?P<credit>[0-9A-Z]{18})(?P=hyphen)(?P<date>\d{8})(?P=hyphen)\d{6}(?P=hyphen)[0-9A-Z]",
    re.ASCII,
)
_DEAL_CODE_LENGTHS = (36, 40)


def credit_code_faults(code: str) -> tuple[Fault, ...]:
    """What is wrong with a unified social credit code (统一社会信用代码), the check within its organisation code included.

    The two checks are told apart because a code with a right outer and a wrong inner check is reported, and not refused
    by every register.
    """
    if len(code) != CREDIT_CODE_LENGTH:
        return (Fault.LENGTH,)
    if not _CREDIT_CODE.fullmatch(code):
        return (Fault.CHARACTER,)
    faults = []
    if organisation_code_check(code[8:16]) != code[16]:
        faults.append(Fault.ORGANISATION_CHECK)
    if credit_code_check(code[:17]) != code[17]:
        faults.append(Fault.CHECK)
    return tuple(faults)


def is_credit_code(code: str) -> bool:
    """Whether nothing speaks against a unified social credit code."""
    return not credit_code_faults(code)


def credit_code_check(body: str) -> str:
    """The check character of the 17 characters before it (GB 32100-2015); ``ValueError`` for others."""
    if len(body) != CREDIT_CODE_LENGTH - 1 or not set(body) <= set(CREDIT_CODE_ALPHABET):
        raise ValueError(f"{body!r} is no body of a credit code: it takes 17 characters of {CREDIT_CODE_ALPHABET}")
    total = sum(CREDIT_CODE_ALPHABET.index(character) * weight for character, weight in zip(body, CREDIT_CODE_WEIGHTS, strict=True))
    return CREDIT_CODE_ALPHABET[-total % 31]


def organisation_code_check(body: str) -> str:
    """The check character of the 8 characters before it (组织机构代码, GB 11714); ``ValueError`` for others."""
    if len(body) != ORGANISATION_CODE_LENGTH - 1 or not set(body) <= set(ORGANISATION_CODE_ALPHABET):
        raise ValueError(f"{body!r} is no body of an organisation code: it takes 8 digits or capital letters")
    total = sum(
        ORGANISATION_CODE_ALPHABET.index(character) * weight for character, weight in zip(body, ORGANISATION_CODE_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def code_faults(kind: Code, code: str) -> tuple[Fault, ...]:
    """What is wrong with a tendering code of annex B.3."""
    length, pattern = _PATTERNS[kind]
    if len(code) != length:
        return (Fault.LENGTH,)
    return () if pattern.fullmatch(code) else (Fault.PATTERN,)


def belongs_to(code: str, parent: str) -> bool:
    """Whether a tendering code begins with the code above it, as section numbers begin with their tender project's."""
    return len(code) > len(parent) > 0 and code.startswith(parent)


def deal_code_faults(code: str, algorithm: str = NOT_CHECKED) -> tuple[Fault, ...]:
    """What is wrong with a unified deal code (统一交易标识码).

    How its check character is made is a parameter of the plan (``udc_check_algorithm``), and off by default: the public samples verify
    under none that is known. ``ValueError`` for an algorithm that is none of `DEAL_CODE_ALGORITHMS`.
    """
    if len(code) not in _DEAL_CODE_LENGTHS:
        return (Fault.LENGTH,)
    parts = _DEAL_CODE.fullmatch(code)
    if parts is None:
        return (Fault.PATTERN,)
    faults = []
    if not is_credit_code(parts["credit"]):
        faults.append(Fault.CREDIT_CODE)
    if not _is_date(parts["date"]):
        faults.append(Fault.DATE)
    bare = code.replace("-", "")
    if algorithm != NOT_CHECKED and deal_code_check(bare[:-1], algorithm) != bare[-1]:
        faults.append(Fault.CHECK)
    return tuple(faults)


def deal_code_check(body: str, algorithm: str) -> str:
    """The check character of the 35 characters before it, by an algorithm of ISO 7064; ``ValueError`` for others."""
    if len(body) != _DEAL_CODE_LENGTHS[0] - 1 or not set(body) <= set(ORGANISATION_CODE_ALPHABET):
        raise ValueError(f"{body!r} is no body of a deal code: it takes 35 digits or capital letters")
    values = [ORGANISATION_CODE_ALPHABET.index(character) for character in body]
    if algorithm == "mod_37_2":  # a pure system: powers of 2 modulo 37, the 37th character is an asterisk
        remainder = 0
        for value in values:
            remainder = (remainder + value) * 2 % 37
        return f"{ORGANISATION_CODE_ALPHABET}*"[(1 - remainder) % 37]
    if algorithm == "mod_37_36":  # a hybrid system: modulo 36, then modulo 37
        product = 36
        for value in values:
            product = ((product + value) % 36 or 36) * 2 % 37
        return ORGANISATION_CODE_ALPHABET[(1 - product) % 36]
    raise ValueError(f"{algorithm!r} is no algorithm of the check character ({', '.join(DEAL_CODE_ALGORITHMS)})")


def _is_date(digits: str) -> bool:
    try:
        datetime.strptime(digits, "%Y%m%d")  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        return False
    return True
