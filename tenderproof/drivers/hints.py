"""Whom a page tells a browser to expect or to report to: hints in its head, and headers of its answer. Pure functions.

A browser acts on some of it out of anybody's sight: it opens a connection, and sends reports minutes later or when something fails.
"""

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin, urlsplit

PRECONNECT, NAME_ONLY, REPORT = "preconnect", "dns-prefetch", "report"
_LINK = re.compile(r"<([^>]*)>([^,<]*)")
_RELATION = re.compile(r"""rel\s*=\s*"?([^";]*)""", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')
_POLICIES = ("content-security-policy", "content-security-policy-report-only")


def linked(relations: Iterable[tuple[str, str]], base: str) -> list[tuple[str, str]]:
    """Kind and address of each link that makes a browser look a name up or open a connection; of pairs of relation and address."""
    found = []
    for relation, address in relations:
        words = set(relation.lower().split())
        kind = PRECONNECT if PRECONNECT in words else NAME_ONLY if NAME_ONLY in words else ""
        if kind and (url := _joined(base, address)):
            found.append((kind, url))
    return found


def headed(headers: Mapping[str, str], base: str) -> list[tuple[str, str]]:
    """Kind and address of whom the headers of an answer (names in small letters) name: links, and where reports go.

    Reports: ``report-uri`` of a content security policy, Reporting-Endpoints, and the older Report-To.
    """
    links = [(relation[1], address) for address, rest in _LINK.findall(headers.get("link", "")) if (relation := _RELATION.search(rest))]
    reports = [*_of_policies(headers), *_QUOTED.findall(headers.get("reporting-endpoints", "")), *_of_groups(headers.get("report-to", ""))]
    return [*linked(links, base), *((REPORT, url) for address in reports if (url := _joined(base, address)))]


def _of_policies(headers: Mapping[str, str]) -> list[str]:
    directives = [one.split() for name in _POLICIES for one in re.split(r"[;,\n]", headers.get(name, ""))]
    return [address for words in directives if words and words[0].lower() == "report-uri" for address in words[1:]]


def _of_groups(text: str) -> list[str]:
    """The addresses of Report-To: objects without the brackets of a list."""
    try:
        groups = json.loads(f"[{text.replace(chr(10), ',')}]")
        return [str(one["url"]) for group in groups for one in group["endpoints"]]
    except (ValueError, LookupError, TypeError):
        return []


def _joined(base: str, address: str) -> str:
    try:
        url = urljoin(base, address.strip())
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""
