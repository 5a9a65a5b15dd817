"""What organizations say about themselves."""

import re
import unicodedata
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from board import contact
from board.employers.model import Size
from board.forms import Form, Line, Mail, NoAddress, Words, one_line, required

ABOUT = 4000


class Website(Line):
    """A web address, http or https; "example.org" becomes https://example.org."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("render_kw", {}).update(inputmode="url", autocomplete="url", spellcheck="false")
        super().__init__(label, most=200, **kwargs)

    def process_formdata(self, valuelist):
        self.data = one_line(valuelist[0] if valuelist else "")
        if not self.data:
            return
        if "://" not in self.data:
            self.data = f"https://{self.data}"
        if not usable(self.data):
            raise ValueError(str(_l("Give a web address such as https://example.org.")))

    def _value(self):
        return self.raw_data[0] if self.raw_data else (self.data or "")


def usable(address: str) -> bool:
    """http or https, a host with a dot, nobody's password, nothing a browser would read otherwise."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        parts.port  # noqa: B018  raises where the port is no number
    except ValueError:
        return False
    odd = any(ord(character) < 33 or character in "\\\"'<>`" for character in address)
    return parts.scheme in ("http", "https") and "." in host.strip(".") and "@" not in parts.netloc and not odd


class OrganizationForm(Form):
    name = Line(
        _l("Name of the organization"), [required(), NoAddress()], most=120, render_kw={"autocomplete": "organization"}
    )
    size = SelectField(_l("How many people work there"), choices=[("", _l("Choose")), *((one.value, _l(one.label)) for one in Size)],
                       validators=[required(_l("Choose one; a single person counts too."))])  # fmt: skip
    place = Line(_l("Town or neighborhood"), [required()], most=120, render_kw={"autocomplete": "address-level2"})
    website = Website(_l("Website"))
    about = Words(_l("About you"), most=ABOUT, rows=6)


class PersonName:
    """A person's name: no line ends or other control characters, no addresses. It stands in a letter."""

    def __call__(self, form, field):
        typed = field.raw_data[0] if field.raw_data else ""
        if any(unicodedata.category(one) in ("Cc", "Zl", "Zp") for one in typed.strip()):
            raise ValidationError(_l("A name goes on one line. Type it again, without line breaks."))
        if contact.found(field.data or "") or re.search(r"[<>@/\\]|:\s*\w", field.data or ""):
            raise ValidationError(_l("Only the name, please: no addresses and no numbers."))


class ColleagueForm(Form):
    """Whom to invite; in the letter stands who invites them."""

    name = Line(
        _l("Name"), [required(), PersonName()], most=120, id="colleague-name", render_kw={"autocomplete": "off"}
    )
    email = Mail(_l("Mail address"), [required()], id="colleague-email", render_kw={"autocomplete": "off"})


class ReasonForm(Form):
    reason = Words(
        _l("Why, in words the employer can use"), [required(_l("Please say why, in a sentence."))], most=1000, rows=2
    )
