"""The words that people read, in Chinese and in English: catalogues under reports/wording/, one TOML file a subject and language."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from tenderproof import content

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def spoken() -> Language:
    """The language of the terminal: what TENDERPROOF_LANG or the locale says; English where they say neither."""
    said = os.environ.get("TENDERPROOF_LANG") or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if said.lower().startswith("zh") else "en"


@cache
def catalogue(subject: str, language: Language) -> Mapping[str, Any]:
    """The catalogue of a subject (``cli``, ``report`` …) in one language: sections of key → sentence."""
    path = content.reports_dir() / "wording" / f"{subject}.{language}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def sentence(subject: str, section: str, code: str, values: Mapping[str, str], language: Language) -> str:
    """The sentence for a code, with its values in place; KeyError if the catalogue does not know the code."""
    text: str = catalogue(subject, language)[section][code]
    return text.format_map(_Shown(values))


class _Shown(dict[str, str]):
    """Values for a sentence; one that is not given reads as nothing rather than breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return ""
