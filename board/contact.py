"""Finds names and ways to be reached in what people write: in a student's application, caught before it goes, and in a
posting, shown to the teacher who reads it.

An employer meets "Student 3F2A" until a teacher has agreed to the match. It catches what people write, also
spelled out ("five five five ..."), and lets pass what looks like it and is not: dates, money, versions, C++.
"""

import re
import unicodedata
from itertools import pairwise

from board.words import N_

AT = r"(?:\s*@\s*|\s*[(\[{<]\s*at\s*[)\]}>]\s*)"
DOT = r"(?:\.|\s*[(\[{<]\s*(?:dot|punto)\s*[)\]}>]\s*|\s+(?:dot|punto)\s+)"
ENDING = r"(?:com|org|net|edu|us|gov|io|me|co|info|mail|school|app|dev|gg|xyz|site|link|page)"
LOCAL = r"(?<![\w.+-])[\w.+-]{1,64}"
MAIL = re.compile(
    rf"""{LOCAL}@[a-z][\w-]{{2,}}(?:{DOT}[a-z][\w-]*)*                          # maya@school, 0412@mail.school.org
    |{LOCAL}{AT}[a-z][\w-]*(?:{DOT}[a-z][\w-]*)*(?:{DOT}|\s+\.\s*){ENDING}\b   # maya (at) school (dot) org
    |{LOCAL}\s+(?:at|arroba)\s+[\w-]+(?:{DOT}[\w-]+)*{DOT}{ENDING}\b          # maya at school dot org
    |(?<![\w.+-])(?=[\w.+-]*[\d._+])[\w.+-]{{2,64}}\s+(?:at|on)\s+(?:gmail|g-mail|yahoo|hotmail|icloud|outlook)\b
    |\b(?:gmail|e?-?mail)(?:\s+(?:address|name))?\s*(?:is|:|=)\s*(?=[\w.+-]*[\d_]|[\w+-]+\.\w)[\w.+-]{{3,64}}""",
    re.I | re.X,
)

GAP = r"[\s.·/_~*|–—-]"
PHONE = re.compile(
    rf"""(?<![\w$€#.]) (?:\+?1{GAP}{{0,3}})? \(?\s?\d{{3}}\s?\)? {GAP}{{1,3}} \d{{3}} {GAP}{{1,3}} \d{{4}} (?![\w%])
    |(?<![\w$€#.]) (?:\+?1{GAP}?)? (?:\(\d{{3}}\)\s?|[1-9]\d{{2}}) \d{{3}} {GAP}? (?!0000)\d{{4}} (?![\w%]|[.,]\d)
    |(?<![\w$€]) \+ \d (?:[\s().-]{{0,2}}\d){{8,14}} (?!\d)                                    # +44 20 7946 0958
    |(?<![\w$€#.,-]) [2-9]\d{{2}} [-.] \d{{3}}[1-9] (?![\w%-]|[.,]\d)                           # 555-0142, no range
    |\b(?:call|text|phone|cell|mobile|reach|whatsapp|number|tel|llámame|teléfono)\b[^\d\n]{{0,25}} \d{{3}}{GAP}?\d{{4}}\b""",
    re.I | re.X,
)
DIGIT_WORDS = (
    "zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
)  # fmt: skip
VALUE = {
    word: ([0, 0, *range(10)] if place < 12 else [*range(10)])[place % 12] for place, word in enumerate(DIGIT_WORDS)
}
SPELLED = re.compile(
    rf"(?<!\w)(?:(?:(?:double|triple|doble|area\s+code)\s+)?(?:{'|'.join(DIGIT_WORDS)}|\d{{1,4}})[\s,.–-]*\b){{5,}}", re.I
)  # fmt: skip

HANDLE = re.compile(
    r"(?<![\w@.])@(?!(?:home|school|work|noon|lunch|night|least|media|override|property|import|font|app|keyframes|param"
    r"|return|test|dataclass|staticmethod|classmethod|component)\b)[a-z_](?:[\w.]{0,28}\w)?",
    re.I,
)
APPS = (
    "instagram|insta|ig|snapchat|snap|whatsapp|telegram|discord|signal|tiktok|tik\\s?tok|messenger|wechat|facetime|kik"
    "|facebook|linkedin|twitter|reddit|twitch|youtube|roblox|github|steam"
)
NAMED = r"(?:\s*(?:name|user\s?name|handle|tag|id|account|@))?"
PLAIN = (
    "(?!full|private|public|mine|popular|growing|new|small|big|open|great|good|about|where|for|the|not|mostly|all|my)"
)
ON_APP = re.compile(
    rf"""\bmy\s+(?:{APPS}){NAMED}\s*(?:is|es|:|=|-)\s*{PLAIN}@?[\w.#-]{{3,}}(?=\s*(?:[.,;!)\n]|$|\b(?:and|or|if|so|y)\b))
    |\b(?:{APPS}){NAMED}\s*(?:is|es|:|=|-)?\s*(?=[\w.#-]*(?:[a-z][\d_#]|[\d_#][a-z]|[a-z]\.[a-z]))[\w.#-]{{4,}}
    |\b(?:instagram|insta|snapchat|whatsapp|tiktok|wechat|kik|telegram)\s*[:=]\s*@?[\w.#-]{{3,}}(?=\s*(?:[.;!)\n]|$))
    |\b(?:add|find|follow|message|dm|reach|text|hit|write(?:\s+to)?)\s+me\s+(?:up\s+)?(?:on|at|in|via|through)\s+(?:my\s+)?(?:{APPS})\b(?:\s*:?\s*@?[\w.#-]+)?
    |\b(?:dm|snap|whatsapp|facetime)\s+me\b""",
    re.I | re.X,
)
LINK = re.compile(
    r"""\b(?:https?://|www\.)\S+
    |(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|edu|gov|me|io|co|gg|be|app|dev|us|ly|tv|xyz|site|page|link)/\S*
    |(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|edu|gov|info|dev|xyz|io|gg|k12\.[a-z]{2}\.us)\b(?![\w.]*\()
    |(?<![\w.@-])(?!(?:the|a|an|of|this|that|and|any|some)\s)[\w-]+\s+(?:dot|punto)\s+(?:com|org|edu|io|gg|me)\b""",
    re.I | re.X,
)
# what ends like an address and is a tool or a place everybody knows
KNOWN = frozenset(
    """asp.net vb.net ado.net ml.net paint.net socket.io draw.io code.org scratch.mit.edu khanacademy.org canva.com
    w3schools.com wikipedia.org amazon.com booking.com monday.com weather.gov irs.gov github.io itch.io""".split()
)

KINDS = (
    (LINK, N_("a link")),
    (MAIL, N_("a mail address")),
    (ON_APP, N_("a name on an app")),
    (PHONE, N_("a phone number")),
    (SPELLED, N_("a phone number")),
    (HANDLE, N_("a handle")),
)


def found(text: str, own_name: str = "", username: str = "") -> list[tuple[str, str]]:
    """What would give the student away: (kind as a marked word, the text), each text once, in order of kind."""
    hits: dict[str, str] = {}
    rest = visible(text)
    for pattern, kind in KINDS:
        for match in list(pattern.finditer(rest)):
            if meant(pattern, match.group()):
                hits.setdefault(match.group().strip(" .,;:-\n"), kind)
                rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    for word in names_in(rest, own_name):
        hits.setdefault(word, N_("your name"))
    for word in re.findall(rf"(?<!\w){re.escape(username)}(?!\w)", rest, re.I) if is_telling(username) else ():
        hits.setdefault(word, N_("your username"))
    return [(kind, words) for words, kind in hits.items() if words]


def visible(text: str) -> str:
    """As a reader sees it: no zero-width characters, wide letters as plain ones."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


def meant(pattern: re.Pattern, words: str) -> bool:
    """Whether a hit is what it looks like, where the pattern alone can't tell."""
    if pattern is LINK:
        return words.lower() not in KNOWN
    if pattern is SPELLED:
        return is_number(words)
    return True


def is_number(words: str) -> bool:
    """Seven to eleven digits, at least one in words or each alone; not counting up or down."""
    digits, times, tokens = [], 1, re.findall(r"[^\W\d_]+|\d+", words.lower())
    for token in tokens:
        if token in ("double", "doble", "triple"):
            times = 3 if token == "triple" else 2
        elif token in VALUE:
            digits += [VALUE[token]] * times
            times = 1
        elif token.isdecimal():
            digits += [int(digit) for digit in token] * times
            times = 1
    spelled = any(token in VALUE for token in tokens) or all(len(token) == 1 for token in tokens)
    steps = {b - a for a, b in pairwise(digits)}
    return spelled and 7 <= len(digits) <= 14 and not steps <= {1} and not steps <= {-1}


def is_telling(username: str) -> bool:
    """Whether a username would give somebody away, and is no plain word: "student" is what nameless ones begin with."""
    return len(username) > 3 and username not in EVERYDAY and not username.startswith("student")


def names_in(text: str, own_name: str) -> list[str]:
    """A student's own name in a text. Accents do not count; a short or everyday name counts only with its capital
    ("Will", "Art", "May") and not as the first word of a sentence."""
    hits = []
    own = {bare(part) for part in re.split(r"[\s-]+", visible(own_name))}
    own = {part for part in own if len(part) > 1}
    for match in re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text):
        word = match.group()
        plain = bare(re.sub(r"['’]s$", "", word))
        if plain not in own:
            continue
        begins = re.search(r"(?:^|[.!?:\n])[\s\"“”']*$", text[: match.start()][-20:]) is not None
        everyday = plain in EVERYDAY
        if (word[0].isupper() and not (begins and everyday)) or (not everyday and len(plain) > 3):
            hits.append(word)
    return hits


def bare(word: str) -> str:
    """Without case, accents and apostrophes: O’Neil and oneil are one."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalpha())


# names that are words; lower case they are not somebody's name
EVERYDAY = frozenset(
    """will may art grace hope faith joy mark bill june april august summer autumn rose lily daisy ivy jade ruby amber
    pearl crystal sky star dawn eve angel chance hunter mason carter cook baker smith taylor fisher miller page reed
    lane brooks rivers woods stone hill field banks young long short little white black brown green gray gold king
    prince law case price rich wise strong sharp best major chase drew dean grant frank ernest earnest guy jack jay
    pat ray rob sue van ben max lee do an so a no la de man my you in on at to the bell wood ward day love story
    bird fox wolf park street church school west east north south early late sol luz cruz paz mar""".split()
)
