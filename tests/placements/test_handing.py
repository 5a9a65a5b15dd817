"""Work is handed in, looked at, sent back or accepted: each by whom it is for, once, with its history."""

import io
from functools import partial

import pytest
from playhouse.test_utils import count_queries

from board.db import database
from board.moves import NotAllowed, Refused, Step, TooLate
from board.people.model import Person
from board.placements import files, handing_actions, handing_views
from board.placements.model import Attachment, Delivery, Placement, State
from board.school.model import today
from tests import factories
from tests.at_once import at_once
from tests.inspector import by_id, having, text_of, words

PDF = b"%PDF-1.7\n" + b"x" * 2000
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def fresh(placement):
    return Placement.get_by_id(placement.id)


@pytest.fixture
def placement(app, cast):
    return factories.make_placement("active", factories.make_posting(employer=cast.cedar), cast.maya)


def add(placement, cast, name="work.pdf", content=PDF):
    return handing_actions.add_file(placement, cast.maya, name, io.BytesIO(content))


def delivered(cast, words="Here it is.", **columns):
    made = factories.make_placement("active", factories.make_posting(employer=cast.cedar), cast.maya, **columns)
    handing_actions.deliver(made, cast.maya, words)
    return fresh(made)


def upload(browser, placement, *pairs, **more):
    data = {"files": [(io.BytesIO(content), name) for name, content in pairs]}
    return browser.post(f"/placements/{placement.id}/files", data=data, content_type="multipart/form-data", **more)


# -- who may do what, when

ACTS = {
    "deliver": ({"maya"}, {"active"}, lambda p, person: handing_actions.deliver(p, person, "Here.")),
    "add_link": ({"maya"}, {"active"}, lambda p, person: handing_actions.add_link(p, person, "example.org")),
    "accept": ({"dana", "rosa"}, {"delivered"}, lambda p, person: handing_actions.accept(p, person, 1, "Thanks.")),
    "send_back": (
        {"dana", "rosa"},
        {"delivered"},
        lambda p, person: handing_actions.send_back(p, person, 1, "Larger."),
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_table_of_act_and_person_and_state(app, cast, act):
    by, states, do = ACTS[act]
    people = vars(cast) | {"rosa": factories.make_person("employer", "Rosa Vega", employer=cast.cedar)}
    people = {name: person for name, person in people.items() if isinstance(person, Person)}
    made = factories.make_placement("delivered", factories.make_posting(employer=cast.cedar), cast.maya)
    Delivery.create(placement=made, number=1, words="Here.")
    tried = 0
    for state in State:
        for held in (False, True):
            for name, person in people.items():
                with database.atomic() as undo:
                    columns = {
                        "state": state,
                        "agreed_at": "2026-01-01",
                        "started_at": "2026-01-01",
                        "end_reason": None,
                    }
                    columns["ended_at"] = "2026-01-02" if state in ("not_agreed", "completed", "ended_early") else None
                    Placement.update(**columns, held_at="2026-01-01" if held else None).execute()
                    try:
                        do(fresh(made), person)
                        done = True
                    except (NotAllowed, TooLate, Refused) as no:
                        done = False
                        assert isinstance(no, NotAllowed) == (name not in by), (state, held, name, no)
                    assert done == (name in by and state in states and not held), (state, held, name)
                    undo.rollback()
                    tried += 1
    assert tried == len(State) * 2 * len(people) and len(people) == 9


def test_handing_in_needs_words_a_file_or_a_link_and_binds_what_is_there(placement, cast):
    with pytest.raises(Refused, match="Add a file or a link"):
        handing_actions.deliver(placement, cast.maya)
    piece, link = add(placement, cast), handing_actions.add_link(placement, cast.maya, "example.org/film", "A film")
    first = handing_actions.deliver(placement, cast.maya)
    assert {row.delivery_id for row in Attachment.select()} == {first.id}
    assert fresh(placement).state == "delivered" and {piece.id, link.id} == {row.id for row in first.attachments}
    handing_actions.send_back(placement, cast.dana, 1, "The letters are too small.")
    assert (fresh(placement).state, Delivery.get().accepted, Delivery.get().answer) == (
        "active",
        False,
        "The letters are too small.",
    )
    second = handing_actions.deliver(fresh(placement), cast.maya, "Larger now.")
    handing_actions.accept(fresh(placement), cast.dana, 2, "Thank you.")
    row = Delivery.get_by_id(second.id)
    assert (row.number, row.accepted, row.answer, row.answered_by) == (2, True, "Thank you.", cast.dana)
    assert fresh(placement).state == "delivered"  # a teacher signs off
    moves = [step.move for step in Step.of(placement)]
    assert moves == ["propose", "attach", "attach", "deliver", "send_back", "deliver", "accept_work"]


def test_an_answer_is_to_the_version_that_was_looked_at(app, cast):
    made = delivered(cast)
    handing_actions.send_back(made, cast.dana, 1, "Larger.")
    handing_actions.deliver(made, cast.maya, "Now.")
    with pytest.raises(TooLate):
        handing_actions.accept(made, cast.dana, 1)
    handing_actions.accept(made, cast.dana, 2)
    for again in (
        lambda: handing_actions.accept(made, cast.dana, 2),
        lambda: handing_actions.send_back(made, cast.dana, 2, "No."),
    ):
        with pytest.raises(TooLate):
            again()
    assert Delivery.get(Delivery.number == 2).accepted is True and fresh(made).state == "delivered"


def test_two_answers_at_the_same_moment_and_one_counts(app, cast):
    rosa = factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
    accept = lambda one, person: handing_actions.accept(one, person, 1)  # noqa: E731
    back = lambda one, person: handing_actions.send_back(one, person, 1, "Larger.")  # noqa: E731
    for first, second in ((accept, accept), (accept, back), (back, back)) * 2:
        made = delivered(cast)
        results = at_once(partial(first, fresh(made), cast.dana), partial(second, fresh(made), rosa))
        assert sorted(type(result).__name__ for result in results) == ["Step", "TooLate"]
        steps = Step.select().where(
            Step.noun == "placement", Step.noun_id == made.id, Step.move.in_(("accept_work", "send_back"))
        )
        (step,) = steps
        accepted = Delivery.get(Delivery.placement == made).accepted
        assert (accepted, fresh(made).state) == (
            (True, "delivered") if step.move == "accept_work" else (False, "active")
        )


def test_two_hand_ins_at_the_same_moment_make_one_version(placement, cast):
    job = lambda: handing_actions.deliver(fresh(placement), cast.maya, "Here.")  # noqa: E731
    assert sorted(type(one).__name__ for one in at_once(job, job)) == ["Delivery", "TooLate"]
    assert [row.number for row in Delivery.select()] == [1]


@pytest.mark.parametrize(("act", "broken"), [("deliver", "make"), ("accept", "note"), ("send_back", "make")])
def test_a_break_between_two_writes_leaves_everything_as_it_was(app, cast, monkeypatch, act, broken):
    made = delivered(cast) if act != "deliver" else factories.make_placement("active", student=cast.maya)
    person = cast.maya if act == "deliver" else cast.dana
    if act == "deliver":
        handing_actions.add_link(made, cast.maya, "example.org")
    before = [list(model.select().dicts()) for model in (Placement, Delivery, Attachment, Step)]

    def breaks(*_args, **_more):
        raise RuntimeError("the power went")

    monkeypatch.setattr(handing_actions, broken, breaks)
    with pytest.raises(RuntimeError):
        ACTS[act][2](made, person)
    assert [list(model.select().dicts()) for model in (Placement, Delivery, Attachment, Step)] == before


# -- the page


def test_a_student_adds_files_sees_what_is_wrong_with_one_and_hands_in(placement, cast, client):
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    assert "Make it, then hand it in" in text_of(maya.page)
    answer = upload(maya, placement, ("sign.pdf", PDF), ("liar.pdf", PNG), ("page.html", b"<html>"))
    assert answer.status_code == 422
    summary = text_of(by_id(maya.page, "errors"))
    assert "“liar.pdf” is named .pdf but is an image (PNG). Rename it or pick another." in summary
    assert "“page.html” is a web page (HTML)" in summary and "Added: sign.pdf." in summary
    assert text_of(by_id(maya.page, "files-error")) in summary
    assert upload(maya, placement).status_code == 422
    assert "Choose a file first." in text_of(by_id(maya.page, "errors"))
    link = {"address": "docs.google.com/document/d/1", "name": "The text"}
    assert maya.post(f"/placements/{placement.id}/links", data=link).status_code == 303
    maya.get(f"/placements/{placement.id}")
    assert "Set it to “Anyone with the link”, or upload the file." in text_of(maya.page)
    bad = maya.post(f"/placements/{placement.id}/links", data={"address": "javascript:alert(1)", "name": "x"})
    assert bad.status_code == 422 and "It begins with https://" in text_of(by_id(maya.page, "link-address-error"))
    assert by_id(maya.page, "link-address").get("value") == "javascript:alert(1)"
    assert (
        maya.post(f"/placements/{placement.id}/deliver", data={"words": "Look at the **first** page."}).status_code
        == 303
    )
    maya.get(f"/placements/{placement.id}")
    page = text_of(by_id(maya.page, "handing_in"))
    assert (
        "sign.pdf" in page
        and "The text" in page
        and "Look at the first page." in page
        and "Waits for an answer" in page
    )
    assert not having(maya.page, "data-move", "deliver")
    nothing = maya.post(f"/placements/{placement.id}/deliver", data={"words": "Again."})
    assert nothing.status_code == 409 and "has changed in the meantime" in text_of(by_id(maya.page, "errors"))


def test_an_employer_sends_back_with_words_and_accepts_the_next_version(cast, client, app):
    made = delivered(cast)
    dana, maya = client(cast.dana), client(cast.maya)
    dana.get(f"/placements/{made.id}")
    assert "Look at what Maya handed in" in text_of(dana.page)
    empty = dana.post(f"/placements/{made.id}/send-back", data={"number": "1", "words": " "})
    assert empty.status_code == 422 and "Say what is missing" in text_of(by_id(dana.page, "send-back-words-error"))
    assert (
        dana.post(
            f"/placements/{made.id}/send-back", data={"number": "1", "words": "Larger letters, please."}
        ).status_code
        == 303
    )
    maya.get(f"/placements/{made.id}")
    assert "It came back: have another go" in text_of(maya.page) and "Larger letters, please." in text_of(
        by_id(maya.page, "handing_in")
    )
    maya.post(f"/placements/{made.id}/deliver", data={"words": "Here is the next."})
    stale = dana.post(f"/placements/{made.id}/accept", data={"number": "1", "words": "Fine"})
    assert stale.status_code == 409
    assert dana.post(f"/placements/{made.id}/accept", data={"number": "nonsense"}).status_code == 409
    done = dana.post(
        f"/placements/{made.id}/accept", data={"number": "2", "words": "Thank you."}, headers={"HX-Request": "true"}
    )
    assert done.status_code == 200 and "Accepted" in text_of(by_id(dana.page, "flash"))
    for browser in (dana, maya, client(cast.okafor)):
        browser.get(f"/placements/{made.id}")
        versions = [words(e) for e in browser.page.iter() if e.tag == "summary" and "Version" in words(e)]
        assert (
            [v.split()[1].strip(":") for v in versions[:2]] == ["2", "1"]
            and "Accepted" in versions[0]
            and "Sent back" in versions[1]
        )
        page = text_of(browser.page)
        assert "Thank you." in page and "accepted the work" in page and "sent the work back" in page
        assert not having(browser.page, "data-move", "accept") and not having(browser.page, "data-move", "send_back")


def test_what_comes_next_is_said_to_whoever_it_is_for(cast, client, app):
    posting = factories.make_posting(employer=cast.cedar)
    made = factories.make_placement("active", posting, cast.maya, due_on=today(), starts_on=None)

    def next_of(person):
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        return text_of(by_id(browser.page, "next")) if by_id(browser.page, "next") is not None else ""

    assert (next_of(cast.maya), next_of(cast.dana), next_of(cast.okafor)) == ("Make it, then hand it in", "", "")
    add(made, cast)
    assert (next_of(cast.maya), next_of(cast.dana)) == ("Hand in your work", "")
    handing_actions.deliver(made, cast.maya)
    assert (next_of(cast.maya), next_of(cast.dana)) == ("", "Look at what Maya handed in")
    Placement.update(held_at="2026-01-01").execute()
    assert (next_of(cast.maya), next_of(cast.dana)) == ("", "")


def test_on_hold_no_form_is_left_and_none_goes_through(placement, cast, client):
    piece = add(placement, cast)
    Placement.update(held_at="2026-01-01").where(Placement.id == placement.id).execute()
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    section = by_id(maya.page, "handing_in")
    assert "on hold" in text_of(section) and not having(section, "action")
    assert upload(maya, placement, ("b.pdf", PDF)).status_code == 409
    assert "on hold" in text_of(by_id(maya.page, "errors"))
    assert maya.post(f"/placements/{placement.id}/attachments/{piece.id}/remove").status_code == 409
    assert Attachment.select().count() == 1


# -- too much at once


class Endless(io.RawIOBase):
    """A body without an end; whoever reads much of it is found out."""

    def __init__(self):
        self.taken = 0

    def environ(self, length):
        said = {} if length is None else {"CONTENT_LENGTH": str(length)}
        return {"wsgi.input": self, "CONTENT_TYPE": "multipart/form-data; boundary=x"} | said

    def readable(self):
        return True

    def readinto(self, buffer):
        self.taken += len(buffer)
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


@pytest.mark.parametrize("htmx", [False, True])
def test_two_hundred_megabytes_get_their_sentence_on_the_page_and_not_a_byte_is_read(
    placement, cast, client, app, htmx
):
    app.config["WTF_CSRF_ENABLED"] = True
    maya, body = client(cast.maya), Endless()
    answer = maya.post(
        f"/placements/{placement.id}/files", environ_overrides=body.environ(200_000_000),
        headers={"HX-Request": "true"} if htmx else {},
    )  # fmt: skip
    assert answer.status_code == 422 and body.taken == 0
    assert "more than 25 MB at once" in text_of(by_id(maya.page, "errors"))
    assert by_id(maya.page, "handing_in") is not None and not files.folder().exists()


def test_a_body_that_does_not_say_how_long_it_is_is_read_to_the_limit_only(placement, cast, client, monkeypatch):
    monkeypatch.setattr(handing_views, "BODY", 100_000)
    maya, body = client(cast.maya), Endless()
    answer = maya.post(
        f"/placements/{placement.id}/files",
        environ_overrides=body.environ(None) | {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 422 and body.taken < 400_000
    assert "more than 25 MB at once" in text_of(by_id(maya.page, "errors"))


def test_whoever_may_not_upload_here_has_none_of_it_read(placement, cast, client):
    for person, status in ((None, 303), (cast.dana, 403), (cast.leo, 404)):
        body = Endless()
        answer = client(person).post(f"/placements/{placement.id}/files", environ_overrides=body.environ(200_000_000))
        assert (answer.status_code, body.taken) == (status, 0)


def test_an_upload_without_the_token_of_the_page_is_refused(placement, cast, client, app):
    app.config["WTF_CSRF_ENABLED"] = True
    maya = client(cast.maya)
    assert upload(maya, placement, ("sign.pdf", PDF)).status_code == 400
    maya.get(f"/placements/{placement.id}")
    (form,) = having(maya.page, "data-move", "attach")
    token = next(e.get("value") for e in form.iter() if e.get("name") == "csrf_token")
    data = {"csrf_token": token, "files": (io.BytesIO(PDF), "sign.pdf")}
    assert (
        maya.post(f"/placements/{placement.id}/files", data=data, content_type="multipart/form-data").status_code == 303
    )
    assert Attachment.get().name == "sign.pdf"


# -- who may read a file


def test_a_file_goes_only_to_who_may_see_it_and_always_as_a_download(placement, cast, client):
    piece = add(placement, cast, "Grüße aus Zimmer 9.pdf")
    address = f"/placements/{placement.id}/files/{piece.id}/{piece.name}"
    everybody = {name: client(person) for name, person in vars(cast).items() if isinstance(person, Person)}

    def allowed():
        return {name for name, browser in everybody.items() if browser.get(address).status_code == 200}

    assert allowed() == {"maya", "okafor", "ruiz"}  # not handed in: not for the employer
    for name in ("dana", "omar", "nia", "leo", "noor"):
        assert everybody[name].get(address).status_code == 404
    assert client().get(address).status_code == 303
    handing_actions.deliver(placement, cast.maya)
    assert allowed() == {"maya", "okafor", "ruiz", "dana"}
    response = everybody["dana"].get(address)
    assert response.data == PDF and response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''Gr%C3%BC%C3%9Fe%20aus%20Zimmer%209.pdf" in response.headers["Content-Disposition"]
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    for other in (
        f"/placements/{placement.id}/files/{piece.id}/other.html",
        f"/placements/{placement.id}/files/99/{piece.name}",
    ):
        assert everybody["dana"].get(other).status_code == 404
    files.drop(piece.stored)
    assert everybody["dana"].get(address).status_code == 404


def test_a_file_of_one_placement_is_not_there_under_another(placement, cast, client):
    piece = add(placement, cast)
    handing_actions.deliver(placement, cast.maya)
    mine = factories.make_placement("active", factories.make_posting(employer=cast.mill), cast.leo)
    for person in (cast.leo, cast.omar, cast.okafor):
        assert client(person).get(f"/placements/{mine.id}/files/{piece.id}/{piece.name}").status_code == 404
    assert client(cast.leo).post(f"/placements/{mine.id}/attachments/{piece.id}/remove").status_code == 409
    assert Attachment.select().count() == 1


def test_an_employer_meets_nothing_that_is_not_handed_in_on_the_page(placement, cast, client):
    add(placement, cast, "my secret idea.pdf")
    dana, teacher = client(cast.dana), client(cast.okafor)
    dana.get(f"/placements/{placement.id}")
    assert "secret" not in text_of(dana.page) and "Nothing is handed in yet" in text_of(dana.page)
    teacher.get(f"/placements/{placement.id}")
    assert "my secret idea.pdf" in text_of(teacher.page)


@pytest.mark.parametrize("state", ["proposed", "agreed", "not_agreed"])
def test_before_the_start_there_is_nothing_to_hand_in(app, cast, client, state):
    made = factories.make_placement(state, factories.make_posting(employer=cast.cedar), cast.maya)
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        assert by_id(browser.page, "handing_in") is None
    assert upload(client(cast.maya), made, ("a.pdf", PDF)).status_code == 409
    assert client(cast.dana).post(f"/placements/{made.id}/accept", data={"number": "1"}).status_code == 409


def test_a_page_with_many_versions_and_files_takes_as_many_queries_as_one_with_few(placement, cast, client):
    def count(person):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        with count_queries() as counter:
            assert browser.get(f"/placements/{placement.id}").status_code == 200
        return counter.count

    def versions(some):
        for _number in range(some):
            handing_actions.add_link(fresh(placement), cast.maya, "example.org")
            add(fresh(placement), cast, f"{some}-{_number}.pdf", PDF)
            made = handing_actions.deliver(fresh(placement), cast.maya, "Here.")
            handing_actions.send_back(fresh(placement), cast.dana, made.number, "Larger.")

    versions(1)
    people = (cast.maya, cast.dana, cast.okafor)
    few = [count(person) for person in people]
    versions(12)
    assert [count(person) for person in people] == few
