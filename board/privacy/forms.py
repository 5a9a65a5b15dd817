"""What is typed about privacy: what is wrong, the answer to it, how long what is kept, whose data was exposed."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from board.drawing import translate
from board.forms import Form, Line, Whole, Words, required
from board.people.forms import Day
from board.privacy.model import WORDS, CorrectionState
from board.privacy.rules import TERMS


class CorrectionForm(Form):
    words = Words(_l("What is wrong, and what would be right?"), [required()], most=WORDS, rows=5)


class AnswerForm(Form):
    state = RadioField(_l("What came of it"), validate_choice=False)
    words = Words(_l("Your answer"), most=WORDS, rows=4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state.choices = [
            (str(state), translate(state)) for state in (CorrectionState.CORRECTED, CorrectionState.DECLINED)
        ]


class RetentionForm(Form):
    """Days, within the bounds of each term."""

    left = Whole("", TERMS["left"].least, TERMS["left"].most, [required()])
    rejected = Whole("", TERMS["rejected"].least, TERMS["rejected"].most, [required()])
    messages = Whole("", TERMS["messages"].least, TERMS["messages"].most, [required()])
    logs = Whole("", TERMS["logs"].least, TERMS["logs"].most, [required()])
    backups = Whole("", TERMS["backups"].least, TERMS["backups"].most, [required()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, term in TERMS.items():
            self[name].label.text = translate(term.words)


class EraseForm(Form):
    name = Line(_l("The name of the person"), [required()], most=120, render_kw={"autocomplete": "off"})


class BreachForm(Form):
    first = Day(_l("First day"), [required()], render_kw={"autocomplete": "off"})
    last = Day(_l("Last day"), [required()], render_kw={"autocomplete": "off"})
    account = Line(_l("Account that was used"), most=254, render_kw={"autocomplete": "off"})
