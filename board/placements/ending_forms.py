"""What is typed when a placement stops, goes on again, or is signed off."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from board.drawing import translate
from board.forms import Form, Words, required
from board.placements.model import EndReason

MOST = 1000  # characters


class EndForm(Form):
    reason = RadioField(_l("What comes nearest?"), id="reason", validate_choice=False)
    words = Words(_l("Anything the school should know"), most=MOST, rows=4, id="end-words")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.reason.choices = [(str(reason), translate(reason)) for reason in EndReason]


class HoldForm(Form):
    words = Words(
        _l("Why it is put on hold"),
        [required(_l("Say in a sentence why. Only the school reads it."))],
        most=MOST,
        rows=3,
    )


class WordsForm(Form):
    """A few words for the school; whether they have to be there is the action's to say."""

    words = Words(_l("What was decided"), most=MOST, rows=3)


class SignOffForm(Form):
    without_answer = BooleanField(_l("Sign off without the employer's answer"), id="without-answer")
    without_hours = BooleanField(_l("Sign off without the hours that are not confirmed"), id="without-hours")
    words = Words(_l("Why all the same"), most=MOST, rows=3, id="sign-off-words")
