"""A person signs open statements, in the terminal or from a file, and nothing that would not count is left behind."""

import json
import subprocess
from pathlib import Path

import pytest

from tenderproof.testing import keys
from tests.dossier import desks
from tests.dossier.desks import Folder

from .command import command, environment, tenderproof

EXEMPTED = '\n[[exemptions]]\nitem = "A-71"\nground = "not_needed"\nexplanation = "不开展资格预审"\n'


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    """A declaration with two people, and their private keys beside it."""
    path = Folder(tmp_path).declaration(EXEMPTED)
    for name in (*desks.OWN, "陌生人", *desks.BODIES):
        (tmp_path / f"{name}.key").write_bytes(keys.pem(desks.private(name)))
    return path


def attest(declared: Path, text: str, *more: str | Path, key: str = "王芳") -> subprocess.CompletedProcess[str]:
    """``tenderproof attest`` from a file with this text."""
    source = declared.with_name("statements.toml")
    source.write_text(text, "utf-8")
    return tenderproof("attest", declared, "--plan", "trading-1", "--key", declared.with_name(f"{key}.key"), "--from", source, *more)


def papers(declared: Path) -> list[str]:
    """The names of the papers in the folder."""
    return sorted(path.name for path in (declared.parent / "papers").glob("*"))


STATEMENTS = '[[attestations]]\nclause = "F-01"\nstatement = "已设置密码策略。"\n[[exemptions]]\nitem = "A-71"\n'


def test_statements_of_a_file_are_signed_and_no_longer_open(declared: Path) -> None:
    said = attest(declared, STATEMENTS, "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 0, said.stderr
    assert (line["signed_by"], len(line["written"])) == ("王芳", 2)
    assert "F-01" not in line["open"]
    assert "F-02" in line["open"]
    listed = json.loads(tenderproof("dossier", declared, "--plan", "trading-1", "--json").stdout)
    assert (listed["absent"], listed["levels"][0]["exempt"]) == ([], [])  # A-71 is an item of two stars


def test_the_terminal_asks_one_clause_after_the_other_and_q_ends(declared: Path) -> None:
    line = command("attest", declared, "--plan", "trading-1", "--key", declared.with_name("王芳.key"))
    said = subprocess.run(line, input="\n有。\nq\n", capture_output=True, text=True, check=False, env=environment())

    assert said.returncode == 0, said.stderr
    assert "1 papers signed by 王芳." in said.stdout
    assert len(papers(declared)) == 1
    assert said.stderr.count("You declare that it is kept") == 3


REFUSED = [
    ('[[attestations]]\nclause = "D-01"\nstatement = "x"\n', "王芳", "D-01 takes a document (interface_proof)"),
    ('[[attestations]]\nclause = "Z-9"\nstatement = "x"\n', "王芳", "There is no clause Z-9"),
    ('[[attestations]]\nclause = "F-01"\nstatement = " "\n', "王芳", "statements.toml: attestations.0.statement"),
    ('[[attestations]]\nclause = "F-01"\n', "王芳", "'statement' is a required property"),
    ('[[attestations]]\nclause = "F-01"\nstatement = "x"\nfiles = ["no.pdf"]\n', "王芳", "no.pdf cannot be read"),
    ('[[exemptions]]\nitem = "A-72"\n', "王芳", "asks for no exemption of A-72"),
    ('[[documents]]\nkind = "bribe"\n', "王芳", "There is no kind of document bribe"),
    ('[[documents]]\nkind = "platform_code"\n', "王芳", "must come from an independent signer"),
    ('expires = "soon"\n', "王芳", "is no day"),
    ('expires = "2199-01-01"\n' + STATEMENTS, "王芳", "longer than the 12 months"),
    (STATEMENTS, "陌生人", "is nobody's whom we know"),
    ("[[attestations", "王芳", "cannot be read"),
]


@pytest.mark.parametrize(("text", "key", "said"), REFUSED)
def test_what_would_not_count_is_refused_in_a_sentence_and_leaves_nothing(declared: Path, text: str, key: str, said: str) -> None:
    ended = attest(declared, text, key=key)

    assert ended.returncode == 64
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert papers(declared) == []


def test_a_mistake_in_the_second_statement_takes_the_first_back(declared: Path) -> None:
    ended = attest(declared, STATEMENTS + '[[attestations]]\nclause = "D-01"\nstatement = "x"\n')

    assert ended.returncode == 64
    assert papers(declared) == []


def test_the_same_person_does_not_sign_one_thing_twice_on_a_day(declared: Path) -> None:
    assert attest(declared, STATEMENTS).returncode == 0
    again = attest(declared, STATEMENTS)

    assert again.returncode == 64
    assert "is there already" in again.stderr
    assert len(papers(declared)) == 2


def test_a_laboratory_signs_its_report_with_the_same_command(declared: Path) -> None:
    facts = "\n".join(f'{name} = "{value}"' for name, value in desks.test_report()["facts"].items() if name != "issued_on")
    text = f'[[documents]]\nkind = "test_report"\n[documents.facts]\nissued_on = "2026-04-27"\n{facts}\n'
    ended = attest(declared, text, "--known-signers", Folder(declared.parent).known_signers(), key="检测实验室")

    assert ended.returncode == 64  # it is signed today, and says another day
    assert "issued_on is 2026-04-27; it must be" in ended.stderr
