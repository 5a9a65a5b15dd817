"""Spellings and slugs of skills; what a school may set."""

import re
import unicodedata

from board.words import slug

# the lowest pay an hour a school may ask for, in cents: from the federal minimum wage (29 USC 206)
PAY_CENTS = (725, 20000)

# signs that make a skill another skill: C, C++ and C# are three
SIGNS = {"++": "-plus-plus", "#": "-sharp", "+": "-plus", "&": "-and-"}


def fold(name: str) -> str:
    """The key under which spellings of one skill meet: case, white space and width do not count."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())[:60]


def tidy(name: str) -> str:
    """A skill's name as it is shown: control characters out, single spaces, at most 60 characters."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFKC", name))
    return " ".join(kept.split())[:60].strip(" ,;|")


def skill_slug(name: str) -> str:
    """A slug that tells C, C++, C# and .NET apart and is never empty ("日本語" keeps its code points)."""
    words = name.strip().lower()
    if words.startswith("."):
        words = "dot-" + words[1:]
    for sign, said in SIGNS.items():
        words = words.replace(sign, said)
    words = re.sub(r"(?<=\w)\.(?=\w)", "-", words)  # Node.js -> node-js
    made = slug(words)
    return made or "s-" + "-".join(f"{ord(c):x}" for c in fold(name)[:10])
