"""What people say when something is wrong, and what a coordinator did about it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from board.forms import Form, Words, required


class ReportForm(Form):
    words = Words(
        _l("What is wrong?"), [required(_l("Say in a few words what is wrong."))], most=2000, rows=6, id="report-words"
    )


class SettleForm(Form):
    words = Words(_l("What you found and did"), [required(_l("Say what was done, in a sentence."))], most=2000, rows=3)
    put_back = BooleanField(_l("Put the project back on the board"))
