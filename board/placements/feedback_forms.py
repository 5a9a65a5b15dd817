"""What the two sides are asked at the end: cards with words on them, one of four each."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField

from board.drawing import translate
from board.forms import Form, Required, Words, required
from board.placements.feedback_rules import EMPLOYER_ASKED, QUOTE, SKILL_STEPS, STUDENT_ASKED
from board.placements.model import WORDS
from board.school.model import Skill

CHOOSE = _l("Choose one of the four.")
NOT_SEEN = "0"  # a skill that did not come up


class Step(RadioField):
    """One of four steps, each in words; `data` is its number as text, or None."""

    def __init__(self, label, words: tuple[str, ...], **kwargs):
        choices = [(str(number), translate(said)) for number, said in enumerate(words, 1)]
        super().__init__(label, [Required(CHOOSE)], choices=choices, validate_choice=False, **kwargs)

    def pre_validate(self, form):
        """What is none of the four is nothing."""
        if self.data not in {value for value, _label in self.choices}:
            self.data = None


def steps(asked: dict, names) -> dict[str, Field]:
    return {name: Step(translate(asked[name][0]), asked[name][1], id=name.replace("_", "-")) for name in names}


def quote_field() -> Words:
    return Words(_l("Words the student may quote"), most=QUOTE, rows=3)


def employer_form(names: tuple[str, ...], skills: list[Skill], **kwargs) -> Form:
    """Fields: each name of the scales, `skill-ID`, `quote`, `may_name_reference`, `seen`."""
    fields: dict[str, Field] = steps(EMPLOYER_ASKED, names)
    levels = [(str(number), translate(said)) for number, said in enumerate(SKILL_STEPS, 1)]
    levels.append((NOT_SEEN, translate(_l("It did not come up"))))
    for skill in skills:
        fields[f"skill-{skill.id}"] = RadioField(skill.name, choices=levels, default=NOT_SEEN, validate_choice=False)
    fields["quote"] = quote_field()
    fields["may_name_reference"] = BooleanField(_l("The student may name me as a reference"), id="may-name-reference")
    fields["seen"] = HiddenField()
    return type("EmployerFeedbackForm", (Form,), fields)(**kwargs)


def levels_in(form: Form) -> dict[int, int]:
    """The skills that came up: id and step."""
    named = {name.removeprefix("skill-"): form[name].data for name in form._fields if name.startswith("skill-")}
    return {int(number): int(step) for number, step in named.items() if step in {"1", "2", "3", "4"}}


def ratings_in(form: Form, names) -> dict[str, int]:
    return {name: int(form[name].data) for name in names}


def student_form(**kwargs) -> Form:
    """Fields: each name of the scales, `reflection`."""
    fields: dict[str, Field] = steps(STUDENT_ASKED, STUDENT_ASKED)
    missing = required(_l("Write at least a sentence: it is for you, later on."))
    fields["reflection"] = Words(
        _l("What did you learn, and what would you do differently?"), [missing], most=WORDS, rows=6
    )
    return type("StudentFeedbackForm", (Form,), fields)(**kwargs)
