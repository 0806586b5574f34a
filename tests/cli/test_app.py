"""The command: help in both languages, wrong use as one sentence and 64, never a traceback."""

from pathlib import Path

import pytest

from .command import tenderproof

COMMANDS = ["init", "doctor", "audit", "report", "explain", "compare", "gate", "clauses", "prove", "reference"]


@pytest.mark.parametrize(("language", "word"), [("en", "Audit a candidate"), ("zh", "检测受检平台")])
def test_help_speaks_the_language_of_the_terminal_and_names_every_command(language: str, word: str) -> None:
    said = tenderproof("--help", language=language)

    assert said.returncode == 0
    assert word in said.stdout
    assert all(command in said.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    said = tenderproof(command, "--help")

    assert said.returncode == 0
    assert "Usage: " in said.stdout


WRONG = [
    (["bogus"], "No such command 'bogus'"),
    (["audit"], "Say either a declaration"),
    (["audit", "--reference", "candidate.toml"], "Say either a declaration"),
    (["audit", "nowhere.toml"], "There is no declaration at nowhere.toml"),
    (["audit", "--reference", "--plan", "nope"], "there is no plan 'nope'"),
    (["audit", "--reference", "--only", "XX-1"], "There is no clause XX-1"),
    (["audit", "--reference", "--accept"], "--accept needs --expect"),
    (["audit", "--reference", "--auditor-key", "nowhere.pem"], "nowhere.pem cannot be read"),
    (["audit", "--reference", "--resume", "nowhere"], "There is no run to go on with"),
    (["audit", "--reference", "--resume", "--expect", "x"], "name the folder of the run after it: --resume DIR"),
    (["audit", "--reference", "--workers", "0"], "--workers"),
    (["doctor", "nowhere.toml"], "There is no declaration at nowhere.toml"),
    (["clauses", "--plan", "nope"], "there is no plan 'nope'"),
    (["explain", "."], ""),
    (["report", "."], ""),
    (["prove", "--mutant", "nope"], "There is no mutant nope"),
    (["init", "nowhere/candidate.toml"], "There is no folder nowhere"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_wrong_use_is_answered_with_a_sentence_and_64(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    said = tenderproof(*arguments, cwd=tmp_path)

    assert said.returncode == 64
    assert sentence in said.stderr
    assert said.stderr.startswith("tenderproof: ")
    assert "Traceback" not in said.stderr


def test_the_version_is_printed() -> None:
    assert tenderproof("--version").stdout.strip()
