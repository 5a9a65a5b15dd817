"""What organizations say about themselves."""

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from board.employers.model import Size
from board.forms import Form, Line, Words, one_line, required

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
    name = Line(_l("Name of the organization"), [required()], most=120, render_kw={"autocomplete": "organization"})
    size = SelectField(_l("How many people work there"), choices=[("", _l("Choose")), *((one.value, _l(one.label)) for one in Size)],
                       validators=[required(_l("Choose one; a single person counts too."))])  # fmt: skip
    place = Line(_l("Town or neighborhood"), [required()], most=120, render_kw={"autocomplete": "address-level2"})
    website = Website(_l("Website"))
    about = Words(_l("About you"), most=ABOUT, rows=6)


class ReasonForm(Form):
    reason = Words(
        _l("Why, in words the employer can use"), [required(_l("Please say why, in a sentence."))], most=1000, rows=2
    )
