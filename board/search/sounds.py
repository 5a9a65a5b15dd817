"""How a word sounds: who writes as they hear, writes another word with the same sound ("grafic", "fisical", "skool").

Roughly, for English and Spanish: two words that sound alike have one key, and few others share it.
"""

import re

SAME = (
    ("ph", "f"), ("sch", "sk"), ("tch", "ch"), ("ck", "k"), ("qu", "kw"), ("ce", "se"), ("ci", "si"), ("cy", "si"),
    ("ch", "~"), ("c", "k"), ("~", "ch"), ("q", "k"), ("x", "ks"), ("z", "s"), ("y", "i"), ("oo", "u"), ("ie", "i"),
    ("ei", "i"), ("ea", "e"), ("ee", "e"),
)  # fmt: skip
SILENT = re.compile(r"^(?:k(?=n)|w(?=r)|p(?=s)|g(?=n))|e$")
AGAIN = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """A key that words of the same sound share."""
    for written, said in SAME:
        if written in word:
            word = word.replace(written, said)
    return AGAIN.sub(r"\1", SILENT.sub("", word)) or word
