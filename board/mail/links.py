"""Addresses that stand in letters. They are built from BOARD_BASE_URL alone: no request is near when they are drawn."""

from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeSerializer

from board.mail.model import GATHERED
from board.notices import Kind
from board.people.model import Person

base_url = "http://127.0.0.1:8000"
signer = URLSafeSerializer("not set", salt="mail-off")


def use(url: str, secret_key: str) -> None:
    global base_url, signer
    base_url, signer = url, URLSafeSerializer(secret_key, salt="mail-off")


def to(person: Person | None, path: str) -> str:
    """The absolute address of a page, as it stands in a letter to this person."""
    return base_url + path


def host() -> str:
    """The board's name among machines; 127.0.0.1 is nobody's, and is called localhost."""
    name = urlsplit(base_url).hostname or ""
    return "localhost" if not name or ":" in name or name.replace(".", "").isdigit() else name


def off(person: Person, kind: str) -> str:
    """The address that ends mail of a kind for a person; good for ever, as the letter may lie for a year."""
    return f"{base_url}/mail/off/{signer.dumps([person.id, kind])}"


def read_off(token: str) -> tuple[int, str] | None:
    """Whose mail of which kind a token ends; None for one that we did not make."""
    try:
        number, kind = signer.loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return (number, kind) if isinstance(number, int) and kind in (*Kind, *GATHERED) else None
