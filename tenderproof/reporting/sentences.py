"""Codes of a result, as sentences of the wording catalogues."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from tenderproof import wording
from tenderproof.result import Because, Check, Conclusion
from tenderproof.vocabulary import Decision, State, WrongInput
from tenderproof.wording import Language

# Which values of a reason are codes of another section; all others are people's words and stay as they are.
_CODED: Mapping[str, str] = {"ways": "way", "ground": "ground", "observed": "verdict"}

_LONG = re.compile(r"[^\s]{30,}")  # a word that the narrowest column cannot hold
_JOINED = re.compile(r"[^\s]{14,}?(?:_|::|/)(?=[^_/])")  # parts of it up to a joint; never within an escape (&amp;)


class UnknownReason(WrongInput):
    """A result names a reason that the catalogues do not know; the message is a sentence."""


def words(language: Language) -> Mapping[str, Any]:
    """The report's catalogue."""
    return wording.catalogue("report", language)


def because(reason: Because, language: Language) -> str:
    """Why a verdict is what it is."""
    values = {name: _value(reason.code, name, value, language) for name, value in reason.values.items()}
    return _known("report", "reason", reason.code, values, language)


def cause(reason: Because, language: Language) -> str:
    """The same without the check that met it: clauses which one thing keeps open have one cause, however many checks met it."""
    if reason.code not in words(language)["cause"]:
        return because(reason, language)
    values = {name: _value(reason.code, name, value, language) for name, value in reason.values.items()}
    return wording.sentence("report", "cause", reason.code, values, language)


def foldable(text: str) -> Markup:
    """The text, with places to break the line after parts of a long path or name_in_one_word; what is copied stays the same.

    Few of them: each costs the printed report time.
    """
    return Markup(_LONG.sub(lambda word: _JOINED.sub(r"\g<0><wbr>", word[0]), str(escape(text))))  # noqa: S704 - escaped, then only <wbr>


def fault(reason: Because, language: Language) -> str:
    """Why a signed paper counts as absent."""
    return _known("papers", "fault", reason.code, reason.values, language)


def _known(subject: str, section: str, code: str, values: Mapping[str, str], language: Language) -> str:
    """The sentence of a code that a result gives; UnknownReason where it is one of another version, or nobody's."""
    try:
        return wording.sentence(subject, section, code, values, language)
    except KeyError:
        raise UnknownReason(
            f"The result gives a reason that this version of tenderproof has no words for ({code!r}); "
            "read it with the version that wrote it, or run the audit again."
        ) from None


def said(conclusion: Conclusion, language: Language) -> str:
    """What the decision means; with deviations it never says that nothing is violated."""
    with_deviations = conclusion.deviations and conclusion.decision is not Decision.NON_CONFORMANT
    code = f"{conclusion.decision.value}{'_with_deviations' if with_deviations else ''}"
    return str(words(language)["decision_said"][code])


def seen(check: Check, language: Language) -> str:
    """What a check saw, in one sentence: its own words, or ours where it never came to say any."""
    never_came_to_it = check.state is State.ERRORED and not check.where
    return _outcome(check.reason, language) if never_came_to_it else check.reason


def worded(section: str, language: Language) -> Callable[[str | None], str]:
    """Codes of one section as words; a code that the catalogue does not know stays as it is."""
    return coded(words(language)[section])


def coded(catalogue: Mapping[str, str]) -> Callable[[str | None], str]:
    """Codes as the words of a section of any catalogue."""
    return lambda code: str(catalogue.get(code, code)) if code else ""


def _value(code: str, name: str, value: str, language: Language) -> str:
    if code == "check_errored" and name == "what":
        return _outcome(value, language)
    if name not in _CODED:
        return value
    word = worded(_CODED[name], language)
    return ", ".join(word(part) for part in value.split(", "))


def _outcome(reason: str, language: Language) -> str:
    return worded("outcome", language)(reason)
