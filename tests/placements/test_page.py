"""The page of a placement: for all three, in every state, whole and as the piece HTMX asks for."""

import pytest

from board.placements.model import State
from tests import factories
from tests.inspector import text_of


@pytest.mark.parametrize("state", [str(state) for state in State])
def test_all_three_read_it_in_every_state_whole_and_as_a_piece(client, cast, state):
    placement = factories.make_placement(state, factories.make_posting(employer=cast.cedar, hours=12), cast.maya)
    for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
        browser = client(person)
        assert browser.get(f"/placements/{placement.id}").status_code == 200
        answer = browser.piece(f"/placements/{placement.id}")
        assert answer.status_code == 200 and "<html" not in answer.text and 'id="placement"' in answer.text
        assert browser.piece(f"/placements/{placement.id}?edit=nothing").status_code == 200


@pytest.mark.parametrize("state", ["proposed", "not_agreed"])
def test_no_part_of_it_names_the_student_to_an_employer_before_a_teacher_has_agreed(client, cast, state):
    placement = factories.make_placement(state, factories.make_posting(employer=cast.cedar), cast.maya)
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}")
    assert "Maya" not in text_of(dana.page) and placement.application.code in text_of(dana.page)


def test_who_is_no_party_to_it_finds_nothing(client, cast):
    placement = factories.make_placement("active", factories.make_posting(employer=cast.cedar), cast.maya)
    for person in (cast.leo, cast.omar):
        assert client(person).get(f"/placements/{placement.id}").status_code == 404
