"""What is read out of a posting's text: for now the ways to be reached (R22). Pure."""

from collections.abc import Collection, Mapping

from board import contact
from board.checks.results import Level, Result
from board.words import N_

TITLE = N_("Contact details in the text.")
READ_BY_ALL = (
    "title", "summary", "description", "deliverable", "rhythm", "paid_how", "times", "getting_there", "ai_note",
    "milestones", "questions",
)  # fmt: skip


def texts_of(values: Mapping) -> dict[str, str]:
    """What students read before anything is agreed, by key of content.py."""
    texts = {}
    for key in READ_BY_ALL:
        said = values.get(key) or ""
        if isinstance(said, list):
            said = "\n".join(row["title"] if isinstance(row, dict) else str(row) for row in said)
        if said:
            texts[key] = said
    return texts


def offer_of(values: Mapping, about: str = ""):
    return None


def scan(
    texts: Mapping[str, str], offer, ticked: Collection[str] = (), minimum_age: int | None = None,
    excluded: Collection[str] = (),
) -> list[Result]:  # fmt: skip
    """R22: ways to be reached, each with where it stands."""
    found = [(key, words) for key, text in texts.items() for _kind, words in contact.found(text)]
    if not found:
        return [Result("R22", Level.PASSED, TITLE, N_("No contact details in the text."))]
    hits = "”, “".join(list(dict.fromkeys(words for _key, words in found))[:5])
    words = N_("“%(found)s”: students and employers meet through the board.")
    return [Result("R22", Level.WARNS, TITLE, words, {"found": hits}, N_("Take it out."), key=found[0][0], mark="R22")]
