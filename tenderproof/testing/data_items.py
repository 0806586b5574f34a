"""Codes and data items in a check's hands: what speaks against a value by the uniform rules, beyond any doubt."""

from functools import cache

from tenderproof import content
from tenderproof.spec.codes import belongs_to
from tenderproof.spec.data_items.catalogue import Catalogue, load_catalogue
from tenderproof.spec.data_items.faults import REMARKS, Fault

__all__ = ["belongs_to", "fault_of_code"]


def fault_of_code(code: str, value: object) -> str | None:
    """What is wrong with a value by the rule of a code (B.3.5, GB/T 2260 … of specs/codes); None if nothing convicts.

    KeyError for a code that has no rule.
    """
    rule = catalogue().codes[code]
    if not isinstance(value, str):
        return Fault.TYPE.value
    fault = rule.fault(value)
    return None if fault is None or fault in REMARKS else fault.value


@cache
def catalogue() -> Catalogue:
    """All objects, items and codes; read once."""
    return load_catalogue(content.specs_dir())
