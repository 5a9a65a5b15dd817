"""What kind of file something is, told by its content. A name alone is believed by nobody.

The kinds that may be handed in are few and each has a plain mark, so the table is our own: libraries that know hundreds
answer with several guesses, and some by the name. Nothing is read whole: 64 KB at a time, of a zip its list alone.
"""

import codecs
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import BinaryIO, cast

from board.words import N_

HEAD = 4096  # bytes that are looked at for a mark
CHUNK = 64 * 1024
LIST_MOST = 512 * 1024  # bytes of a zip's list of contents: some thousand files, and a bound to what reading it takes


@dataclass(frozen=True)
class Kind:
    words: str  # marked, with its article
    endings: tuple[str, ...] = ()  # of a name; none: it can't be added
    media: str = ""


PDF = Kind(N_("a PDF"), ("pdf",), "application/pdf")
PNG = Kind(N_("an image (PNG)"), ("png",), "image/png")
JPEG = Kind(N_("an image (JPEG)"), ("jpg", "jpeg"), "image/jpeg")
GIF = Kind(N_("an image (GIF)"), ("gif",), "image/gif")
WEBP = Kind(N_("an image (WebP)"), ("webp",), "image/webp")
HEIC = Kind(N_("an image (HEIC)"), ("heic", "heif"), "image/heic")
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind(N_("a Word document"), ("docx",), OFFICE + "wordprocessingml.document")
XLSX = Kind(N_("an Excel workbook"), ("xlsx",), OFFICE + "spreadsheetml.sheet")
PPTX = Kind(N_("a PowerPoint presentation"), ("pptx",), OFFICE + "presentationml.presentation")
ODF = "application/vnd.oasis.opendocument."
ODT = Kind(N_("an OpenDocument text"), ("odt",), ODF + "text")
ODS = Kind(N_("an OpenDocument spreadsheet"), ("ods",), ODF + "spreadsheet")
ODP = Kind(N_("an OpenDocument presentation"), ("odp",), ODF + "presentation")
TEXT = Kind(N_("plain text"), ("txt", "csv", "md"), "text/plain")
ZIP = Kind(N_("a zip archive"), ("zip",), "application/zip")
TAKEN = (PDF, PNG, JPEG, GIF, WEBP, HEIC, DOCX, XLSX, PPTX, ODT, ODS, ODP, TEXT, ZIP)
ENDINGS = tuple(ending for kind in TAKEN for ending in kind.endings)

# what is known well enough to be named, and can't be added
PAGE = Kind(N_("a web page (HTML)"))
SVG = Kind(N_("a drawing with code (SVG)"))
PROGRAM = Kind(N_("a program"))
MACROS = Kind(N_("an Office file with macros"))
OLD_OFFICE = Kind(N_("an Office file in the old format"))
MOVING = Kind(N_("a video or a sound"))
PACKED = Kind(N_("an archive that is not a zip"))
BROKEN = Kind(N_("a zip archive that is damaged"))
LONG = Kind(N_("a zip archive of too many files"))
PROGRAMS = Kind(N_("a zip archive with a program in it"))

# by their first bytes (https://www.garykessler.net/library/file_sigs.html names where each is defined)
MARKS: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF),
    (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM), (b"\xfe\xed\xfa\xce", PROGRAM), (b"\xfe\xed\xfa\xcf", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM), (b"\xcf\xfa\xed\xfe", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM), (b"#!", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"Rar!", PACKED), (b"7z\xbc\xaf\x27\x1c", PACKED), (b"\x1f\x8b", PACKED), (b"BZh", PACKED), (b"\xfd7zXZ", PACKED),
    (b"ID3", MOVING), (b"OggS", MOVING), (b"\x1a\x45\xdf\xa3", MOVING),
)  # fmt: skip
# ISO/IEC 14496-12: "ftyp" and a brand; these are HEIF's for single pictures and bursts
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<iframe")
OFFICE_MAINS = (
    (b"wordprocessingml.document.main+xml", DOCX), (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"presentationml.presentation.main+xml", PPTX), (b"presentationml.slideshow.main+xml", PPTX),
)  # fmt: skip
ODF_KINDS = {kind.media.encode(): kind for kind in (ODT, ODS, ODP)}
# what a zip may not hold; scripts that come with the source of a program, such as gradlew.bat, are part of the work
RUNS = (".exe", ".msi", ".scr", ".vbs", ".lnk", ".apk", ".dmg")


def ending(name: str) -> str:
    """What a name says it is: "pdf", or "" where it says nothing."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def media_of(kind: Kind, name: str) -> str:
    return {"csv": "text/csv", "md": "text/markdown"}.get(ending(name), kind.media) if kind is TEXT else kind.media


def look(file: BinaryIO) -> Kind | None:
    """The kind of a file by its content; None when it is nothing known. Leaves the file at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        return marked(head) or (zipped(file) if head[:4] in (b"PK\x03\x04", b"PK\x05\x06") else worded(file, head))
    finally:
        file.seek(0)


def marked(head: bytes) -> Kind | None:
    is_binary = any(byte < 9 for byte in head)  # "MZ" and "ID3" may begin a sentence as well
    for mark, kind in MARKS:
        if head.startswith(mark) and (is_binary or len(mark) > 4 or mark == b"#!" or not mark.isascii()):
            return kind
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return PDF
    if head[:4] == b"RIFF":
        return WEBP if head[8:12] == b"WEBP" else MOVING
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in HEIF_BRANDS else MOVING
    return None


# -- zips, and what office programs make of them


class TooLong(Exception):
    """More would be read at once than may be."""


class Bounded:
    """A file of which little is read at once. A zip's list of contents is read in one piece, as long as the file says it
    is and in more places than one: so the bound holds where it is read, not where it is said."""

    def __init__(self, file: BinaryIO):
        self.file, self.seek, self.tell, self.seekable = file, file.seek, file.tell, lambda: True

    def read(self, size: int = -1) -> bytes:
        if size > LIST_MOST:
            raise TooLong
        found = self.file.read(size if size >= 0 else LIST_MOST + 1)
        if len(found) > LIST_MOST:
            raise TooLong
        return found


def zipped(file: BinaryIO) -> Kind:
    try:
        with zipfile.ZipFile(cast(BinaryIO, Bounded(file))) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return office(beginning(archive, "[Content_Types].xml"))
            if names[:1] == ["mimetype"]:
                return ODF_KINDS.get(beginning(archive, "mimetype").strip(), ZIP)
            return PROGRAMS if any(name.lower().endswith(RUNS) for name in names) else ZIP
    except TooLong:
        return LONG
    except Exception:  # a made-up zip can raise anything
        return BROKEN


def beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """Some of one file in it: never more, whatever it would unpack to."""
    with archive.open(name) as part:
        return part.read(LIST_MOST)


def office(types: bytes) -> Kind:
    if b"macroEnabled" in types:
        return MACROS
    return next((kind for mark, kind in OFFICE_MAINS if mark in types), ZIP)


# -- text


def worded(file: BinaryIO, head: bytes) -> Kind | None:
    """Text: it decodes, and holds no control characters but those of text."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith(b"<svg") or (begins.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in begins):
        return SVG
    if begins.startswith(PAGES):
        return PAGE
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # Excel's "Unicode text"
    codings = ("utf-16",) if wide else ("utf-8-sig", "cp1252")  # the last: older Windows programs
    return TEXT if any(is_text(file, coding) for coding in codings) else None


def is_text(file: BinaryIO, coding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(coding)()
    try:
        while chunk := file.read(CHUNK):
            if any(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f" for c in set(decoder.decode(chunk))):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
