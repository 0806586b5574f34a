"""A badge (SVG) that says what was found: green is for *conformant* and for nothing else, and a self-test calls itself so."""

import unicodedata
from xml.etree.ElementTree import Element, SubElement, tostring

from tenderproof import wording
from tenderproof.reporting.plain import plain
from tenderproof.reporting.sentences import words
from tenderproof.result import Result
from tenderproof.vocabulary import Decision, Verdict
from tenderproof.wording import Language

_SUBJECT = "#444444"
_UNDECIDED = "#6b6b6b"
_COLOURS = {Decision.CONFORMANT: "#1b7a3d", Decision.NON_CONFORMANT: "#a32a17", Decision.INCONCLUSIVE: _UNDECIDED}
_HEIGHT, _PADDING, _WIDE, _NARROW = 20, 6.0, 11.5, 6.8  # pixels; a wide and a narrow character of an 11 px face


def render(result: Result, language: Language) -> str:
    """The picture in one language; its title, which a screen reader reads, holds the decision and every count."""
    decision = result.conclusion.decision
    unfinished = result.run.interrupted and decision is not Decision.NON_CONFORMANT
    said = wording.catalogue("summary", language)["badge"]["interrupted"] if unfinished else words(language)["decision"][decision.value]
    kind = wording.catalogue("summary", language)["badge_kind"][result.kind]
    subject = plain(wording.sentence("summary", "badge", "subject", {"kind": kind, "plan": result.basis.plan}, language))
    widths = _width(subject), _width(said)
    picture = Element("svg", xmlns="http://www.w3.org/2000/svg", width=f"{sum(widths):.1f}", height=str(_HEIGHT), role="img")
    picture.set("data-decision", decision.value)
    picture.set("lang", language)
    SubElement(picture, "title").text = _title(result, subject, said, language)
    _half(picture, subject, 0.0, widths[0], _SUBJECT)
    _half(picture, said, widths[0], widths[1], _UNDECIDED if unfinished else _COLOURS[decision])
    return tostring(picture, encoding="unicode") + "\n"


def _title(result: Result, subject: str, said: str, language: Language) -> str:
    counts = ", ".join(f"{words(language)['verdict'][verdict.value]} {result.conclusion.counts.get(verdict, 0)}" for verdict in Verdict)
    values = {"subject": subject, "edition": result.basis.edition, "decision": said, "counts": counts}
    return plain(wording.sentence("summary", "badge", "title", values, language))


def _half(picture: Element, text: str, left: float, width: float, colour: str) -> None:
    SubElement(picture, "rect", x=f"{left:.1f}", width=f"{width:.1f}", height=str(_HEIGHT), fill=colour)
    letters = SubElement(picture, "text", x=f"{left + width / 2:.1f}", y="14", fill="#ffffff")
    letters.set("font-family", "Verdana, 'PingFang SC', 'Microsoft YaHei', sans-serif")
    letters.set("font-size", "11")
    letters.set("text-anchor", "middle")
    letters.set("textLength", f"{width - 2 * _PADDING:.1f}")
    letters.text = text


def _width(text: str) -> float:
    return 2 * _PADDING + sum(_WIDE if unicodedata.east_asian_width(letter) in "WF" else _NARROW for letter in text)
