"""What somebody types is text and nothing else: to the database, to templates, to pages, to headers and to the file system (入侵防范).

An answer's status decides nothing here, nor does an error: only what comes of it, held against a twin from which nothing comes.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from tenderproof.testing import Browser, Chance, Identities, Missing, PlatformTrouble, Public, Record, Stories, Tender, clause

_TRUE, _FALSE = "'1'='1", "'1'='2"
_LOW, _HIGH = 1_000_003, 9_999_991
_TEMPLATES = ("{{%d*%d}}", "${%d*%d}", "#{%d*%d}", "<%%=%d*%d%%>", "{%% print(%d*%d) %%}", "@(%d*%d)", "*{%d*%d}")
_LEADING = ("../", "..%2f", "%2e%2e%2f", "..%5c", "....//")
_DEEP = 12
_FILES = (("etc/passwd", "root:"), ("windows/win.ini", "[fonts]"))


class Pair(NamedTuple):
    """What is looked for, with a condition beside it that holds and with one that does not; text says the same of both: nothing."""

    held: str
    not_held: str


def pairs(words: str, nothing: str) -> list[Pair]:
    """Conditions beside words that are found (and …), and beside words that are not (or …), for quotes and for patterns."""
    return [
        Pair(f"{words}' AND {_TRUE}", f"{words}' AND {_FALSE}"),
        Pair(f"{words}%' AND {_TRUE}' AND '%'='", f"{words}%' AND {_FALSE}' AND '%'='"),
        Pair(f"{nothing}' OR {_TRUE}", f"{nothing}' OR {_FALSE}"),
        Pair(f"{nothing}%' OR {_TRUE}' OR '%'='x", f"{nothing}%' OR {_FALSE}' OR '%'='x"),
        Pair(f"{nothing}' OR 1=1 --", f"{nothing}' OR 1=2 --"),
    ]


@clause("HN-3.2-10", "F-22", acquits=False)
def test_what_is_searched_for_is_no_condition(stories: Stories, public: Public, chance: Chance) -> None:
    """A notice is found by its words and not by others; a condition behind them finds nothing by being true.

    That only the untrue one finds it is no condition's doing: a firewall before the platform has stopped what is always true.
    """
    mark = chance.token(5)
    tender = stories.announced(notice_facts={"title": f"城东道路工程施工招标公告{mark}"})

    def found(words: str) -> bool:
        try:
            answer = public.published_notices(q=words)
        except PlatformTrouble:  # it may stumble over a quote; that alone is no condition
            return False
        return answer.accepted and tender.notice.id in {one.id for one in answer.value}

    tried = pairs(mark, chance.token(5))
    assert found(mark)
    assert not found(chance.token(5))
    assert [pair for pair in tried if found(pair.held) and not found(pair.not_held)] == [], "what is typed has become a condition"


@clause("HN-3.2-10", "F-22", acquits=False)
def test_a_login_name_is_no_condition(stories: Stories, identities: Identities, public: Public) -> None:
    """Name and password open a session; the name with a condition behind it opens none, whether that holds or not."""
    person, login, password = stories.applicant(identities.fresh("bidder")), identities.login_name(), identities.password()
    person.set_password(login, password).require()
    account = person.me().value.id

    def opened(name: str) -> str | None:
        try:
            answer = public.log_in_with_password(name, password)
        except PlatformTrouble:  # as above
            return None
        return answer.value.account.id if answer.accepted else None

    tried = [text for pair in pairs(login, f"{login}x") for text in pair]
    assert opened(login) == account
    assert opened(f"{login}x") is None
    assert [name for name in tried if opened(name) is not None] == [], "what is typed as a name has become a condition"
    if opened(login) != account:
        raise Missing("after names that are nobody's, nobody is let in from here: whether they are conditions is not seen")


def with_odd_texts(stories: Stories, **facts: Any) -> Tender | None:
    """An announced tender with odd texts in its papers; None where the platform does not take them, which is its right."""
    try:
        return stories.announced(**facts)
    except PlatformTrouble:
        return None


class Marked(NamedTuple):
    """Expressions that only who evaluates them turns into their product."""

    text: str
    product: str


def marked(chance: Chance) -> Marked:
    """The same multiplication in the languages of many templates."""
    one, other = chance.integer(_LOW, _HIGH), chance.integer(_LOW, _HIGH)
    return Marked(" ".join(form % (one, other) for form in _TEMPLATES), str(one * other))


def shown(public: Public, tender: Tender) -> Iterator[tuple[str, str]]:
    """Where words of a notice come back to everybody: the contract's answer, the list, and the pages for people, if there are any."""
    yield "the notice", str(public.published_notice(tender.notice.id).value.raw)
    yield "the list", str([one.raw for one in public.published_notices(q=tender.notice.title).value])
    for path in (f"/notices/{tender.notice.id}", f"/sections/{tender.section.id}", f"/?q={quote(tender.notice.title)}"):
        page = public.file(path)
        if page.accepted:
            yield path, page.value.text


@clause("HN-3.2-10")
def test_an_expression_in_a_text_is_evaluated_nowhere(stories: Stories, public: Public, chance: Chance) -> None:
    """In the title and in fields of a published notice expressions are text; their product shows nowhere."""
    mark, usual = marked(chance), stories.known("announced")
    odd = {"title": f"招标公告 {mark.text}", "content.scope": mark.text, "content.place": mark.text}
    tender = with_odd_texts(stories, notice_facts=odd)
    seen = dict(shown(public, tender)) if tender else {}

    assert public.published_notice(usual.notice.id).accepted
    assert [place for place, text in seen.items() if mark.product in text.replace(",", "")] == [], "what was written has been evaluated"


@clause("HN-3.2-10")
@pytest.mark.waits
def test_no_script_in_a_title_runs_on_the_page_that_shows_it(stories: Stories, browser: Browser, public: Public, chance: Chance) -> None:
    """Opened in a browser, the page of a notice shows its title; scripts that somebody wrote into it add nothing to what can be read."""
    one, other, name = chance.integer(_LOW, _HIGH), chance.integer(_LOW, _HIGH), chance.token(4)
    adds = f"document.body.append({one}*{other})"
    title = f"公告{name}<img src=x onerror={adds}><svg onload={adds}></svg><script>{adds}</script>"
    tender = with_odd_texts(stories, notice_facts={"title": title})
    if tender is None:
        raise Missing("the platform takes no title with markup in it, so no page shows one")
    path = f"/notices/{tender.notice.id}"
    page_of_it = public.file(path)
    if not page_of_it.accepted or name not in page_of_it.value.text:
        raise Missing("no page of the platform shows the title of a notice, so none was opened in a browser")
    with browser.page(path) as page:
        page.wait(1)
        read = page.text()

    assert name in read
    assert str(one * other) not in read, "a script that somebody wrote into a title has run"


@clause("HN-3.2-10")
def test_a_name_with_a_line_break_makes_no_header(stories: Stories, chance: Chance) -> None:
    """A document whose section bears a name with a header in it is downloaded like any other, and no such header comes with it."""
    header = f"x-{chance.token(5)}"
    named = f'一标段"; filename="a.pdf"\r\n{header}: 1\r\nset-cookie: {header}=1'
    plain, tender = stories.known("bidding"), with_odd_texts(stories, section_facts={"name": named})
    file = stories.bidding(tender).bidders[0].download(tender.document).value if tender else None

    assert plain.owner.download(plain.document).value.octets
    assert file is None or file.octets
    assert file is None or file.header(header) is None, "a line of a name has become a header"
    assert file is None or header not in (file.header("set-cookie") or ""), "a line of a name has become a cookie"


@clause("HN-3.2-10")
def test_no_path_leads_out_of_what_is_published(public: Public) -> None:
    """The text of a standard comes by its address; with steps upwards in the place of its name no file of the system comes."""
    standards: Sequence[Record] = [Record.read(one) for one in public.platform().value.get("interface_standards", [])]
    address = next((str(one.get("url")) for one in standards if one.says("url")), "")
    if not address or "://" in address:
        raise Missing("the platform publishes no file of its own by an address with a name in it")
    folder = address.rpartition("/")[0]
    tried = {f"{folder}/{step * _DEEP}{quote(file, safe='')}": sign for step in _LEADING for file, sign in _FILES}
    tried |= {f"{folder}/{quote('../' * _DEEP + file, safe='')}": sign for file, sign in _FILES}
    tried |= {f"{folder}/{quote('/' + file, safe='')}": sign for file, sign in _FILES}
    came = {path: public.file(path) for path in tried}

    assert public.file(address).accepted
    assert [path for path, answer in came.items() if answer.accepted and tried[path].encode() in answer.value.octets] == []
