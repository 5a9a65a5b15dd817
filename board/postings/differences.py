"""What differs between two texts of a posting, said part by part. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from board.postings.content import SECTION_OF, changed
from board.postings.model import Section
from board.words import N_

LABELS = {
    "title": N_("Title"), "summary": N_("In one sentence"), "field": N_("Field"), "resume_title": N_("Résumé title"),
    "description": N_("Description"), "deliverable": N_("Deliverable"), "milestones": N_("Milestones"),
    "must": N_("Must-have skills"), "nice": N_("Nice-to-have skills"),
    "first_project_welcome": N_("First project welcome"), "ai_tools": N_("AI tools"), "ai_note": N_("About AI tools"),
    "hours": N_("Hours"), "weeks": N_("Weeks"), "rhythm": N_("Weekly rhythm"), "starts_on": N_("Starts"),
    "due_on": N_("Due"), "pay_cents": N_("Pay"), "seats": N_("Students"), "paid_how": N_("How it is paid"),
    "place": N_("Place"), "location": N_("Town or neighborhood"), "address": N_("Address"), "times": N_("About the times"),
    "getting_there": N_("Getting there"), "supervisor": N_("Worksite supervisor"), "minimum_age": N_("Lowest age"),
    "minimum_grade": N_("Lowest grade"), "questions": N_("Questions for applicants"), "apply_by": N_("Apply by"),
    "decide_by": N_("Decided by"), "tasks": N_("Tasks"), "sessions": N_("Fixed times"),
    "worker_kind": N_("How the student is taken on"), "premises": N_("What kind of place"),
    "alone": N_("Alone with one adult"),
}  # fmt: skip
# texts whose changes are marked word by word; of everything else the old value is struck and the new one follows
BY_WORD = ("title", "summary", "description", "deliverable", "ai_note", "rhythm", "paid_how", "times", "getting_there")
BY_ITEM = ("milestones", "tasks", "must", "nice", "sessions", "questions")
TOKENS = r"\s+|\w+|[^\w\s]"
TOO_SHORT = 2  # words that stayed between two changes are told with them, when fewer than this: a mosaic reads worse
LONGEST = 20_000  # characters compared by word; two longer texts stand one after the other
MOST_WORK = 3_000_000  # pairs of equal words: about a second; a text made of few words again and again takes many
ALIKE = 0.4  # below this share of common words the texts are told whole


Part = tuple[str, Any]  # ("same", "del" or "ins", words; of tasks and fixed times what spoken.py says in words)


@dataclass(frozen=True)
class Difference:
    """One part that changed. `parts` are (kind, words), for texts and lists."""

    key: str
    old: object
    new: object
    parts: list[Part] = field(default_factory=list)

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def section(self) -> Section:
        return SECTION_OF[self.key]


def between(old: dict, new: dict) -> list[Difference]:
    """What changed from one text to another, in the order of the page. Values as in content.py."""
    found = []
    for key in changed(old, new):
        parts = []
        if key in BY_WORD:
            parts = by_word(old.get(key) or "", new[key] or "")
        elif key in BY_ITEM:
            parts = by_item(items(old.get(key)), items(new[key]))
        found.append(Difference(key, old.get(key), new[key], parts))
    return found


def by_word(old: str, new: str) -> list[Part]:
    """Two texts as one, with what was struck and what came in. Empty when they have too little in common."""
    if not old or not new or len(old) + len(new) > LONGEST:
        return []
    before, after = re.findall(TOKENS, old), re.findall(TOKENS, new)
    often = Counter(after)
    if sum(often[token] for token in before) > MOST_WORK:
        return []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    parts: list[Part] = []
    struck = came = ""
    codes = matcher.get_opcodes()
    for number, (kind, i, j, k, m) in enumerate(codes):
        same = "".join(before[i:j])
        between_two = 0 < number < len(codes) - 1
        if kind != "equal" or (between_two and len(same.split()) < TOO_SHORT and "\n" not in same):
            struck, came = struck + same, came + "".join(after[k:m])
            continue
        parts += [(name, words) for name, words in (("del", struck), ("ins", came)) if words.strip()]
        parts.append(("same", same))
        struck = came = ""
    return parts + [(name, words) for name, words in (("del", struck), ("ins", came)) if words.strip()]


def by_item(old: list, new: list) -> list[Part]:
    """Two lists as one, item by item. Empty when only their order changed."""
    gone, came = [item for item in old if item not in new], [item for item in new if item not in old]
    if not gone and not came:
        return []
    kept = [("same", item) for item in new if item in old]
    parts = kept + [("del", item) for item in gone] + [("ins", item) for item in came]
    return [part for item in parts for part in (item, ("same", "\n"))][:-1]


def items(value) -> list:
    """The items of a list: a skill, a question, what a milestone is called, a task, a fixed time."""
    return [item.get("title", item) if isinstance(item, dict) else item for item in value or []]
