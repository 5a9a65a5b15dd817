"""A busy board: something of everything in every state, for tests that walk over all pages."""

from types import SimpleNamespace

from board import notices
from board.applications import actions as applications
from board.people import actions as people
from board.postings import actions as postings
from board.postings import content, revisions
from board.postings.model import Posting
from board.suggestions import actions as suggestions
from tests import factories

POSTING_STATES = ("draft", "submitted", "changes_requested", "declined", "open", "paused", "closed", "expired")
APPLICATION_STATES = (
    "draft", "submitted", "shortlisted", "offered", "accepted", "turned_down", "taken_back", "not_selected",
    "withdrawn", "lapsed",
)  # fmt: skip


def fill(cast) -> SimpleNamespace:
    """Fill the board of the cast: Dana's postings, on site, and what Maya and others asked to do."""
    made = SimpleNamespace(postings={}, applications={})
    for state in POSTING_STATES:
        made.postings[state] = factories.make_posting(state, cast.cedar, **factories.ON_SITE, title=f"Poster {state}")
    made.open = made.postings["open"]
    for state in APPLICATION_STATES:
        posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE, title=f"Sign {state}", seats=2)
        made.applications[state] = factories.make_application(state, posting, cast.maya)
    made.elsewhere = factories.make_application("submitted", factories.make_posting("open", cast.mill), cast.leo)
    factories.make_posting("submitted", cast.newcomer, title="From somebody new")
    changed = made.postings["paused"]
    revisions.propose(changed, cast.dana, content.read(changed) | {"summary": "Set our prices, and those of the cafe."})
    postings.comment(made.postings["submitted"], cast.okafor, "Which price list is it?")
    postings.comment(made.postings["submitted"], cast.dana, "The one on the counter.")
    postings.save(made.open, cast.maya)
    draft = made.applications["draft"]
    applications.ask_to_read(draft, cast.maya, cast.okafor)
    reported = factories.make_posting("open", cast.mill, title="A strange one")
    made.report = factories.make_report("posting", reported.id, cast.leo, "They asked for my phone number.")
    factories.make_report("application", made.applications["submitted"].id, cast.maya, "Odd.")
    people.set_password(cast.maya, "window kettle lantern")
    people.set_password(cast.dana, "copper marble engine")
    idea = {"organization": "Cedar Print", "place": "Maya's street", "why": "Maya likes paper.", "known": "Rivera aunt"}
    suggestions.pass_on(suggestions.suggest(cast.maya, idea), cast.ruiz, cast.cedar)
    idea |= {"title": "A tour of the press", "make": "A film of a minute.", "hours": 9}
    made.suggestion = suggestions.suggest(cast.maya, idea)
    suggestions.pass_on(made.suggestion, cast.ruiz, cast.cedar)
    notices.deliver()
    made.postings = {state: Posting.get_by_id(posting.id) for state, posting in made.postings.items()}
    return made
