"""What a person typed, made harmless, and how text becomes terms.

Typed text never reaches Whoosh's query language (twenty words with ANDNOT take it half a minute): it is
cut into plain words here. The index is fed the same terms, so Whoosh itself never cuts text at all.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.porter import stem as porter
from whoosh.lang.stopwords import stoplists

MOST_CHARACTERS, MOST_WORDS, LONGEST_WORD = 200, 12, 40

# .NET, Node.js, C++, C#, A&P and 3.5 are one word each
WORD = re.compile(
    r"\.net\b | \d+(?:\.\d+)+ | \b[a-z]\+\+ | \b[a-z]\#(?!\w) | \b[a-z]&[a-z]\b | \w+\.(?:js|net|io|ai)\b | \w+",
    re.VERBOSE,
)
# what some write as one word and others do not: e-commerce, co-op, front-end, Node.js
COMPOUND = re.compile(r"(?<![\w-])([a-z0-9]+)-([a-z0-9]+)(?![\w-])|\b([a-z]+)\.(js|net|io|ai)\b")
APOSTROPHE = re.compile(r"['’](?:s\b)?")  # farmer's and farmers' are farmers

# signs that may have an accent or another form; of dashes, quotation marks and dots, which most texts have, none does
BEYOND_ASCII = re.compile(r"[^\x00-\x7f\xb7\u2012-\u2016\u2018-\u2023]+")

# common words of both languages: they need not be found when there is another word beside them
COMMON = frozenset(stoplists["en"] | stoplists["es"] | {"want", "wanna", "quiero", "necesito", "busco"})


class Word(NamedTuple):
    """One word as it was written (folded), and its stem: what the index knows it by."""

    whole: str
    stem: str

    @classmethod
    def of(cls, whole: str) -> "Word":
        return cls(whole, stem(whole))


def tidy(typed: str) -> str:
    """What is left of a search box's text: NFKC, no control characters or lone surrogates, 200 characters."""
    text = unicodedata.normalize("NFKC", typed[: MOST_CHARACTERS * 4].encode("utf-8", "ignore").decode())
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(kept[:MOST_CHARACTERS].split())


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes."""
    if not text.isascii():
        text = BEYOND_ASCII.sub(lambda found: plain(found[0]), text)
    if "'" in text or "’" in text:
        text = APOSTROPHE.sub("", text)
    return text.lower()


@lru_cache(maxsize=4000)
def plain(letters: str) -> str:
    """Signs beyond ASCII, without their accents: of a long text, only these few are looked at."""
    kept = (c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))


AGENT = re.compile(r"(?<=\w{3})(?:ers?|ors?)$")  # the baker is found by baking
SPELT = re.compile(r"(?<=\w{4})i[sz]$")  # optimise and optimize
TRADE = re.compile(r"(?:(?<=\w{6})|(?<=er))i$")  # photography, bakery
DOUBLED = re.compile(r"([bdgmnprt])\1$")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """ "posters" and "poster" are one, and so are programming, programmer and program.

    Porter's stem, shortened by what it leaves of who does something. What is not plain letters stays as it is.
    """
    if not (word.isalpha() and word.isascii()):
        return word
    short = porter(word)
    short = AGENT.sub("", TRADE.sub("", short))
    if len(short) > 3:
        short = DOUBLED.sub(r"\1", SPELT.sub("", short.rstrip("e")))
    return short


def root(word: str) -> str:
    """Letters that every word with this stem begins with: stemming changes no more than the last two letters kept."""
    return word[: max(1, len(word) - 3)]


def split(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def compounds(text: str) -> list[str]:
    """The words of a text that others write as one: e-commerce is ecommerce."""
    return ["".join(filter(None, parts))[:LONGEST_WORD] for parts in COMPOUND.findall(fold(text))]


def apart(word: str) -> list[tuple[str, ...]]:
    """How others write a word with a stop in it: node.js is nodejs, and node js."""
    parts = tuple(filter(None, word.split(".")))
    return [("".join(parts),), parts] if len(parts) > 1 and not word[0].isdigit() else []


def stems(text: str) -> list[str]:
    """The index terms of a text, in order."""
    return [stem(word) for word in split(text)]


def words(typed: str) -> list[Word]:
    """The words to look for, each once, in order; common ones only where there are no others."""
    each = dict.fromkeys(split(tidy(typed)))
    kept = [word for word in each if word not in COMMON] or list(each)
    return [Word(word, stem(word)) for word in kept[:MOST_WORDS]]
