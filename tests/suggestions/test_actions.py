"""A student suggests, a coordinator answers, and what was pitched becomes a draft that says nothing of the student."""

import json
from datetime import timedelta

import pytest

from board.db import database, now
from board.employers import actions as employers
from board.employers.model import Employer
from board.mail.model import Mail
from board.moves import NotAllowed, Refused, Step, TooLate
from board.people.accounts import Taken
from board.people.actions import accept, find_key
from board.people.links import Asker
from board.people.model import KeyKind, Person
from board.postings import actions as postings
from board.postings import joining
from board.postings.model import Posting
from board.suggestions import actions
from board.suggestions.model import Suggestion
from board.suggestions.rules import A_DAY, WAITING_MOST
from tests import factories

IDEA = {
    "organization": "Harbor Bikes", "place": "Harbor Street", "why": "They mend my bike.", "known": "My aunt works there.",
    "title": "A price list for the door", "make": "One page that people can read from outside.\n\nIn two languages.",
    "hours": 8,
}  # fmt: skip
WISH = IDEA | {"title": "", "make": "", "hours": None}
PERSON = ("Harbor Bikes", "Ana Bell", "ana@harbor.example")


def fresh(thing):
    return type(thing).get_by_id(thing.id)


def moves_of(suggestion) -> list[str]:
    return [step.move for step in Step.of(suggestion)]


def test_an_invitation_makes_employer_person_letter_and_the_draft_in_the_students_words(cast):
    suggestion = actions.suggest(cast.maya, IDEA)
    person, token = actions.invite(suggestion, cast.ruiz, *PERSON)
    suggestion = fresh(suggestion)
    draft = suggestion.posting
    assert (suggestion.state, suggestion.employer, suggestion.person) == ("invited", person.employer, person)
    assert (person.employer.state, person.employer.name, person.email) == ("unverified", PERSON[0], PERSON[2])
    assert (draft.state, draft.employer, draft.contact) == ("draft", person.employer, person)
    assert (draft.title, draft.description, draft.hours) == (IDEA["title"], IDEA["make"], 8)
    assert draft.summary == "One page that people can read from outside. In two languages."
    assert find_key(KeyKind.INVITATION, token).person == person
    mail = Mail.get()
    assert (mail.letter, mail.person, mail.values["title"]) == ("pitch_invitation", person, IDEA["title"])
    assert mail.values["link"].endswith(f"/welcome/{token}")


@pytest.mark.parametrize("what", [IDEA, WISH], ids=["idea", "wish"])
def test_the_letter_arrives_with_the_link_and_without_the_student(cast, settings, what):
    _person, token = actions.invite(actions.suggest(cast.maya, what), cast.ruiz, *PERSON)
    (letter,) = factories.letters(settings)
    assert letter["To"] == PERSON[2] and "Harbor Bikes" in letter["Subject"]
    assert "A student of Lincoln High School" in letter["Subject"]
    for text in (letter.as_string(), *(letter.get_body((kind,)).get_content() for kind in ("plain", "html"))):
        for secret in ("Maya", "Rivera", cast.maya.email, "aunt", "mend my bike"):
            assert secret not in text
    for kind in ("plain", "html"):
        text = letter.get_body((kind,)).get_content()
        assert f"/welcome/{token}" in text and (what["title"] or "something small and real") in text


@pytest.mark.parametrize("how", ["invite", "pass_on"])
def test_no_row_the_employer_can_reach_knows_the_student(cast, how):
    """The draft, its steps, its notices' steps and the letter."""
    Person.update(password_hash="x").where(Person.id == cast.omar.id).execute()
    suggestion = actions.suggest(cast.maya, IDEA)
    if how == "invite":
        actions.invite(suggestion, cast.ruiz, *PERSON)
    else:
        actions.pass_on(suggestion, cast.ruiz, cast.mill)
    draft = fresh(suggestion).posting
    rows = [draft.__data__, *(step.__data__ for step in Step.of(draft)), *(mail.__data__ for mail in Mail.select())]
    rows += [step.__data__ for step in Step.select().where(Step.noun == "employer")]
    text = json.dumps(rows, default=str).lower()
    for secret in ("maya", "rivera", cast.maya.email, "aunt", "mend my bike"):
        assert secret not in text
    assert not any(row.get("person") == cast.maya.id for row in rows)


def test_a_wish_without_a_project_makes_no_draft(cast):
    suggestion = actions.suggest(cast.maya, WISH)
    actions.invite(suggestion, cast.ruiz, *PERSON)
    assert fresh(suggestion).posting is None and Posting.select().count() == 0
    assert Mail.get().values["title"] == ""


@pytest.mark.parametrize("field", ["title", "make"])
@pytest.mark.parametrize(
    "text", ["I am Maya and I draw", "call 503 555 0142", "maya.r@example.org", "my insta is maya_draws1"]
)
def test_a_pitch_that_tells_who_it_is_does_not_go(cast, field, text):
    with pytest.raises(actions.TellsWho) as problem:
        actions.suggest(cast.maya, IDEA | {field: text})
    assert problem.value.field == field and Suggestion.select().count() == 0


def test_what_only_the_coordinator_reads_may_say_how_to_be_reached(cast):
    assert actions.suggest(cast.maya, IDEA | {"known": "Call my uncle Leo Rivera, 503 555 0142."})


def test_three_wait_at_a_time_and_a_day_has_its_end(cast):
    made = [actions.suggest(cast.maya, WISH) for _ in range(WAITING_MOST)]
    with pytest.raises(Refused, match="wait already"):
        actions.suggest(cast.maya, WISH)
    assert actions.suggest(cast.leo, WISH)
    for _ in range(A_DAY - WAITING_MOST):
        actions.take_back(made.pop(), cast.maya)
        made.append(actions.suggest(cast.maya, WISH))
    actions.take_back(made.pop(), cast.maya)
    with pytest.raises(Refused, match="one day"):
        actions.suggest(cast.maya, WISH)
    Suggestion.update(created_at=now() - timedelta(days=2)).execute()
    assert actions.suggest(cast.maya, WISH)


def test_a_name_or_an_address_that_is_here_changes_nothing(cast):
    suggestion = actions.suggest(cast.maya, IDEA)
    with pytest.raises(Refused, match="of this name"):
        actions.invite(suggestion, cast.ruiz, "Mill Cafe", "Ana Bell", "ana@harbor.example")
    with pytest.raises(Taken):
        actions.invite(suggestion, cast.ruiz, "Harbor Bikes", "Ana Bell", cast.dana.email)
    assert fresh(suggestion).state == "waiting" and moves_of(suggestion) == ["suggest"]
    assert Mail.select().count() == Posting.select().count() == 0
    assert not Employer.select().where(Employer.name == "Harbor Bikes").exists()


def test_it_is_answered_once(cast):
    suggestion = actions.suggest(cast.maya, IDEA)
    actions.take_back(suggestion, cast.maya)
    with pytest.raises(TooLate):
        actions.invite(suggestion, cast.ruiz, *PERSON)
    with pytest.raises(TooLate):
        actions.decline(suggestion, cast.ruiz, "They have closed.")
    assert not Employer.select().where(Employer.name == "Harbor Bikes").exists()
    assert Mail.select().count() == Posting.select().count() == 0 and not database.in_transaction()


def test_a_reason_is_needed_to_decline(cast):
    suggestion = actions.suggest(cast.maya, IDEA)
    with pytest.raises(Refused):
        actions.decline(suggestion, cast.ruiz, "  ")
    with pytest.raises(NotAllowed):
        actions.decline(suggestion, cast.okafor, "No.")
    actions.decline(suggestion, cast.ruiz, "They have closed for the winter.")
    assert fresh(suggestion).state == "declined"


def test_passed_on_it_is_a_draft_of_somebody_who_is_there(cast):
    suggestion = actions.suggest(cast.maya, IDEA)
    with pytest.raises(Refused, match="Nobody from Mill Cafe"):
        actions.pass_on(suggestion, cast.ruiz, cast.mill)
    Person.update(password_hash="x").where(Person.id == cast.omar.id).execute()
    actions.pass_on(suggestion, cast.ruiz, cast.mill)
    draft = fresh(suggestion).posting
    assert (draft.contact, draft.state, draft.title) == (cast.omar, "draft", IDEA["title"])


def test_nothing_goes_to_whoever_joined_and_has_not_confirmed_an_address(cast):
    organization = {"name": "Harbor Bikes", "website": "", "offer": ""}
    person, _draft = joining.join(organization, "Eve", "eve@harbor.example", {"title": "A"}, Asker("mark"))
    assert person.employer not in list(actions.could_take())
    Employer.update(unconfirmed_at=None).execute()
    assert person.employer in list(actions.could_take())


def came(token: str) -> Person:
    return accept(find_key(KeyKind.INVITATION, token), "Ana Bell", "quiet purple riverbank")


def opened(draft: Posting, person: Person, cast) -> None:
    postings.save_draft(draft, person, factories.full_content(title=draft.title or "Another"))
    postings.submit(fresh(draft), person)
    postings.approve(fresh(draft), cast.okafor)


def test_the_student_hears_step_by_step_and_each_once(cast):
    suggestion = actions.suggest(cast.maya, IDEA)
    person, token = actions.invite(suggestion, cast.ruiz, *PERSON)
    assert moves_of(suggestion) == ["suggest", "invite"]
    came(token)
    assert moves_of(suggestion)[2:] == ["come"]
    employers.move("verify", person.employer, cast.ruiz, "We know them.")
    another = postings.begin(person.employer, person)
    opened(another, person, cast)
    assert moves_of(suggestion)[3:] == []  # not theirs
    opened(fresh(suggestion).posting, person, cast)
    assert moves_of(suggestion)[3:] == ["open"]
    assert Step.of(suggestion).order_by(Step.id.desc()).first().facts == {"posting": fresh(suggestion).posting_id}


def test_without_a_draft_whatever_they_open_first_is_told(cast):
    suggestion = actions.suggest(cast.maya, IDEA)
    person, token = actions.invite(suggestion, cast.ruiz, *PERSON)
    came(token)
    employers.move("verify", person.employer, cast.ruiz, "We know them.")
    postings.delete_draft(fresh(suggestion).posting, person)
    assert fresh(suggestion).posting is None and fresh(suggestion).state == "invited"
    for _ in range(2):
        opened(postings.begin(person.employer, person), person, cast)
    assert moves_of(suggestion).count("open") == 1


def test_a_colleague_who_comes_later_is_no_news_to_the_student(cast):
    from board.people import accounts

    suggestion = actions.suggest(cast.maya, IDEA)
    _person, token = actions.invite(suggestion, cast.ruiz, *PERSON)
    came(token)
    later = factories.make_person("employer", employer=fresh(suggestion).employer)
    came(accounts.invite(later, cast.ruiz))
    assert moves_of(suggestion).count("come") == 1
