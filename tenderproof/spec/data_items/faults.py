"""What can be wrong with a data item."""

from enum import StrEnum


class Fault(StrEnum):
    """One thing that is wrong. All but the last three show to a schema as well."""

    TYPE = "type"
    """Not text: both bindings write every value as text, so that twenty digits survive."""
    MISSING = "missing"
    """A required item is not there."""
    EMPTY = "empty"
    """There, and nothing in it, or blanks alone."""
    CHARACTER = "character"
    """A character that XML cannot carry."""
    LENGTH = "length"
    """More or fewer characters, or digits, than the notation allows."""
    NOTATION = "notation"
    """No number or no time by its notation."""
    LEAST = "least"
    """Less than the least that the annex allows."""
    CODE = "code"
    """Not built as the code is."""
    UNKNOWN = "unknown"
    """No item of its object."""
    CHECK = "check"
    """The check character is another one."""
    LIST = "list"
    """Built well, and no code of a list that is complete."""
    UNLISTED = "unlisted"
    """No code of a list that may lack the newest: a remark, by which nobody is convicted."""


REMARKS = frozenset({Fault.UNLISTED})
"""What is told and convicts nobody."""
BEYOND_SCHEMAS = frozenset({Fault.CHECK, Fault.LIST, Fault.UNLISTED})
"""What XSD and JSON Schema cannot say."""
