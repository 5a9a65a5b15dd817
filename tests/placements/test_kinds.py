"""A file is what its content says; one that lies about its type is told so, and what can do harm stays out."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.moves import Refused
from board.placements import kinds
from board.placements.handing_rules import check_kind, link_name, may_be_closed, tidy_address, tidy_name


def zipped(**files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def office(main: str) -> bytes:
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{main}"/></Types>'
    return zipped(**{"[Content_Types].xml": types, "word/document.xml": "<w/>"})


def opendocument(kind: str) -> bytes:
    return zipped(mimetype=f"application/vnd.oasis.opendocument.{kind}", content_dot_xml="<x/>")


DOCX = office("wordprocessingml.document.main+xml")
XLSX = office("spreadsheetml.sheet.main+xml")
PPTX = office("presentationml.presentation.main+xml")
MACROS = zipped(**{"[Content_Types].xml": "<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"})
PNG, JPEG, PDF = b"\x89PNG\r\n\x1a\n" + b"\0" * 20, b"\xff\xd8\xff\xe0\0\x10JFIF", b"%PDF-1.7\n%\xe2\xe3"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
ZIP, EXE = zipped(index_dot_html="<p>My site.</p>"), b"MZ\x90\0\x03\0\0\0"

GOOD = [
    ("work.pdf", PDF, "application/pdf"), ("work.png", PNG, "image/png"), ("a.jpg", JPEG, "image/jpeg"),
    ("a.JPEG", JPEG, "image/jpeg"), ("a.gif", b"GIF89a\1\0", "image/gif"), ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    ("IMG_1.HEIC", HEIC, "image/heic"), ("a.heif", b"\0\0\0\x18ftypmif1", "image/heic"),
    ("a.docx", DOCX, kinds.DOCX.media), ("a.xlsx", XLSX, kinds.XLSX.media), ("a.pptx", PPTX, kinds.PPTX.media),
    ("a.odt", opendocument("text"), kinds.ODT.media), ("a.ods", opendocument("spreadsheet"), kinds.ODS.media),
    ("a.odp", opendocument("presentation"), kinds.ODP.media), ("site.zip", ZIP, "application/zip"),
    ("source.zip", zipped(gradlew_dot_bat="x"), "application/zip"),
    ("a.txt", "Grüße, señor".encode(), "text/plain"), ("a.csv", "name;café\r\n".encode("cp1252"), "text/csv"),
    ("a.csv", "﻿a,b".encode("utf-16"), "text/csv"), ("a.md", b"# Plan\n\n<div>fine</div>", "text/markdown"),
    ("mz.txt", b"MZ means Mozambique.", "text/plain"), ("old.txt", "caf\xe9".encode("cp1252"), "text/plain"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "media"), GOOD, ids=[f"{n} {m}" for n, _c, m in GOOD])
def test_what_may_be_handed_in_is_known_by_its_content(name, content, media):
    kind = kinds.look(io.BytesIO(content))
    check_kind(name, kind)
    assert kinds.media_of(kind, name) == media


BAD = [
    ("work.pdf", PNG, "“work.pdf” is named .pdf but is an image (PNG). Rename it or pick another."),
    ("photo.png", JPEG, "is named .png but is an image (JPEG)"), ("photo.jpg", HEIC, "is named .jpg but is an image (HEIC)"),
    ("essay.docx", ZIP, "is named .docx but is a zip archive"), ("essay.docx", XLSX, "is named .docx but is an Excel workbook"),
    ("essay.docx", opendocument("text"), "is named .docx but is an OpenDocument text"),
    ("all.zip", DOCX, "is named .zip but is a Word document"), ("work.pdf", b"hello", "is named .pdf but is plain text"),
    ("notes.txt", PDF, "is named .txt but is a PDF"), ("notes.txt", b"a\0b", "what is in it is something else"),
    ("work.pdf", bytes(range(256)), "what is in it is something else"),
    ("notes.txt", b"<!DOCTYPE html><p>x", "is a web page (HTML), which can't be added"),
    ("notes.txt", b"\xef\xbb\xbf\n <ScRiPt>alert(1)", "is a web page (HTML)"), ("page.html", b"<html>", "is a web page (HTML)"),
    ("logo.svg", b"<svg onload='alert(1)'>", "is a drawing with code (SVG)"),
    ("logo.png", b"<?xml version='1.0'?><svg>", "is a drawing with code (SVG)"),
    ("game.exe", EXE, "is a program, which can't be added"), ("game.pdf", EXE, "is a program"), ("run.txt", b"#!/bin/sh\n", "is a program"),
    ("game", b"\x7fELF\2\1", "is a program"), ("all.zip", zipped(setup_dot_exe="x"), "a zip archive with a program in it"),
    ("essay.docx", MACROS, "an Office file with macros"), ("essay.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as .docx"),
    ("film.mp4", b"\0\0\0\x18ftypisom", "a video or a sound. Put it where it can be watched"),
    ("all.rar", b"Rar!\x1a\7\0", "an archive that is not a zip"), ("all.zip", ZIP[:-30], "a zip archive that is damaged"),
    ("song.pages", b"words", "is of a kind that can't be added"), ("README", b"words", "is of a kind that can't be added"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[f"{n} {w[:30]}" for n, _c, w in BAD])
def test_a_file_that_lies_or_may_do_harm_gets_its_sentence(name, content, words):
    with pytest.raises(Refused) as refused:
        check_kind(name, kinds.look(io.BytesIO(content)))
    assert words in str(refused.value)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"<?xml", b"\xff\xfe", b"\0\0\0\0ftyp"]),
)
def test_no_content_breaks_the_look_at_it(content, head):
    file = io.BytesIO(head + content)
    kinds.look(file)
    assert file.tell() == 0


def test_a_zip_of_very_many_files_and_one_that_unpacks_to_very_much_are_not_read_whole():
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"{number}.txt", "")
    wide = io.BytesIO()
    with zipfile.ZipFile(wide, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"x" * 60_000_000)
    tracemalloc.start()
    try:
        assert kinds.look(many) is kinds.LONG
        assert kinds.look(wide) is kinds.ZIP
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def with_a_second_mark(made: bytes) -> bytes:
    """The same zip, whose number of entries looks like a mark of where the list is said to be."""
    end = made.rindex(b"PK\x05\x06")
    return made[: end + 8] + b"PK\x05\x06" + made[end + 12 :]


def test_a_zip_that_hides_how_long_its_list_is_is_not_read_either():
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"{number}.txt", "")
    file = io.BytesIO(with_a_second_mark(many.getvalue()))
    assert len(zipfile.ZipFile(file).namelist()) == 12_000  # whoever reads it finds all of them
    tracemalloc.start()
    try:
        assert kinds.look(file) is kinds.LONG
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


# -- names


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\Users\\maya\\sign.pdf", "sign.pdf"), ("a\r\nX-Y: 1.pdf", "aX-Y- 1.pdf"),
        ("in\u202efdp.exe", "infdp.exe"), ("a\u200bb.txt", "ab.txt"), (" .hidden. ", "hidden"), ("a<b>|c?.png", "a-b--c-.png"),
        ("caf\u0065\u0301.pdf", "caf\u00e9.pdf"), ("x" * 300 + ".pdf", "x" * 156 + ".pdf"), ("..", ""), (None, ""), ("/", ""),
    ],
)  # fmt: skip
def test_a_name_is_kept_without_folder_and_without_what_hides_its_ending(given_name, kept):
    assert tidy_name(given_name) == kept


@given(st.text(max_size=400))
def test_whatever_a_name_is_it_stays_short_and_on_one_line(name):
    kept = tidy_name(name)
    assert len(kept) <= 160 and kept == tidy_name(kept)
    assert not set(kept) & set('/\\<>:"|?*\r\n\0\u202e\u2066\u200f')


# -- links


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("https://example.org/a?b=c#d", None), ("http://example.org", None), ("example.org/a", "https://example.org/a")],
)
def test_a_link_is_kept_as_typed(typed, kept):
    assert tidy_address(typed) == (kept or typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("javascript:alert(1)", "does not look like a link"), ("ftp://example.org/x", "does not look like a link"),
        ("data:text/html,x", "does not look like a link"), ("https://localhost/x", "does not look like a link"),
        ("https://exa mple.org", "does not look like a link"), ("https://[::1", "does not look like a link"),
        ("https://example.org/\u202ex", "does not look like a link"), ("https://example.org:99999/", "does not look like a link"),
        ("just words", "does not look like a link"), ("https://me:secret@example.org/", "name or password"),
        ("https://me@example.org/", "name or password"), ("https://example.org/" + "x" * 1000, "at most 1,000 characters"),
    ],
)  # fmt: skip
def test_what_is_no_link_gets_its_sentence(typed, words):
    with pytest.raises(Refused) as refused:
        tidy_address(typed)
    assert words in str(refused.value)


def test_a_link_that_only_the_school_may_open_is_known_by_its_host():
    closed = (
        "https://drive.google.com/x",
        "https://docs.google.com./d",
        "https://lincoln.sharepoint.com/:w:/x",
        "https://1drv.ms/x",
    )
    assert all(may_be_closed(address) for address in closed)
    assert not any(
        may_be_closed(address) for address in ("https://docs.google.com.evil.example/", "https://example.org", "")
    )
    assert (
        link_name("https://www.example.org/" + "x" * 90).startswith("example.org/")
        and len(link_name("https://" + "x" * 99)) == 60
    )
