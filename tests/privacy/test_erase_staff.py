"""A teacher and a coordinator are erased like anybody else: what they decided stays, who they were does not."""

from board import notices
from board.people import accounts
from board.people.model import Person
from board.placements import messages_actions
from board.placements.model import Placement
from board.postings import actions as postings
from board.postings.model import Posting
from board.privacy import cleaning
from board.privacy.erase import erase
from board.search import index
from tests import factories

NAMES = ("Quentin Vandersloot", "Zebulon Hargreave")


def test_no_byte_of_who_approved_and_led_is_left(app, cast, settings, client):
    Person.update(password_hash="x").where(Person.id == cast.ruiz.id).execute()  # a coordinator stays
    staff = [factories.make_person(role, name) for role, name in zip(("teacher", "coordinator"), NAMES, strict=True)]
    for one, student in zip(staff, (cast.maya, cast.leo), strict=True):
        posting = factories.make_posting("submitted", cast.cedar, title=f"Sign {one.id}")
        postings.comment(posting, one, f"{NAMES[0]} asks whether {NAMES[1]} has seen it.")
        postings.approve(posting, one)
        placement = factories.make_placement("active", factories.make_posting("open", cast.cedar), student, lead=one)
        factories.say_yes(placement)
        messages_actions.write(placement, one, f"I am {NAMES[0]}, and {NAMES[1]} comes along.")
        client(one).get(f"/students/{student.id}")
        Placement.update(lead=cast.okafor).where(Placement.id == placement.id).execute()
    notices.deliver()
    index.rebuild()
    for one in staff:
        accounts.end_account(one, cast.ruiz)
        erase(one, cast.ruiz, settings.data)
    cleaning.clean()
    approved = Posting.select().where(Posting.title.startswith("Sign"))
    assert {posting.state for posting in approved} == {"open"}
    read = [path for folder in (settings.data, settings.index) for path in folder.rglob("*") if path.is_file()]
    words = [word.lower().encode() for name in NAMES for word in name.split()]
    assert len(read) > 3
    assert {(path.name, word) for path in read for word in words if word in path.read_bytes().lower()} == set()
