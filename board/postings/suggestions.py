"""Suggestions while a search is typed: a fragment for the list under the search box."""

import hashlib

from flask import request, session
from markupsafe import Markup, escape

from board import htmx
from board.access import READER, open_to, who
from board.postings.model import is_open_to
from board.postings.views import postings
from board.search.criteria import Criteria
from board.search.places import WORD
from board.search.suggest import suggest
from board.search.text import fold, split


@postings.get("/projects/suggest")
@open_to(READER)
def suggestions():
    """Takes what `/projects` takes: what is picked already is not suggested again."""
    person = who()
    criteria = Criteria.of(request.args.to_dict(flat=False))
    barred = person and person.is_employer and not is_open_to(person.employer)
    found = [] if barred else suggest(criteria, person)
    typed = split(criteria.q)
    return htmx.piece("postings/_suggestions.html", suggestions=found, typed=lambda label: begun(label, typed))


def begun(label: str, typed: list[str]) -> Markup:
    """The label, escaped; of its words, what was typed in `mark`."""
    parts, end = [], 0
    for match in WORD.finditer(label):
        chunk = match.group()
        lengths = [at for word in typed if (at := length_of(chunk, word))]
        if lengths:
            parts += [escape(label[end : match.start()]), Markup("<mark>{}</mark>").format(chunk[: max(lengths)])]
            end = match.start() + max(lengths)
    return Markup("").join([*parts, escape(label[end:])])


def length_of(chunk: str, word: str) -> int:
    """How much of a word of a label is what was typed, accents and case aside; 0 where it begins otherwise."""
    if not fold(chunk).startswith(word):
        return 0
    return next((at for at in range(1, len(chunk)) if fold(chunk[:at]).startswith(word)), len(chunk))


@postings.app_template_global("this_sign_in")
def this_sign_in() -> str:
    """Tells one sign-in from another, and says nothing else: what a browser keeps for one is not shown in the next."""
    return hashlib.sha256(f"recent {session.get('_user_id', '')}".encode()).hexdigest()[:16]
