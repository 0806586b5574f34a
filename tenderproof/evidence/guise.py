"""How our client shows itself (客户端特征): by default like any browser, so that no platform knows an audit by it (docs/decisions/0052)."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

_BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
_OTHER = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15"
OURS = "tenderproof"


@dataclass(frozen=True)
class Guise:
    """Headers in their order, and with which ciphers it greets over TLS 1.2 ("" for those of the library)."""

    headers: Mapping[str, str] = field(default_factory=dict)
    ciphers: str = ""

    def greeting(self, believed: ssl.SSLContext) -> ssl.SSLContext:
        """A TLS context that believes the same authorities and greets with these ciphers; the same one where it greets like the library."""
        authorities = believed.get_ca_certs(binary_form=True) if self.ciphers else []
        if not authorities:
            return believed
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        made.load_verify_locations(cadata=b"".join(authorities))
        made.minimum_version, made.verify_flags = believed.minimum_version, believed.verify_flags
        made.set_ciphers(self.ciphers)
        return made


PLAIN = Guise({"accept": "application/json, text/plain, */*", "accept-language": "zh-CN,zh;q=0.9", "user-agent": _BROWSER})
ELSEWHERE = Guise({"user-agent": _OTHER, "accept-language": "zh-CN", "accept": "*/*"}, "ECDHE+CHACHA20:ECDHE+AESGCM")
MARKED = Guise({"user-agent": OURS, "accept": "*/*"})


def named(user_agent: str) -> Guise:
    """The plain guise under a name of its own, where a declaration wants to know our requests by it; without a name, the plain one."""
    return Guise({**PLAIN.headers, "user-agent": user_agent}) if user_agent else PLAIN
