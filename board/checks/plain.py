"""A text as a reader takes it in, however its letters were made: wide letters, letters of other scripts that look alike,
marks laid over them, digits in their place, unseen characters between them, and words spelled with gaps. Pure.

Who wants to be reached, or wants something no check lets through, writes so; what is found is quoted as it stands.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, normalize

# Cyrillic, Greek and small capital letters that read as Latin ones, each above the letter it reads as
LOOK_ALIKE = dict(
    zip(
        "абсԁеёһіїјкмнорԛѕтухԝʏ" "АВСЕЁНІЇЈКМОРЅТУХ" "αοικνρτυχεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡᴢıɡ",
        "a6cdeehiijkmhopqstyxwy" "ABCEEHIIJKMOPSTYX" "aoikvptuxeABEZHIKMNOPTYX" "abcdeghijklmnoprtuvwzig",
        strict=True,
    )
)  # fmt: skip
IN_PLACE_OF = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s"}
LETTER_LIKE = re.compile(r"(?<=[^\W\d_])[013457$](?=[^\W\d_])")
GAP = r"[ .·_*|/~-]{1,3}"
SPELLED = re.compile(rf"(?<![^\W_])[^\W\d_](?:{GAP}[^\W\d_](?![^\W_])){{2,}}")
LONG_ENOUGH = 4  # letters of a word, before letters of two scripts in it are more than a symbol


@dataclass(frozen=True)
class Plain:
    """The plain `text`; `places`: where each of its characters stands in what was written, None where all stand where
    they stood. `spelled`: words with gaps between their letters, closed up, with where they begin and end in `text`.
    `is_mixed`: a word is made of letters of two scripts, as nobody types it by chance."""

    written: str
    text: str
    places: tuple[int, ...] | None
    spelled: tuple[tuple[int, int], ...] = ()
    is_mixed: bool = False

    def quote(self, start: int, end: int) -> str:
        """What was written in the place of these characters of the plain text."""
        if self.places is None:
            return self.written[start:end]
        return self.written[self.places[start] : self.places[end - 1] + 1]


@lru_cache(maxsize=256)  # a posting is read again with each check, and most of its texts stay as they were
def read(written: str) -> Plain:
    text, places, is_mixed = written, None, False
    if not written.isascii():
        text, places = letters_of(written)
        is_mixed = len(text) > 0 and any(
            two_scripts(word) for word in re.findall(r"[^\W\d_]+", normalize("NFKC", written))
        )
    text = LETTER_LIKE.sub(lambda match: IN_PLACE_OF[match.group()], text)
    if not SPELLED.search(text):
        return Plain(written, text, places, (), is_mixed)
    return closed_up(written, text, places or tuple(range(len(text))), is_mixed)


def letters_of(written: str) -> tuple[str, tuple[int, ...]]:
    made, places = [], []
    for place, char in enumerate(written):
        for letter in letter_of(char):
            made.append(letter)
            places.append(place)
    return "".join(made), tuple(places)


@lru_cache(maxsize=2048)
def letter_of(char: str) -> str:
    """What a character reads as: nothing for one that is unseen or lies over others."""
    if char.isascii():
        return char
    read_as = "".join(LOOK_ALIKE.get(letter, letter) for letter in normalize("NFKC", char))
    return "".join(letter for letter in read_as if category(letter) not in ("Cf", "Mn", "Me"))


def two_scripts(word: str) -> bool:
    """A word of Latin letters and of others that look like them; "Ωm" and a Greek or Russian word are none."""
    alike = sum(letter in LOOK_ALIKE for letter in word)
    seen = "".join(LOOK_ALIKE.get(letter, letter) for letter in word)
    return 0 < alike < len(word) and len(word) >= LONG_ENOUGH and seen.isascii()


def closed_up(written: str, text: str, places: tuple[int, ...], is_mixed: bool) -> Plain:
    """Without the gaps between the letters of words that were spelled."""
    made, kept, spelled, last = [], [], [], 0
    for match in SPELLED.finditer(text):
        made += text[last : match.start()]
        kept += places[last : match.start()]
        begins = len(made)
        for at in range(match.start(), match.end()):
            if text[at].isalpha():
                made.append(text[at])
                kept.append(places[at])
        spelled.append((begins, len(made)))
        last = match.end()
    made += text[last:]
    kept += places[last:]
    return Plain(written, "".join(made), tuple(kept), tuple(spelled), is_mixed)
