"""A walk: somebody logs in through the pages, looks at what is there for the role, and does what they offer (forms, buttons).

What is somebody's whom nobody else needs is done for good; of others only what is asked by GET, or is known to harm nobody. The rest is
named. Logging out comes last, and only of those who are nobody else's.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tenderproof.drivers.dead_end import DeadEnd
from tenderproof.drivers.windows import Window
from tenderproof.evidence.wire import Request
from tenderproof.testing.visits import Contact, Walk

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ElementHandle

_MOST_PAGES, _MOST_ACTS, _OF_THE_PUBLIC = 16, 24, 1
_CLICKED_MS = 2000
_VARIES = re.compile(r"^(?=.*\d).+$|^.{24,}$")
_ENDS = re.compile(r"log[-_]?out|sign[-_]?out|退出|注销", re.IGNORECASE)
_FORM = "application/x-www-form-urlencoded"
_LOG_IN = "async ([path, said]) => (await fetch(path, {...said, credentials: 'same-origin'})).url"
_SUBMITS = "button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]"
_FOUND = """() => {
  const whole = (at) => { try { return new URL(at ?? '', document.baseURI).href } catch { return '' } };
  const said = (one) => (one.textContent || one.value || '').trim().slice(0, 40);
  return {
    links: [...document.querySelectorAll('a[href]')].map(one => [whole(one.getAttribute('href')), said(one)]),
    forms: [...document.forms].map(one => ({
      method: (one.getAttribute('method') || 'get').toUpperCase(), action: whole(one.getAttribute('action')),
      names: [...one.elements].map(field => field.name).filter(Boolean),
      said: [...one.querySelectorAll('button, input[type=submit]')].map(said).join(' '),
    })),
    buttons: [...document.querySelectorAll('button, input[type=button], [role=button], [onclick]')].map(one => one.form ? null : said(one)),
  };
}"""
_NTH_FORM = "number => document.forms[number]"
_NTH_BUTTON = "number => document.querySelectorAll('button, input[type=button], [role=button], [onclick]')[number]"
# What is asked of another's site by GET goes there as the page has it: who searches there tells it by himself.
_FILL = """(form, [known, word, over]) => {
  const action = new URL(form.getAttribute('action') ?? '', document.baseURI), method = form.getAttribute('method') ?? 'get';
  if (method.toLowerCase() === 'get' && action.origin !== location.origin) return;
  const usual = {email: 'nobody@example.invalid', tel: '13800000000', number: '1', date: '2030-01-01',
    'datetime-local': '2030-01-01T00:00', time: '12:00', month: '2030-01', week: '2030-W01', url: 'https://example.invalid/',
    password: 'Aa1!aa-bb', color: '#000000', range: '1'};
  const nothing = ['hidden', 'submit', 'button', 'reset', 'image', 'file', 'fieldset', 'output'];
  for (const field of form.elements) {
    if (field.disabled || field.readOnly) continue;
    if (['checkbox', 'radio'].includes(field.type)) { field.checked ||= field.required || field.type === 'radio'; continue; }
    let said;
    if (field.name in known && (over || field.type !== 'hidden')) said = known[field.name];
    else if (nothing.includes(field.type) || field.value) continue;
    else if (field.options) said = [...field.options].find(one => one.value && !one.disabled)?.value ?? '';
    else said = usual[field.type] ?? word;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, said);
    for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, {bubbles: true}));
  }
}"""


@dataclass(frozen=True)
class Manners:
    """How somebody walks: what is written into forms (``word``; ``known`` by the fields' names), whether the account is nobody else's.

    ``harmless`` says of an address where a form is handed in that others miss nothing; of the ``public`` pages only the first is
    opened again.
    """

    word: str
    known: Mapping[str, str]
    own: bool
    harmless: Callable[[str], bool]
    public: tuple[str, ...] = ()


def walked(
    context: "BrowserContext", base_url: str, elsewhere: DeadEnd, entering: Request, manners: Manners, who: tuple[str, tuple[str, ...]]
) -> Walk:
    """Log in by the form of the page that ``entering`` is handed in at, else by the request itself, and walk. ``who``: role and names."""
    walker = _Walker(context, base_url, elsewhere, entering, manners)
    walker.walk()
    return Walk(*who, tuple(walker.contacts), tuple(walker.pages), tuple(walker.acts), tuple(dict.fromkeys(walker.left)), walker.inside)


def pattern(address: str) -> str:
    """The path of an address with a star for what differs from one thing to another of its kind, and the names of what is asked."""
    parts = urlsplit(address)
    path = "/".join("*" if _VARIES.match(part) else part for part in parts.path.split("/")) or "/"
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return path + (f"?{'&'.join(names)}" if names else "")


class _Walker:
    def __init__(self, context: "BrowserContext", base_url: str, elsewhere: DeadEnd, entering: Request, manners: Manners) -> None:
        self._said = dict(parse_qsl(entering.body.decode())) if _FORM in entering.headers.get("content-type", "") else {}
        self._base_url, self._entering, self._manners = base_url, entering, manners
        secrets = [value for value in self._said.values() if len(value) > len("password")]
        self._window = Window(context, base_url, elsewhere, secrets, walker=manners.word)
        self._shown = self._window.shown
        self._shown.on("dialog", lambda dialog: dialog.accept())
        self._queue, self._patterns = deque[str](), set[str]()
        self._public, self._left_of_public = {pattern(page) for page in manners.public}, _OF_THE_PUBLIC
        self.pages, self.acts, self.left, self._last = list[str](), list[str](), list[str](), list[tuple[str, str, int]]()
        self.inside = False

    @property
    def contacts(self) -> list[Contact]:
        """Whom the pages contacted."""
        return self._window.found

    def walk(self) -> None:
        """All of it."""
        self._queue += [page for page in dict.fromkeys([self._enter(), "/"]) if self._wished(page)]
        while self._queue and len(self.pages) < _MOST_PAGES:
            self._look(self._queue.popleft())
        for page, label, number in self._last if self._manners.own else []:
            if self._window.open(page):
                self._do(label, _NTH_FORM, number)
        self.left += [label for _, label, _ in self._last if not self._manners.own]
        self.left += [f"GET {pattern(page)}" for page in self._queue]
        self._shown.wait_for_timeout(300)
        self._window.collect()

    def _enter(self) -> str:
        """Log in; the path to which that leads."""
        self._window.open(self._entering.url)
        forms = self._shown.evaluate(_FOUND)["forms"]
        fitting = [
            number
            for number, form in enumerate(forms)
            if self._said and form["method"] == self._entering.method and self._path(form["action"]) == self._entering.url
            and set(self._said) <= set(form["names"])
        ]  # fmt: skip
        if fitting:
            form = self._element(_NTH_FORM, fitting[0])
            form.evaluate(_FILL, [self._said, self._manners.word, True])
            self._press(form)
            self.acts.append(f"{self._entering.method} {pattern(self._entering.url)}")
            led = self._shown.url
        else:
            said = {"method": self._entering.method, "headers": self._entering.headers, "body": self._entering.body.decode()}
            led = str(self._shown.evaluate(_LOG_IN, [self._entering.url, said]))
            self._window.leave()
        return self._path(led) or "/"

    def _look(self, page: str) -> None:
        """Open a page, take its links down, and do what it offers."""
        if self._path(self._shown.url) == page:  # the log-in has led there
            self._window.go_on(page)
        elif not self._window.open(page):
            return
        self.pages.append(pattern(page))
        found = self._taken()
        for number, form in enumerate(found["forms"]):
            self._try(page, f"{form['method']} {pattern(form['action'])}", number, form)
        for number, said in enumerate(found["buttons"]):
            if said is not None and self._may(f"{pattern(page)} {said}", free=False, ends=bool(_ENDS.search(said))):
                self._again(page)
                self._do(f"{pattern(page)} {said}", _NTH_BUTTON, number)
        if self._shown.url != "about:blank":
            self._window.leave()

    def _try(self, page: str, label: str, number: int, form: Mapping[str, Any]) -> None:
        action = str(form["action"])
        if _ENDS.search(f"{action} {form['said']}"):
            if label not in {known for _, known, _ in self._last}:
                self._last.append((page, label, number))
            return
        free = self._path(action) != "" and (form["method"] == "GET" or self._manners.harmless(self._path(action)))
        if self._may(label, free=free, ends=self._path(action) == self._entering.url):
            self._again(page)
            self._do(label, _NTH_FORM, number)

    def _may(self, label: str, *, free: bool, ends: bool) -> bool:
        """Whether this is to be done now: not twice, not what ends the session, of others only what harms nobody."""
        if ends or label in self.acts or label in self.left:
            return False
        if (free or self._manners.own) and len(self.acts) < _MOST_ACTS:
            return True
        self.left.append(label)
        return False

    def _again(self, page: str) -> None:
        """Have the page before us once more, if what was done before led away from it."""
        if self._path(self._shown.url) != page:
            self._window.open(page)

    def _do(self, label: str, nth: str, number: int) -> None:
        """Fill in and press; what comes of it counts to the page from which it was done, and its links are taken down."""
        from playwright.sync_api import Error  # noqa: PLC0415 - slow to import

        try:
            element = self._element(nth, number)
            if nth == _NTH_FORM:
                element.evaluate(_FILL, [dict(self._manners.known), self._manners.word, False])
            self._press(element)
        except (Error, LookupError):
            self.left.append(label)
        else:
            self.acts.append(label)
            self._taken()
        self._window.leave()

    def _press(self, element: "ElementHandle") -> None:
        """Click as a person does; a form by its button, if it has one."""
        from playwright.sync_api import TimeoutError as Late  # noqa: PLC0415 - slow to import

        for file in element.query_selector_all("input[type=file]"):
            file.set_input_files({"name": "one.txt", "mimeType": "text/plain", "buffer": self._manners.word.encode()})
        is_form = element.evaluate("one => one instanceof HTMLFormElement")
        button = element.query_selector(_SUBMITS) if is_form else element
        try:
            if button is None:
                element.evaluate("one => one.requestSubmit()")
            else:
                button.click(timeout=_CLICKED_MS)
        except Late:
            element.evaluate("one => one instanceof HTMLFormElement ? one.requestSubmit() : one.click()")
        self._shown.wait_for_load_state()
        self._window.stay()

    def _element(self, nth: str, number: int) -> "ElementHandle":
        found = self._shown.evaluate_handle(nth, number).as_element()
        if found is None:
            raise LookupError(nth)
        return found

    def _taken(self) -> dict[str, Any]:
        """What the page offers; its links are wished for."""
        found: dict[str, Any] = self._shown.evaluate(_FOUND)
        self.inside = self.inside or self._manners.word in self._shown.inner_text("body")
        paths = [self._path(address) for address, said in found["links"] if not _ENDS.search(f"{address} {said}")]
        wished = [path for path in dict.fromkeys(paths) if path and self._wished(path)]
        if self._path(self._shown.url):
            kinds = self._window.kinds(wished) if wished else []
            self._queue += [path for path, kind in zip(wished, kinds, strict=True) if not kind or "html" in kind]
        return found

    def _wished(self, page: str) -> bool:
        """Whether to open it later: one of a kind, and of those that everybody sees the first."""
        kind = pattern(page)
        if kind in self._patterns or page == self._entering.url:
            return False
        self._patterns.add(kind)
        if kind in self._public:
            self._left_of_public -= 1
        return kind not in self._public or self._left_of_public >= 0

    def _path(self, address: str) -> str:
        """The path of an address of the platform's own, with what is asked; "" of another's."""
        if address != self._base_url and not address.startswith((f"{self._base_url}/", f"{self._base_url}?")):
            return ""
        with suppress(ValueError):
            parts = urlsplit(address)
            return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return ""
