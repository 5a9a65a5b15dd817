"""How a word sounds: who writes as they hear, writes another word with the same sound ("grafic", "fisical", "skool").

Roughly, for English and Spanish: two words that sound alike have one key, and few others share it.
"""

import re
from collections.abc import Iterable

SAME = (
    ("ph", "f"), ("ght", "t"), ("sch", "sk"), ("tch", "ch"), ("ck", "k"), ("qu", "kw"), ("ce", "se"), ("ci", "si"), ("cy", "si"),
    ("ch", "~"), ("c", "k"), ("~", "ch"), ("q", "k"), ("x", "ks"), ("z", "s"), ("y", "i"), ("oo", "u"), ("ie", "i"),
    ("ei", "i"), ("ea", "e"), ("ee", "e"),
)  # fmt: skip
SILENT = re.compile(r"^(?:k(?=n)|w(?=r)|p(?=s)|g(?=n))|e$", re.MULTILINE)
AGAIN = re.compile(r"([^\n])\1+")


def sounds(words: Iterable[str]) -> list[str]:
    """A key for each word, which words of the same sound share. All at once: a board has twenty thousand."""
    text = "\n".join(words)
    for written, said in SAME:
        text = text.replace(written, said)
    return AGAIN.sub(r"\1", SILENT.sub("", text)).split("\n") if text else []


def sound(word: str) -> str:
    (its,) = sounds([word])
    return its or word
