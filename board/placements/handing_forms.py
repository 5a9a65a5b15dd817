"""What is typed and chosen where work is handed in."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField

from board.forms import Form, Line, Words, required
from board.placements.handing_rules import ADDRESS
from board.placements.kinds import ENDINGS

ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)


class FilesForm(Form):
    files = MultipleFileField(_l("Files"), render_kw={"accept": ACCEPT, "required": True})


class LinkForm(Form):
    address = Line(_l("Link"), [required(_l("Paste the link."))], most=ADDRESS, id="link-address",
                   render_kw={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"})  # fmt: skip
    name = Line(_l("What it is"), most=100, id="link-name")


class DeliverForm(Form):
    words = Words(_l("What you made"), id="deliver-words", rows=4)


class AcceptForm(Form):
    number = HiddenField(id="accept-number")
    words = Words(_l("A few words to the student"), id="accept-words", most=2000, rows=3)


class SendBackForm(Form):
    number = HiddenField(id="send-back-number")
    words = Words(
        _l("What should be different"), [required(_l("Say what is missing or should be different."))],
        id="send-back-words", most=2000, rows=4,
    )  # fmt: skip
