"""Accounts that came with the software (默认账户): names and passwords that everybody knows open nothing."""

from collections.abc import Mapping, Sequence

from tenderproof.testing import Answer, Identities, PlatformTrouble, Public, Session, Stories, clause

_KNOWN: Mapping[str, Sequence[str]] = {
    "admin": ("admin", "123456"), "administrator": ("administrator", "Admin@123"), "root": ("root", "123456"),
    "sysadmin": ("sysadmin", "123456"), "superadmin": ("superadmin", "123456"), "system": ("system", "manager"),
    "test": ("test", "123456"), "demo": ("demo", "123456"), "guest": ("guest", "123456"), "user": ("user", "123456"),
    "auditor": ("auditor", "123456"), "operator": ("operator", "123456"), "ruoyi": ("123456", "admin123"), "jeecg": ("123456", "jeecg"),
    "nacos": ("nacos", "123456"), "tomcat": ("tomcat", "s3cret"),
}  # fmt: skip
"""What frameworks and servers are delivered with: two passwords a name at most, which no lock minds and no user feels."""


def opened(public: Public, login: str, password: str) -> Answer[Session] | None:
    """The answer, if it lets somebody in."""
    try:
        answer = public.log_in_with_password(login, password)
    except PlatformTrouble:  # it stumbles, and lets nobody in
        return None
    return answer if answer.accepted else None


@clause("SEC-MLPS-1", "SEC-IDA-2", "F-01", acquits=False)
def test_no_account_that_came_with_the_software_is_open(stories: Stories, identities: Identities, public: Public) -> None:
    """A password that somebody chose opens its account; well-known pairs open none. The names of declared accounts are left alone."""
    person, login, own = stories.applicant(identities.fresh("bidder")), identities.login_name(), identities.password()
    person.set_password(login, own).require()
    declared = {name.casefold() for name in stories.known_as()}
    tried = {(name, password) for name, passwords in _KNOWN.items() if name not in declared for password in passwords}
    chosen = opened(public, login, own)
    entered = {pair: answer for pair in sorted(tried) if (answer := opened(public, *pair)) is not None}
    inside = {pair for pair, answer in entered.items() if person.bearing(answer.value.token).me().accepted}

    assert chosen is not None
    assert person.bearing(opened_anew(public, login, own)).me().accepted
    assert sorted(inside) == [], "an account that came with the software is open to whoever knows its password"


def opened_anew(public: Public, login: str, password: str) -> str:
    """The token of a new session under a name of our own."""
    return public.log_in_with_password(login, password).value.token
