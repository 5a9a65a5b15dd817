"""The base of every form: texts come in tidied, messages are the board's own, every error is a sentence."""

import re

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import Length, Regexp, StopValidation, ValidationError

from board.words import MAIL_SHAPE, clean, one_line


class Form(FlaskForm):
    """A form checks the shape of input only. Never `populate_obj`: actions take named values."""

    class Meta(FlaskForm.Meta):
        csrf = False  # the whole application is protected; see security.py


class Required:
    """Something has to be left once the field is tidied: blanks alone are nothing. Lets a better error be said."""

    field_flags = {"required": True}

    def __init__(self, words):
        self.words = words

    def __call__(self, form, field):
        if not field.process_errors and (field.data is False or field.data in (None, "", [])):
            raise StopValidation(self.words)


def required(words=_l("Please fill this in.")):
    return Required(words)


def at_most(most: int):
    return Length(max=most, message=_l("Use at most %(max)d characters."))


ADDRESS = re.compile(r"://|\bwww\.|[^\s@]@[^\s@]+\.\w|\w\.\w{2,}/", re.I)


class NoAddress:
    """A name that stands in letters to strangers: what leads somewhere is none. "Code.org" and "A/B Studio" are."""

    def __call__(self, form, field):
        if ADDRESS.search(field.data or ""):
            raise ValidationError(_l("Only the name, please: no addresses and no numbers."))


class Line(StringField):
    """One line of text, at most `most` characters."""

    def __init__(self, label, validators=(), most=200, **kwargs):
        kwargs.setdefault("render_kw", {}).setdefault("maxlength", most)
        super().__init__(label, [*validators, at_most(most)], filters=[one_line], **kwargs)


class Words(TextAreaField):
    """Several lines of text."""

    def __init__(self, label, validators=(), most=4000, rows=4, **kwargs):
        kwargs.setdefault("render_kw", {}).update(maxlength=most, rows=rows)
        super().__init__(label, [*validators, at_most(most)], filters=[clean], **kwargs)


class Mail(EmailField):
    """A mail address, in lower case."""

    def __init__(self, label, validators=(), **kwargs):
        shape = Regexp(MAIL_SHAPE, message=_l("This does not look like a mail address."))
        kwargs.setdefault("render_kw", {}).update(autocomplete="email", maxlength=254)
        super().__init__(
            label, [*validators, at_most(254), Unless(shape)], filters=[lambda v: one_line(v).lower()], **kwargs
        )


class Unless:
    """Asks a validator only where something was typed."""

    def __init__(self, validator):
        self.validator = validator

    def __call__(self, form, field):
        if field.data:
            self.validator(form, field)


class Whole(StringField):
    """A whole number, or None; commas and blanks do not matter. Errors are one sentence."""

    def __init__(self, label, low: int, high: int, validators=(), **kwargs):
        self.low, self.high = low, high
        kwargs.setdefault("render_kw", {}).update(inputmode="numeric", autocomplete="off", size=6)
        super().__init__(label, validators, **kwargs)

    def _value(self):
        return self.raw_data[0] if self.raw_data else ("" if self.data is None else str(self.data))

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "").replace(",", "")
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdecimal() and self.low <= int(text[:12]) <= self.high):
            raise ValueError(self.gettext_range())
        self.data = int(text)

    def gettext_range(self) -> str:
        return str(_l("Use a whole number from %(low)s to %(high)s.", low=self.low, high=self.high))


class Clock(StringField):
    """A time of day, kept as minutes since midnight; nothing is None. 24:00 is the end of the day."""

    def __init__(self, label, **kwargs):
        begun = {"autocomplete": "off", "size": 6, "placeholder": "22:00"}
        kwargs["render_kw"] = begun | kwargs.get("render_kw", {})
        super().__init__(label, **kwargs)

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else clock(self.data)

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "")
        self.data = None
        if not text:
            return
        found = re.fullmatch(r"([01]?[0-9]|2[0-4]):([0-5][0-9])", text)
        minutes = int(found[1]) * 60 + int(found[2]) if found else 24 * 60 + 1
        if minutes > 24 * 60:
            raise ValueError(str(_l("Give a time such as 07:00 or 22:30.")))
        self.data = minutes


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


class Dollars(StringField):
    """An amount in dollars, kept in cents; "$1,200", "240" and "22.50" are all fine."""

    MOST = 1_000_000  # cents

    def __init__(self, label, validators=(), **kwargs):
        kwargs.setdefault("render_kw", {}).update(inputmode="decimal", autocomplete="off", size=8)
        super().__init__(label, validators, **kwargs)

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else f"{self.data / 100:.2f}".removesuffix(".00")

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "").replace("$", "").replace(",", "").strip()
        self.data = None
        if not text:
            return
        whole, _, cents = text.partition(".")
        usable = (
            text.isascii() and (whole or "0").isdecimal() and (not cents or (cents.isdecimal() and len(cents) <= 2))
        )
        if not usable or len(whole) > 7:
            raise ValueError(str(_l("Give an amount in dollars, such as 240 or 22.50.")))
        amount = int(whole or 0) * 100 + int((cents + "00")[:2])
        if not 0 < amount <= self.MOST:
            raise ValueError(str(_l("Give an amount above 0 and up to $10,000.")))
        self.data = amount


def whole(text: str | None, most: int = 2**31) -> int | None:
    """A whole number from an address, or None: nobody's typo is an error here."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= most else None
