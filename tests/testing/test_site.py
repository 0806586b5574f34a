"""The site, as a check holds it: what an answer shows of cookies, of a program's inside, of folders, and of what is loaded in plain."""

from collections.abc import Mapping, Sequence

import pytest

from tenderproof.testing.actors import Person
from tenderproof.testing.site import Answered, Site
from tenderproof.vocabulary import Missing, PlatformTrouble


def answered(body: str = "", status: int = 200, asked: str = "GET /", **headers: str) -> Answered:
    return Answered(asked, status, tuple((name.replace("_", "-"), value) for name, value in headers.items()), body.encode())


def test_a_header_is_found_whatever_its_case() -> None:
    answer = Answered("GET /", 200, (("X-Frame-Options", "DENY"), ("x-frame-options", "ALLOW")), b"")

    assert (answer.header("x-frame-options"), answer.header("server")) == ("DENY", "")


@pytest.mark.parametrize(
    ("cookie", "lacking"),
    [
        ("s=1; Secure; HttpOnly; SameSite=Strict", []),
        ("s=1; secure; httponly; samesite=lax; path=/", []),
        ("s=1; HttpOnly; SameSite=None; Secure", ["samesite"]),
        ("s=1; SameSite=Strict; Secure", ["httponly"]),
        ("s=1; HttpOnly; SameSite=Strict", ["secure"]),
        ("s=Secure; HttpOnly; SameSite", ["secure", "samesite"]),
        ("s=1", ["secure", "httponly", "samesite"]),
    ],
)
def test_a_cookie_lacks_what_it_does_not_say(cookie: str, lacking: list[str]) -> None:
    (found,) = Answered("GET /", 200, (("Set-Cookie", cookie),), b"").cookies

    assert found.name == "s"
    assert found.lacks(("secure", "httponly", "samesite")) == lacking


@pytest.mark.parametrize(
    "text",
    [
        'Traceback (most recent call last):\n  File "/srv/app.py", line 1',
        "java.lang.NullPointerException\n\tat com.example.Bid.show(Bid.java:17)",
        "   at Platform.Bids.Show(Int32 id) in D:\\build\\Bids.cs:line 40",
        "TypeError: x\n    at show (/srv/app/bids.js:10:3)",
        "<b>Fatal error</b>: Uncaught Error in <b>/var/www/bids.php</b> on line <b>3</b>",
        "goroutine 1 [running]:",
        "bids.rb:12:in `show'",
        "SQLSTATE[42000]: Syntax error",
        "ORA-00933: SQL command not properly ended",
        "You have an error in your SQL syntax; check the manual",
        'sqlite3.OperationalError: near "\'": syntax error',
    ],
)
def test_a_programs_inside_is_known_by_its_words(text: str) -> None:
    assert answered(text, 500).traces


@pytest.mark.parametrize(
    "text",
    [
        "页面不存在",
        "We are at office (room 3)",
        "Warning: the deadline is near",
        "look at example.js",
        "错误码 ORA",
        "Meet at hall (B:12:3)",
        '{"code": "not_found", "title": "未找到"}',
    ],
)
def test_words_of_people_are_no_trace(text: str) -> None:
    assert answered(text, 404).traces == []


@pytest.mark.parametrize(
    ("answer", "versions"),
    [
        (answered(server="nginx/1.22.1"), ["server: nginx/1.22.1"]),
        (answered(x_powered_by="PHP/7.4.3"), ["x-powered-by: PHP/7.4.3"]),
        (answered(x_aspnet_version="4.0.30319"), ["x-aspnet-version: 4.0.30319"]),
        (answered(server="nginx"), []),
        (answered(date="Tue, 01 Dec 2026 08:00:00 GMT", etag='"1.2"'), []),
        (answered("<hr><center>nginx/1.22.1</center>", 404), ["nginx/1.22.1"]),
        (answered("<h3>Apache Tomcat/9.0.65</h3>", 404), ["Apache Tomcat/9.0.65"]),
        (answered("投标文件须用 nginx/1.22.1 部署", 200), []),
    ],
)
def test_a_version_is_told_by_a_header_or_by_the_page_of_a_refusal(answer: Answered, versions: list[str]) -> None:
    assert answer.versions == versions


@pytest.mark.parametrize(
    ("answer", "lists"),
    [
        (answered("<html><head><title>Index of /uploads/</title>"), True),
        (answered("<h1>Directory listing for /uploads/</h1>"), True),
        (answered("<A HREF='/'>[To Parent Directory]</A>"), True),
        (answered("<title>Index of /uploads/</title>", 403), False),
        (answered("<title>招标公告</title>"), False),
    ],
)
def test_a_folder_is_listed_by_who_hands_its_list_out(answer: Answered, lists: bool) -> None:
    assert answer.lists_a_directory is lists


def test_what_is_loaded_or_sent_in_plain_is_found_and_a_link_is_neither() -> None:
    page = answered(
        """<link rel="stylesheet" href="http://a/s.css"><link rel="canonical" href="http://a/c"><script src="HTTP://b/x.js"></script>
        <a href="http://c/">c</a><img src="https://d/i.png"><form action="http://e/find"></form><form></form><iframe src="/f"></iframe>
        <style>@font-face { src: url( 'http://g/f.woff2') }</style><p>http://h/</p>"""
    )

    assert page.loaded_in_plain == ["HTTP://b/x.js", "http://a/s.css", "http://e/find", "http://g/f.woff2"]


def test_folders_are_those_of_this_site_from_which_something_is_loaded() -> None:
    page = answered(
        '<script src="lib/a.js"></script><img src="/img/b/c.png"><img src="https://d/x/y.png"><img src="data:,">', asked="GET /p/q"
    )

    assert page.folders == ["/img/b/", "/p/lib/"]


class Told(Site):
    host = "platform.example"
    is_secure = False

    def __init__(self, first: Answered, none: Answered) -> None:
        self._first, self._none = first, none

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answered:  # noqa: ARG002
        return self._first if path == "/" else self._none

    def points(self) -> Sequence[tuple[str, str, bytes]]:
        return ()

    def enter(self, person: Person) -> Answered:  # noqa: ARG002
        return self._none


PAGE = answered("<p>招标公告</p>", content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("first", "none"),
    [
        (PAGE, answered("no", 404)),
        (PAGE, PAGE),
        (PAGE, answered('{"code": 404}', content_type="application/json")),
        (answered("{}", content_type="application/json"), answered("", 404)),
    ],
    ids=["refuses", "shows one page everywhere", "refuses in words of its own", "an interface alone"],
)
def test_a_site_lives_that_tells_what_is_there_from_what_is_not(first: Answered, none: Answered) -> None:
    Told(first, none).require_alive("/nowhere")


@pytest.mark.parametrize(
    ("first", "none"),
    [
        (answered("{}", content_type="application/json"), answered("{}", content_type="application/json")),
        (PAGE, answered("<p>/nowhere</p>", content_type="text/html")),
        (answered("no", 403), answered("no", 403)),
        (PAGE, answered("<p>oh</p>", 500, content_type="text/html")),
        (answered("", 503), answered("", 404)),
    ],
    ids=["the same to everything", "an echo", "no to everything", "breaks", "down"],
)
def test_a_site_that_answers_without_looking_does_not_live(first: Answered, none: Answered) -> None:
    with pytest.raises(PlatformTrouble, match="does not answer as one that lives"):
        Told(first, none).require_alive("/nowhere")


class Linked(Told):
    """A site of pages by their path; each leads to others."""

    def __init__(self, **leads: Sequence[str]) -> None:
        self.leads, self.asked = leads, list[str]()

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answered:  # noqa: ARG002
        self.asked.append(path)
        kind = "text/html" if "file" not in path else "application/pdf"
        links = "".join(f'<a href="{url}">x</a>' for url in self.leads.get(path.strip("/") or "first", ()))
        return answered(links, 404 if "gone" in path else 200, f"GET {path}", content_type=kind)


def test_pages_are_those_to_which_links_of_this_site_lead_each_once() -> None:
    found = Linked(first=["/a", "b?page=2", "https://elsewhere.example/", "mailto:x@y", "#top", "/gone", "/file"], a=["/", "/c"], c=["d"])

    assert [one.asked for one in found.pages()] == ["GET /", "GET /a", "GET /b?page=2", "GET /c", "GET /d"]


def test_pages_that_differ_in_a_number_alone_are_looked_at_a_few_times() -> None:
    found = Linked(
        first=[*(f"/notices/{number}" for number in range(50)), *(f"/notices/{'ab' * 8}{number}/x" for number in range(50)), "/z"]
    )

    assert len([one for one in found.pages() if "/notices/" in one.asked]) == 6
    assert "/z" in found.asked


def test_a_site_of_links_without_end_is_looked_at_in_part() -> None:
    found = Linked(first=[f"/{chr(97 + number)}{chr(97 + other)}" for number in range(26) for other in range(26)])

    assert len(found.pages()) == len(found.asked) == 16


def test_a_site_without_a_page_shows_nothing_to_judge() -> None:
    with pytest.raises(PlatformTrouble, match="shows no page"):
        Told(answered("{}", content_type="application/json"), PAGE).pages()


def test_what_is_reached_in_plain_shows_nothing_of_what_is_told_over_tls() -> None:
    site = Told(PAGE, PAGE)

    with pytest.raises(Missing, match=r"tls\.url"):
        site.require_secure()
    site.is_secure = True
    site.require_secure()


def test_a_success_that_carries_a_refusal_is_none() -> None:
    refusal = Answered("GET /", 200, (), b'{"code": 404}', refusal=True)

    assert (refusal.accepted, refusal.refused) == (False, True)
    Told(PAGE, refusal).require_alive("/nowhere")
