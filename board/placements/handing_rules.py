"""What may be handed in: how much, under which name, and which links. Pure."""

import unicodedata
from urllib.parse import urlsplit

from board.moves import Refused
from board.placements import kinds
from board.placements.kinds import Kind
from board.placements.model import NAME
from board.words import N_, Marked

MB = 1024 * 1024
FILE_MOST = 25 * MB  # bytes: what mail takes as well, and a minute of upload on a school's Wi-Fi
TOGETHER_MOST = 100 * MB  # of one placement: a thousand of them fit on a small machine
FILES_MOST = 20
LINKS_MOST = 20
ADDRESS, SHOWN = 1000, 60  # characters of a link, and of one that has no name

FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "-"))  # no file of Windows may be called so
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, bidi and zero-width characters, and what is no character

# who can open a link there is often only whoever belongs to the school
CLOSED_HOSTS = (
    "drive.google.com",
    "docs.google.com",
    "sites.google.com",
    "onedrive.live.com",
    "1drv.ms",
    "sharepoint.com",
)


def tidy_name(name: str | None) -> str:
    """A file's name as it is kept: no folder, no characters that hide what it is, not too long, its ending whole."""
    last = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c) not in UNSEEN)
    seen = " ".join(seen.translate(FORBIDDEN).split()).strip(". ")
    tail = f".{kinds.ending(seen)}" if kinds.ending(seen) and len(kinds.ending(seen)) <= 10 else ""
    return seen if len(seen) <= NAME else seen[: NAME - len(tail)].rstrip(". ") + tail


def check_kind(name: str, kind: Kind | None) -> None:
    """Raises Refused unless a file is what its name says, and that may be added."""
    ending = kinds.ending(name)
    if kind in (kinds.PAGE, kinds.SVG):
        raise Refused(N_("“%(file)s” is %(kind)s, which can't be added. Put it into a zip, or add a link to it."), file=name, kind=Marked(kind.words))  # fmt: skip
    if kind is kinds.OLD_OFFICE:
        raise Refused(N_("“%(file)s” is %(kind)s. Save it as .docx, .xlsx, .pptx or PDF, and add that."), file=name, kind=Marked(kind.words))  # fmt: skip
    if kind is kinds.MOVING:
        raise Refused(N_("“%(file)s” is %(kind)s. Put it where it can be watched, and add a link to it."), file=name, kind=Marked(kind.words))  # fmt: skip
    if kind is not None and not kind.endings:
        raise Refused(N_("“%(file)s” is %(kind)s, which can't be added."), file=name, kind=Marked(kind.words))
    if ending not in kinds.ENDINGS:
        raise Refused(
            N_("“%(file)s” is of a kind that can't be added. PDF, pictures, office files, text and zip can."), file=name
        )
    if kind is None:
        raise Refused(
            N_("“%(file)s” is named .%(ending)s, but what is in it is something else. Save it again, or pick another."),
            file=name, ending=ending,
        )  # fmt: skip
    if ending not in kind.endings:
        raise Refused(
            N_("“%(file)s” is named .%(ending)s but is %(kind)s. Rename it or pick another."),
            file=name, ending=ending, kind=Marked(kind.words),
        )  # fmt: skip


def tidy_address(typed: str) -> str:
    """A link as it is kept. Raises Refused for what is none, or says more than where to look."""
    address = typed if "://" in typed else f"https://{typed}"
    if len(address) > ADDRESS:
        raise Refused(N_("A link has at most 1,000 characters. Copy the short one that “Share” gives."))
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused(N_("This does not look like a link. It begins with https://")) from None
    odd = any(unicodedata.category(c) in UNSEEN or c.isspace() or c in '\\<>"' for c in address)
    if parts.scheme.lower() not in ("http", "https") or "." not in host.strip(".") or odd:
        raise Refused(N_("This does not look like a link. It begins with https://"))
    if parts.username is not None or parts.password is not None:
        raise Refused(N_("There is a name or password in this link. Take it out: everybody here would read it."))
    return address


def link_name(address: str) -> str:
    """What a link is called that nobody gave a name: its address, without what all of them begin with."""
    short = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return short if len(short) <= SHOWN else f"{short[: SHOWN - 1]}…"


def may_be_closed(address: str) -> bool:
    """Whether a link leads where often only people of the school can look."""
    host = (urlsplit(address).hostname or "").rstrip(".") if address else ""
    return any(host == closed or host.endswith(f".{closed}") for closed in CLOSED_HOSTS)
