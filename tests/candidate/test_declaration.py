"""A declaration is read, or refused with file, line, key and what to do."""

import math
from pathlib import Path

import pytest

from tenderproof.candidate import Authority, Channel, Counterpart, DeclarationError, Exchange, Marks, Secret, Sm, load

GOOD = """\
[candidate]
name = "某交易平台"
kind = "trading"
base_url = "http://127.0.0.1:8000/"
operator = { name = "某公司", uscc = "91350100M000100Y43" }

[sandbox]
enabled = true
clock = "project"

[[accounts]]
id = "bidder-1"
role = "bidder"
certificate = "bidder-1.pem"

[[accounts]]
id = "bidder-2"
role = "bidder"
password = { env = "BIDDER_2" }
"""


def declared(folder: Path, text: str = GOOD) -> Path:
    """A declaration on disk, with the one certificate that it names."""
    (folder / "bidder-1.pem").write_text("", "ascii")
    file = folder / "candidate.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_good_declaration_is_read(tmp_path: Path) -> None:
    candidate = load(declared(tmp_path))

    assert (candidate.name, candidate.kind, candidate.base_url) == ("某交易平台", "trading", "http://127.0.0.1:8000")
    assert candidate.sandbox.enabled
    assert [account.id for account in candidate.accounts_of("bidder")] == ["bidder-1", "bidder-2"]
    assert candidate.accounts[0].certificate == tmp_path / "bidder-1.pem"
    assert candidate.driver["name"] == "contract"


def test_nothing_marks_an_audit_unless_the_declaration_asks_for_it(tmp_path: Path) -> None:
    asked = GOOD + '\n[marks]\nuser_agent = "auditor/1"\nname = "检测"\n'

    assert load(declared(tmp_path)).marks == Marks("", "")
    assert load(declared(tmp_path, asked)).marks == Marks("auditor/1", "检测")


WRONG = [
    ("[sandbox]", '[marks]\nuser_agent = "a\\r\\nx: y"\n[sandbox]', r"line 8, marks\.user_agent: is not of the form that is needed"),
    ('name = "某交易平台"\n', "", r"line 1, candidate: name must be given"),
    ('kind = "trading"', 'kind = "shop"', r"line 3, candidate\.kind: must be one of trading, "),
    ("http://127.0.0.1:8000/", "127.0.0.1", r"line 4, candidate\.base_url: is not of the form"),
    ("http://127.0.0.1:8000/", "http://:80/", r"line 4, candidate\.base_url: is not a URL"),
    ("http://127.0.0.1:8000/", "http://host:99999/", r"line 4, candidate\.base_url: is not a URL"),
    ("http://127.0.0.1:8000/", "http://[::1", r"line 4, candidate\.base_url: is not a URL"),
    ("http://127.0.0.1:8000/", "http://me:secret@h", r"line 4, candidate\.base_url: holds a name or a password"),
    ("[sandbox]", "[limits]\ntotal_s = nan\n[sandbox]", r"line 8, limits\.total_s: must be a finite number"),
    ("[sandbox]", '[tls]\nurl = "http://platform.example"\n[sandbox]', r"line 8, tls\.url: is not of the form"),
    ("[sandbox]", '[tls]\nurl = "https://me:secret@h"\n[sandbox]', r"line 8, tls\.url: holds a name or a password"),
    ("[sandbox]", '[tls]\nplain = "http://host:99999"\n[sandbox]', r"line 8, tls\.plain: is not a URL"),
    ("[sandbox]", '[tls]\nauthority = "root.pem"\n[sandbox]', r"line 8, tls\.authority: there is no file root\.pem"),
    ("[sandbox]", '[sandbox]\nauthority = { certificate = "bidder-1.pem", key = "ca.key" }', r"authority\.key: there is no file ca\.key"),
    ("enabled = true", 'enabled = "yes"', r"line 8, sandbox\.enabled: must be a boolean"),
    ('clock = "project"', 'clocks = "project"', r"line 7, sandbox: there is no such key as clocks"),
    ('clock = "project"', 'clock_from = "soon"', r"line 9, sandbox\.clock_from: is not a moment"),
    ('clock = "project"', 'clock_from = "2026-03-02T09:00:00"', r"line 9, sandbox\.clock_from: is not a moment"),
    ('id = "bidder-2"', 'id = "bidder-1"', r"line 17, accounts\.1\.id: the account bidder-1 stands here twice"),
    ("bidder-1.pem", "nowhere.pem", r"line 14, accounts\.0\.certificate: there is no file nowhere\.pem"),
    ('role = "bidder"\ncert', 'role = "king"\ncert', r"line 13, accounts\.0\.role: must be one of"),
    ("[sandbox]", "[sandbox", r"this is no TOML: .*line 7"),
    ("[sandbox]", f"deep = {'[' * 100_000}\n[sandbox]", r"this is no TOML: .*recursion"),
]


def test_the_hosts_that_are_declared_are_those_of_every_address_and_of_the_domicile(tmp_path: Path) -> None:
    more = (
        '\n[interface]\ndocument = "https://docs.example:8443/openapi.json"\n[domicile]\nhosts = ["files.example"]\n'
        '[counterparts]\npublic_service = { url = "http://[::1]:9/", token = { env = "T" } }\n'
    )

    assert load(declared(tmp_path, GOOD + more)).hosts == {"127.0.0.1", "docs.example", "files.example", "::1"}


def test_where_a_host_gives_a_notice_is_declared_of_hosts_of_its_own_alone(tmp_path: Path) -> None:
    said = '\n[domicile]\nhosts = ["招标.example"]\nquestions = {{ "{host}" = "/n/{{notice}}" }}\n'
    found = load(declared(tmp_path, GOOD + said.format(host="招标.example")))

    assert found.domicile.questions == {"xn--otu08i.example": "/n/{notice}"}
    with pytest.raises(DeclarationError, match=r"far\.example is none of the hosts that domicile\.hosts names"):
        load(declared(tmp_path, GOOD + said.format(host="far.example")))


def test_the_auditors_resolvers_are_asked_besides_the_declared_ones(tmp_path: Path) -> None:
    candidate = load(declared(tmp_path, GOOD + '\n[domicile]\nresolvers = ["192.0.2.1"]\n'))

    assert candidate.asking(["192.0.2.9", "192.0.2.1"]).domicile.resolvers == ("192.0.2.1", "192.0.2.9")
    assert candidate.asking([]) == candidate


def test_the_other_end_of_pushes_is_read_with_its_own_bound_or_none(tmp_path: Path) -> None:
    other_end = '\n[counterparts]\npublic_service = {{ url = "http://127.0.0.1:1/", token = {{ file = "token" }}{} }}\n'
    bounded = load(declared(tmp_path, GOOD + other_end.format(", within_s = 3"))).public_service
    unbounded = load(declared(tmp_path, GOOD + other_end.format(""))).public_service

    assert load(declared(tmp_path)).public_service is None
    assert bounded == Counterpart("http://127.0.0.1:1", Secret(file=tmp_path / "token"), 3)
    assert unbounded == Counterpart("http://127.0.0.1:1", Secret(file=tmp_path / "token"), math.inf)


def test_an_exchange_is_declared_with_the_public_service_platform_with_its_own_bound_or_none(tmp_path: Path) -> None:
    other_end = '\n[counterparts]\npublic_service = {{ url = "http://127.0.0.1:1/", token = {{ file = "token" }}, exchange = {} }}\n'
    bounded = load(declared(tmp_path, GOOD + other_end.format("{ again_within_s = 3 }"))).public_service
    unbounded = load(declared(tmp_path, GOOD + other_end.format("{}"))).public_service

    assert bounded is not None
    assert bounded.exchange == Exchange(3)
    assert unbounded is not None
    assert unbounded.exchange == Exchange(math.inf)


def test_an_expert_base_that_is_asked_directly_is_declared_beside_it(tmp_path: Path) -> None:
    base = '\n[counterparts]\nexpert_base = { url = "http://127.0.0.1:1/b/", token = { file = "token" } }\n'

    assert load(declared(tmp_path)).expert_base is None
    assert load(declared(tmp_path, GOOD + base)).expert_base == Counterpart("http://127.0.0.1:1/b", Secret(file=tmp_path / "token"))


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[f"{old.strip()} -> {new.strip()}" for old, new, _ in WRONG])
def test_a_wrong_declaration_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(DeclarationError, match=said):
        load(declared(tmp_path, GOOD.replace(old, new, 1)))


def test_a_declaration_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="tenderproof init"):
        load(tmp_path / "candidate.toml")


def test_a_secret_is_read_from_where_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("one\n", "utf-8")
    monkeypatch.setenv("TENDERPROOF_TEST_SECRET", "two")

    assert Secret(file=tmp_path / "secret").read() == "one"
    assert Secret(env="TENDERPROOF_TEST_SECRET").read() == "two"


def test_a_secret_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="NOWHERE_SET"):
        Secret(env="NOWHERE_SET").read()
    with pytest.raises(DeclarationError, match="nowhere"):
        Secret(file=tmp_path / "nowhere").read()


@pytest.mark.parametrize(
    ("base_url", "tls", "channel"),
    [
        ("http://127.0.0.1:8000", "", Channel()),
        ("https://platform.example/", "", Channel("https://platform.example", "http://platform.example")),
        ("https://platform.example:443", "", Channel("https://platform.example:443", "http://platform.example")),
        ("https://[2001:db8::1]", "", Channel("https://[2001:db8::1]", "http://[2001:db8::1]")),
        ("https://platform.example:8443", "", Channel("https://platform.example:8443", "")),
        (
            "http://10.0.0.1",
            'url = "https://a.example/x/"\nplain = "http://b.example/"',
            Channel("https://a.example/x", "http://b.example"),
        ),
        ("http://10.0.0.1", "tlcp = true", Channel("", "", tlcp=True)),
    ],
)
def test_where_everybody_reaches_it_is_declared_or_follows_from_the_address(
    tmp_path: Path, base_url: str, tls: str, channel: Channel
) -> None:
    text = GOOD.replace("http://127.0.0.1:8000/", base_url) + (f"\n[tls]\n{tls}\n" if tls else "")

    assert load(declared(tmp_path, text)).channel == channel


def test_the_hosts_of_the_channel_are_named_by_the_declaration(tmp_path: Path) -> None:
    found = load(declared(tmp_path, GOOD + '\n[tls]\nurl = "https://a.example"\nplain = "http://b.example"\n'))

    assert {"127.0.0.1", "a.example", "b.example"} <= found.hosts


def test_an_authorisation_and_what_may_be_worn_out_are_declared_with_the_sandbox(tmp_path: Path) -> None:
    told = 'clock = "project"\nauthorisation = " 授权书 7 "\nfloodable = ["connections"]'
    sandbox = load(declared(tmp_path, GOOD.replace('clock = "project"', told))).sandbox

    assert (sandbox.authorisation, sandbox.floodable) == ("授权书 7", frozenset({"connections"}))
    assert (load(declared(tmp_path)).sandbox.authorisation, load(declared(tmp_path)).sandbox.floodable) == ("", frozenset())


@pytest.mark.parametrize(
    ("told", "why"), [('authorisation = " "', "is not of the form"), ('floodable = ["everything"]', "must be one of connections")]
)
def test_an_authorisation_is_one_and_what_may_be_worn_out_is_known(tmp_path: Path, told: str, why: str) -> None:
    with pytest.raises(DeclarationError, match=why):
        load(declared(tmp_path, GOOD.replace('clock = "project"', f'clock = "project"\n{told}')))


def test_for_what_the_sm_algorithms_are_used_is_declared(tmp_path: Path) -> None:
    for name in ("sm.pem", "sm.key"):
        (tmp_path / name).write_text("x")
    told = '\n[sm]\nuses = ["log_in", "receipts"]\nauthority = { certificate = "sm.pem", key = "sm.key" }\n'
    found = load(declared(tmp_path, GOOD + told)).sm

    assert (found.uses, found.user_id) == (frozenset({"log_in", "receipts"}), "1234567812345678")
    assert found.authority == Authority(tmp_path / "sm.pem", tmp_path / "sm.key")
    assert load(declared(tmp_path, GOOD)).sm == Sm()
    assert load(declared(tmp_path, GOOD + '\n[sm]\nuses = ["log_in"]\nuser_id = "agreed"\n')).sm.user_id == "agreed"


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ('uses = ["sealing"]', "sm.uses.0"),
        ("uses = []", "sm.uses"),
        ('user_id = "x"', "sm"),
        ('uses = ["log_in"]\nuser_id = ""', "sm.user_id"),
    ],
)
def test_a_use_of_sm_that_there_is_not_is_named(tmp_path: Path, told: str, key: str) -> None:
    with pytest.raises(DeclarationError, match=key):
        load(declared(tmp_path, GOOD + f"\n[sm]\n{told}\n"))


def test_the_sm_authoritys_files_must_be_there(tmp_path: Path) -> None:
    told = '\n[sm]\nuses = ["log_in"]\nauthority = { certificate = "none.pem", key = "none.key" }\n'
    with pytest.raises(DeclarationError, match=r"no file none\.pem"):
        load(declared(tmp_path, GOOD + told))
