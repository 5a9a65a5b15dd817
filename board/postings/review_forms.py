"""What a teacher writes on the desk. The fields of "ask for changes" stand beside the sections they are about."""

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField

from board.forms import Form, Words, required
from board.postings.model import Section
from board.postings.rules import DeclineReason

WORDS = 2000  # characters


def section_field(section: Section) -> str:
    return f"section-{section}"


class AskForm(Form):
    """Changes asked for, by section, and a word to go with them."""

    words = Words(_l("A word to go with it"), most=WORDS, rows=3, id="ask-words", render_kw={"form": "ask"})

    @property
    def sections(self) -> dict[str, str]:
        return {str(section): self[section_field(section)].data or "" for section in Section}


for _section in Section:
    setattr(
        AskForm, section_field(_section),
        Words(_l("What should change here?"), most=WORDS, rows=3, id=f"ask-{_section}", render_kw={"form": "ask"}),
    )  # fmt: skip


class DeclineForm(Form):
    kind = SelectField(
        _l("Why"), [required(_l("Choose a reason."))], id="decline-kind",
        choices=[("", _l("Choose a reason")), *((str(reason), _l(reason.label)) for reason in DeclineReason)],
    )  # fmt: skip
    words = Words(
        _l("Say it in your own words"), [required(_l("Say why, in a sentence the employer can use."))],
        most=WORDS, rows=3, id="decline-words",
    )  # fmt: skip


class ReasonForm(Form):
    """Words that a move cannot do without."""

    words = Words(_l("Say why"), [required(_l("Say why, in a sentence the other side can use."))], most=WORDS, rows=3)


class MaybeForm(Form):
    """Words that may go with a move."""

    words = Words(_l("A word to go with it"), most=WORDS, rows=2)


class CommentForm(Form):
    words = Words(_l("Your message"), [required(_l("Write something first."))], most=WORDS, rows=3, id="comment-words")


class CannedForm(Form):
    """Words kept ready."""

    words = Words(_l("The words"), [required(_l("Write something first."))], most=600, rows=3)
    section = SelectField(
        _l("Offered beside"), validate_choice=False,
        choices=[("", _l("Every section")), *((str(section), _l(section.label)) for section in Section)],
    )  # fmt: skip
    for_all = BooleanField(_l("For every teacher of the school"))


FORMS = {
    "ask_changes": AskForm,
    "decline": DeclineForm,
    "pull": ReasonForm,
    "return_change": ReasonForm,
    "put_back": MaybeForm,
    "close": MaybeForm,
}


def forms_for(typed: str = "", said: MultiDict | None = None) -> dict[str, Form]:
    """Every form of the page; the one that was sent holds what was typed, the others are empty."""
    made = {}
    for name, kind in FORMS.items():
        made[name] = kind(formdata=said) if name == typed else kind(formdata=None)
        if kind in (ReasonForm, MaybeForm):
            made[name].words.id = f"{name}-words"
    return made
