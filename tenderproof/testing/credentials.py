"""Login names and passwords for people of our making (登录名与口令): drawn, and of no one form, so that nobody knows an audit by them."""

import random

_WITH_O = ("dong", "hong", "long", "song", "tong", "zhong", "rong", "gong", "bo", "guo", "luo", "zhou", "hou", "shou", "hao", "tao")
_SYLLABLES = (
    "an", "bei", "chen", "cheng", "da", "fang", "fei", "gang", "hai", "han", "hua", "jia", "jian", "jing", "jun", "kai", "lan", "lei", "li",
    "lin", "mei", "min", "ning", "ping", "qiang", "qing", "rui", "shan", "ting", "wei", "wen", "xin", "ya", "yan", "yi", "yu", "yuan", "ze",
)  # fmt: skip
_SIGNS = "-#*_@!+="
OCTETS = 16


def login_name(drawn: bytes) -> str:
    """A name such as people log in by: Latin letters, an o among them, and figures."""
    chance = random.Random(drawn)  # noqa: S311 - what was drawn is recorded, and this spreads it
    return f"{chance.choice(_WITH_O)}{''.join(chance.choices(_SYLLABLES, k=2))}{chance.randrange(10_000_000):0{chance.randint(4, 7)}}"


def password(drawn: bytes) -> str:
    """A strong password: of four kinds of characters, twelve of them or more, in an order of its own."""
    chance = random.Random(drawn)  # noqa: S311 - as above
    words = [word if number else word.capitalize() for number, word in enumerate(chance.choices(_SYLLABLES, k=3))]
    parts = [*words, f"{chance.randrange(1_000, 100_000)}", *chance.choices(_SIGNS, k=chance.randint(1, 2))]
    chance.shuffle(parts)
    made = "".join(parts)
    return made + "".join(str(chance.randrange(10)) for _ in range(12 - len(made)))
