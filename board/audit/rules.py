"""What an entry is sealed with, which kind a Step is, and what of its facts may be kept. Pure."""

import hashlib
import json
import re
from collections.abc import Iterable

from board.audit.model import Kind

# a code of ours: the name of a column, a move, a route. Words that people write have blanks or capitals sooner or later,
# but nobody's are let in: facts of a Step that are text are left out, whatever they look like (see `facts_of`)
CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,59}")

# what a coordinator sets up for everybody
SETTINGS = frozenset({"school", "field", "skill", "synonym", "period", "starter"})
# told the school's student-safety person alone: such an entry says that there was something, not who said it, and is
# shown to nobody, for it may be about whoever reads the trail. The chain holds it like any other
CONFIDENTIAL = ("report", "case")
KINDS = {
    ("person", "change_role"): Kind.ROLE,
    ("person", "end_sessions"): Kind.SIGN_IN_ENDED,
    ("person", "invite"): Kind.KEY,
    ("person", "new_code"): Kind.KEY,
    ("person", "make_calendar"): Kind.KEY,
    ("placement", "share"): Kind.KEY,
    ("portfolio", "share"): Kind.KEY,
}


def hash_of(fields: Iterable) -> str:
    """The seal of an entry: SHA-256 (FIPS 180-4), in hex, over its fields in the order of `trail.COLUMNS` without the seal
    itself, as text with a line end between, nothing for NULL. No field holds a line end, so no two entries read alike.

    This form is a promise: every entry that was ever written is checked with it.
    """
    return hashlib.sha256("\n".join(["" if one is None else str(one) for one in fields]).encode()).hexdigest()


def kind_of(noun: str, move: str) -> Kind:
    """What sort of thing a Step is, for whoever searches."""
    found = KINDS.get((noun, move))
    if found:
        return found
    return Kind.SETTING if noun in SETTINGS else Kind.MOVE


def facts_of(facts: dict) -> dict:
    """Of the facts of a Step: numbers, yes and no, and which columns were changed. Never what people wrote."""
    kept = {key: value for key, value in facts.items() if isinstance(value, int)}
    changed = facts.get("changed")
    if isinstance(changed, dict | list | tuple):
        kept["changed"] = [key for key in changed if isinstance(key, str) and CODE.fullmatch(key)]
    return kept


def packed(ids: dict) -> str:
    """Numbers and codes as JSON in one order, or nothing. Raises ValueError for words."""
    for key, value in ids.items():
        for one in value if isinstance(value, list) else [value]:
            if not (one is None or isinstance(one, int) or (isinstance(one, str) and CODE.fullmatch(one))):
                raise ValueError(f"{key} is neither a number nor a code")
    return json.dumps(ids, sort_keys=True, separators=(",", ":")) if ids else ""
