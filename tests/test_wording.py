"""Chinese and English differ in words only: the same catalogues, the same keys, the same values in each sentence."""

import re
from pathlib import Path

import pytest

from tenderproof import content, wording

SUBJECTS = sorted({path.name.split(".")[0] for path in (content.reports_dir() / "wording").glob("*.toml")})


def sentences(subject: str, language: wording.Language) -> dict[str, str]:
    """Every sentence of a catalogue by its dotted key."""
    found: dict[str, str] = {}

    def within(prefix: str, value: object) -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                within(f"{prefix}.{name}", part)
        else:
            found[prefix] = str(value)

    within(subject, wording.catalogue(subject, language))
    return found


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_have_the_same_keys(subject: str) -> None:
    assert sentences(subject, "zh").keys() == sentences(subject, "en").keys()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_put_the_same_values_into_a_sentence(subject: str) -> None:
    zh, en = sentences(subject, "zh"), sentences(subject, "en")

    def values(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    assert [key for key in zh if values(zh[key]) != values(en[key])] == []


def test_no_sentence_is_empty() -> None:
    assert [
        key for subject in SUBJECTS for lang in wording.LANGUAGES for key, text in sentences(subject, lang).items() if not text.strip()
    ] == []


@pytest.mark.parametrize(("said", "language"), [("zh_CN.UTF-8", "zh"), ("zh", "zh"), ("en_GB.UTF-8", "en"), ("C.UTF-8", "en"), ("", "en")])
def test_the_terminal_speaks_the_language_of_its_locale(monkeypatch: pytest.MonkeyPatch, said: str, language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TENDERPROOF_LANG", said)

    assert wording.spoken() == language


def test_a_value_that_is_not_given_does_not_break_a_sentence() -> None:
    assert wording.sentence("cli", "say", "written", {}, "en") == "Written to "


@pytest.mark.parametrize("word", ["finding", "say"])
def test_every_code_that_the_source_uses_has_a_sentence(word: str) -> None:
    source = Path(wording.__file__).parent
    patterns = {"finding": (source / "doctor.py", r'Finding\(\s*"(\w+)"'), "say": (source / "cli/audit.py", r'say\("(\w+)"')}
    path, pattern = patterns[word]
    used = set(re.findall(pattern, path.read_text("utf-8")))

    assert used
    assert used <= wording.catalogue("cli", "en")[word].keys()
