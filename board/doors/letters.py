"""The letter that asks whether an address is theirs, once more."""

from flask_babel import gettext as _

from board.doors.asking import asker
from board.drawing import said
from board.people.links import TooOften
from board.people.model import Person
from board.postings import joining


def letter_again(person: Person) -> tuple[str, str]:
    """Send it, or not: words to say, and their tone."""
    if not person.claimed_email:
        return _("Your address is confirmed already."), "good"
    try:
        joining.send_again(person, asker())
    except TooOften as problem:
        return said(problem), "look"
    return _("A new link is on its way to %(email)s.", email=person.claimed_email), "good"
