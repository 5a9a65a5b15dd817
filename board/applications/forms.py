"""What a student and an employer may type. Shape only; the rules are in rules.py and actions.py."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField, SelectField

from board.applications.model import CHOSEN_BY_EMPLOYER, EvidenceKind
from board.applications.rules import ANSWER, EVIDENCE, WHY
from board.drawing import translate
from board.forms import Form, Line, Words

IN_FORM = {"form": "draft"}  # the control stands in the right column and belongs to the draft's form


def draft_form(questions, skills, teachers, **kwargs) -> Form:
    """The form of one posting: why, an answer a question, an evidence a must-have skill, and whom to ask.

    Names: `why`, `answer-POSITION`, `kind-SKILL`, `evidence-SKILL`, `teacher`.
    """
    fields: dict[str, Field] = {"why": Words(_l("Why this project"), most=WHY[1], rows=5)}
    for question in questions:
        fields[f"answer-{question.position}"] = Words(question.words, most=ANSWER, rows=3)
    kinds = [("", _l("Choose…")), *((str(kind), translate(kind)) for kind in EvidenceKind)]
    for skill in skills:
        fields[f"kind-{skill.id}"] = SelectField(_l("Where from"), choices=kinds, validate_choice=False)
        fields[f"evidence-{skill.id}"] = Line(_l("What you did, in one sentence"), most=EVIDENCE)
    people = [("", _l("Choose…")), *((str(teacher.id), teacher.name) for teacher in teachers)]
    fields["teacher"] = SelectField(_l("Teacher"), choices=people, validate_choice=False, render_kw=IN_FORM)
    return type("DraftForm", (Form,), fields)(**kwargs)


class ReadingForm(Form):
    words = Words(_l("Your words to the student"), most=2000, rows=6)


class OfferForm(Form):
    answer_by = DateField(_l("The student answers by"), id="answer-by")


class NotSelectForm(Form):
    reason = RadioField(_l("Reason"), id="reason", validate_choice=False)
    words = Words(_l("A few words to the student"), id="not-select-words", most=600, rows=3)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.reason.choices = [(str(reason), translate(reason)) for reason in CHOSEN_BY_EMPLOYER]


class TakeBackForm(Form):
    words = Words(_l("Why you take it back"), id="take-back-words", most=600, rows=3)
