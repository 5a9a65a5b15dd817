"""What a parent or guardian types on the page of their link, and what the school writes down about them."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from board.drawing import translate
from board.forms import Form, Line, Mail, Words, required
from board.guardians.model import WORDS, Guardian
from board.people.forms import Day, whole_or_none
from board.people.model import LANGUAGES

TYPED = {"render_kw": {"autocomplete": "off"}}


class AnswerForm(Form):
    """Yes or no. Only a yes asks for the name and the tick; see the view."""

    name = Line(_l("Name of the parent or guardian"), id="guardian-name", most=120, render_kw={"autocomplete": "name"})
    sure = BooleanField(_l("I am a parent or legal guardian of this student"), id="guardian-sure")


class AskForm(Form):
    words = Words(_l("What you would like to talk about"), id="guardian-words", most=WORDS, rows=3)


class GuardianForm(Form):
    """A parent or guardian, as the family has written them down for the school."""

    name = Line(_l("Name"), [required()], id="guardian-name", most=120, **TYPED)
    email = Mail(_l("Mail address"), id="guardian-email")
    language = SelectField(_l("Language of their letters"), id="guardian-language", choices=[*LANGUAGES.items()])
    relation = Line(_l("Relation"), id="guardian-relation", most=40, **TYPED)


class SeenForm(Form):
    """A yes or a no that somebody at school has seen or been told, and whose it is."""

    guardian = SelectField(_l("Who"), id="guardian-who", coerce=whole_or_none, validate_choice=False)
    name = Line(_l("Name, if it is somebody else"), id="guardian-name", most=120, **TYPED)
    signed_on = Day(_l("Signed on"), [required()], id="guardian-signed-on", **TYPED)

    def offer(self, known: list[Guardian]) -> "SeenForm":
        self.guardian.choices = [*((one.id, one.name) for one in known), ("", translate(_l("Somebody else")))]
        return self

    def validate(self, extra_validators=None) -> bool:
        good = super().validate(extra_validators)
        if not self.guardian.data and not self.name.data:
            self.name.errors = [*self.name.errors, _l("Give the name of whoever it is.")]
            good = False
        return good


class RefusedForm(SeenForm):
    guardian = SelectField(_l("Who"), id="refused-who", coerce=whole_or_none, validate_choice=False)
    name = Line(_l("Name, if it is somebody else"), id="refused-name", most=120, **TYPED)
    signed_on = Day(_l("Said on"), [required()], id="refused-signed-on", **TYPED)


class SchoolForm(Form):
    """The school's own consent."""

    name = Line(_l("Who at school has decided it"), [required()], id="school-name", most=120, **TYPED)
    why = Words(_l("Why no parent or guardian can be asked"), [required()], id="school-why", most=WORDS, rows=3)
