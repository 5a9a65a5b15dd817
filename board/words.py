"""Words people read, marked where they are written and translated where they are drawn.

Models and rules know no request and so no language: they mark a sentence with `N_`, and a
template (or a view) passes it through gettext.
"""

import re
import unicodedata
from enum import StrEnum

MAIL_SHAPE = r"^[^@\s\"<>(),:;\\]+@[^@\s\"<>(),:;\\.]+(\.[^@\s\"<>(),:;\\.]+)+$"


def N_(words: str) -> str:
    """Mark words for the catalogue; translated later, by whoever draws them."""
    return words


class Marked(str):
    """A marked word inside the values of `Said`: translated as well when it is drawn."""


class Labelled(StrEnum):
    """An enumeration stored as its short text, with a label for people: `NAME = "value", N_("Label")`."""

    label: str

    def __new__(cls, value: str, label: str = ""):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member

    def __str__(self) -> str:
        return str(self.value)

    __hash__ = str.__hash__


def plain(words: str, values: dict | None = None) -> str:
    """The English of `Said`, for logs and the command line."""
    return words % values if values else words


class Said(Exception):
    """Something a person must be told in words: a marked sentence and the values that go into it."""

    def __init__(self, words: str, /, **values):
        super().__init__(plain(words, values))
        self.words, self.values = words, values


def slug(words: str) -> str:
    """Words for an address: "Poster series, 2026" -> "poster-series-2026". May be empty."""
    plain_letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain_letters.lower()).strip("-")[:60].strip("-")


def clean(text: str | None) -> str:
    """Text as it is kept: NFC, no control characters but line ends, no blank edges."""
    text = unicodedata.normalize("NFC", (text or "").encode("utf-8", "ignore").decode())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def one_line(text: str | None) -> str:
    return " ".join(clean(text).split())
