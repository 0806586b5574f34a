"""What the site gives away or lets others do: in plain, across sites, by cookies, in refusals, by what was left lying about (入侵防范)."""

import re
from collections.abc import Iterator

from tenderproof.testing import Answered, Chance, Identities, Missing, Plan, Site, Stories, clause

_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d+)", re.IGNORECASE)
_BROKEN_JSON = b'{"certificate": '
_ODD = ("/%c0%ae%c0%ae/", "/%00", "/?page=%", "/..;/", "/index.php", "/index.jsp")  # what a sound server refuses or does not know
_LEFT_BEHIND = {  # an address, and words by which what lies there is known for what it is
    "/.git/HEAD": r"\Aref: refs/",
    "/.git/config": r"\[core\]",
    "/.svn/entries": r"\A\d+\s",
    "/.env": r"(?m)^[A-Z][A-Z0-9_]*=\S",
    "/web.config": r"<configuration>",
    "/WEB-INF/web.xml": r"<web-app",
    "/server-status": r"Apache Server Status|Active connections:",
    "/nginx_status": r"Active connections:",
    "/phpinfo.php": r"phpinfo\(\)|PHP Version",
    "/actuator": r'"_links"\s*:',
    "/actuator/env": r'"propertySources"\s*:',
    "/actuator/heapdump": r"\AJAVA PROFILE",
    "/druid/index.html": r"Druid Stat Index",
    "/jmx-console/": r"JMX (Agent )?(Management )?(Console|View)",
    "/manager/html": r"Tomcat Web Application Manager",
    "/debug/pprof/": r"Types of profiles available",
    "/debug/default/view": r"Yii Debugger",
    "/_debugbar/open": r"phpdebugbar",
    "/console": r"Werkzeug|Interactive Console|H2 Console",
    "/elmah.axd": r"Error Log for",
    "/trace.axd": r"Application Trace",
    "/backup.sql": r"(?i)CREATE TABLE|INSERT INTO",
    "/dump.sql": r"(?i)CREATE TABLE|INSERT INTO",
}
_FOLDERS = ("/", "/static/", "/assets/", "/upload/", "/uploads/", "/files/", "/images/", "/backup/")


@clause("HN-3.2-13", way="network")
def test_a_browser_that_was_here_comes_back_over_tls_alone(site: Site, plan: Plan) -> None:
    """Whatever is answered over TLS tells browsers, for as long as the plan asks, to come over TLS alone."""
    site.require_secure()
    wanted = plan.whole("hsts_min_seconds")
    answers = [site.ask(method, path) for method, path, _ in site.points() if method == "GET"]

    assert answers[0].accepted, answers[0].status
    ages = {one.asked: _MAX_AGE.search(one.header("strict-transport-security")) for one in answers}
    assert [asked for asked, age in ages.items() if wanted and (age is None or int(age[1]) < wanted)] == []


@clause("HN-3.2-13", way="network")
def test_no_page_loads_or_sends_anything_in_plain(site: Site) -> None:
    """Pages that come over TLS load scripts, styles, images and frames over TLS too, and their forms go nowhere else."""
    site.require_secure()
    pages = site.pages()

    assert {one.asked: one.loaded_in_plain for one in pages if one.loaded_in_plain} == {}


@clause("HN-3.2-10")
def test_the_cookie_of_a_session_is_kept_from_scripts_other_sites_and_the_plain_line(
    stories: Stories, identities: Identities, site: Site, plan: Plan
) -> None:
    """Somebody logs in as a browser does: each cookie that then holds the session bears the attributes that the plan asks for."""
    site.require_secure()
    wanted = plan.value("session_cookie_attributes")
    entered = site.enter(stories.admitted(identities.fresh("bidder")))
    if not entered.cookies:
        raise Missing("no cookie was set at log-in, so there is none that could be taken")

    assert isinstance(wanted, list)
    assert {one.name: one.lacks(map(str, wanted)) for one in entered.cookies if one.lacks(map(str, wanted))} == {}


@clause("HN-3.2-10")
def test_no_other_site_reads_answers_with_a_visitors_session(site: Site, chance: Chance) -> None:
    """Requests from origins that nobody trusts are not told that they may read the answer together with the visitor's credentials."""
    site.require_alive(f"/{chance.token()}")
    host = site.host
    strangers = ("https://elsewhere.example", "null", f"https://{host}.elsewhere.example", f"https://elsewhere-{host}")
    told = [
        (origin, one.asked, one.header("access-control-allow-origin"))
        for origin in strangers
        for one in _across(site, origin)
        if one.header("access-control-allow-origin") == origin and one.header("access-control-allow-credentials").lower() == "true"
    ]

    assert told == []


@clause("HN-3.2-10", acquits=False)
def test_pages_bear_the_headers_that_the_plan_asks_for(site: Site, plan: Plan) -> None:
    """Each page bears the security headers that the plan names; a plan that names none leaves nothing to see."""
    wanted = plan.value("security_headers")
    if not isinstance(wanted, list) or not wanted:
        raise Missing("the plan asks for no security header (security_headers)")
    shown = site.pages()

    lacking = {one.asked: [name for name in wanted if not one.header(str(name).lower())] for one in shown}
    assert {asked: names for asked, names in lacking.items() if names} == {}


@clause("HN-3.2-10")
def test_a_refusal_shows_nothing_of_the_programs_inside(site: Site, chance: Chance) -> None:
    """What does not exist or cannot be read is refused without a stack trace, without a database's words, without versions."""
    site.require_alive(f"/{chance.token()}")
    answers = list(_provoked(site, chance))

    assert {one.asked: one.traces for one in answers if one.traces} == {}
    assert {one.asked: one.versions for one in answers if one.versions} == {}


@clause("HN-3.2-10")
def test_nothing_was_left_lying_about(site: Site, chance: Chance) -> None:
    """At addresses where debuggers, consoles, settings, sources and dumps are known to lie, none of these is handed out."""
    site.require_alive(f"/{chance.token()}")
    found = [path for path, words in _LEFT_BEHIND.items() if _is_there(site.ask("GET", path), words)]

    assert found == []


@clause("HN-3.2-10")
def test_no_folder_lists_its_files(site: Site, chance: Chance) -> None:
    """Neither the folders from which the first page loads something nor the usual ones are answered with a list of their files."""
    site.require_alive(f"/{chance.token()}")
    folders = dict.fromkeys((*_FOLDERS, *site.ask("GET", "/").folders))

    assert [folder for folder in folders if site.ask("GET", folder).lists_a_directory] == []


def _across(site: Site, origin: str) -> Iterator[Answered]:
    """The points of the site as a page of another origin would ask them: before, as browsers do, and the request itself."""
    for method, path, body in site.points():
        asked = {"origin": origin, "access-control-request-method": method, "access-control-request-headers": "authorization"}
        yield site.ask("OPTIONS", path, asked)
        yield site.ask(method, path, {"origin": origin}, body)


def _provoked(site: Site, chance: Chance) -> Iterator[Answered]:
    """Answers to what nobody should ask."""
    nowhere = chance.token()
    for path in _ODD:
        yield site.ask("GET", path)
    for method, path, body in site.points():
        yield site.ask("GET", f"{path.rstrip('/')}/{nowhere}'\"<")
        yield site.ask("PATCH", path, {"content-type": "application/json"}, _BROKEN_JSON)
        yield site.ask("GET", path, {"accept": "application/x-none", "range": "bytes=9-1", "accept-language": "x" * 2000})
        if body:
            for wrong in (_BROKEN_JSON, b"\xff\xfe", b"[" * 2000, b"null", b'{"certificate": {"a": []}}'):
                yield site.ask(method, path, {"content-type": "application/json"}, wrong)


def _is_there(answer: Answered, words: str) -> bool:
    return answer.accepted and re.search(words, answer.text) is not None
