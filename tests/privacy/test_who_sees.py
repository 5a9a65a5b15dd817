"""Who sees which of a student's data at each stage: docs/who-sees-what.md holds the table, and this test holds the board
to it, in both directions. What stands there and nobody meets is as wrong as what somebody meets and does not stand there.
"""

import logging
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from board.config import Settings
from board.db import database
from board.mail import rules as mail_rules
from board.mail.model import Pace
from board.privacy.declaration import DECLARED
from board.privacy.held import Seen
from tests import conftest
from tests.privacy.readers import LETTER, Eyes
from tests.privacy.tale import STAGES, Tale

PAGE = Path(__file__).parents[2] / "docs" / "who-sees-what.md"
WHOLE = "shared"  # everything there is stands by then, and something is public: the whole board is walked

# the tables of the page, by their headings: all these readers meet the same
TABLES = {
    "The student": ("student",),
    "The employer of the project, and colleagues there": ("employer", "colleague"),
    "The class teacher": ("adviser",),
    "Another teacher": ("teacher",),
    "Who looks after student safety": ("safety",),
    "A coordinator": ("coordinator",),
    "A parent or guardian, by their link": ("home",),
    "Everybody else": ("stranger", "classmate", "elsewhere", "other_home"),
}
# its rows, with where it is declared what is held of it and who sees it
DATA = {
    "first_name": ("First name", "person.name"),
    "last_name": ("Last name", ""),
    "code": ("Code that stands for the name", ""),
    "mail": ("School mail address", "person.email"),
    "username": ("Username", "person.username"),
    "birth_date": ("Birth date", "person.birth_date"),
    "age": ("Age", ""),
    "grade": ("Grade", "person.grade"),
    "band": ("“Grade 9 or 10”, “grade 11 or 12”", ""),
    "guardian": ("Parent or guardian: name, address", "guardian.name"),
    "guardian_asks": ("What they want to talk about", "guardian_answer.why"),
    "skill": ("Skills they name", "person_skill.skill_id"),
    "search": ("Saved searches", "saved_search.asked"),
    "suggestion": ("Why they suggest an employer", "suggestion.why"),
    "correction": ("What they say is wrong about them", "correction.words"),
    "reading": ("What a teacher says of their draft", "reading.words"),
    "why": ("Application: why they would like to", "application.why"),
    "answers": ("Application: answers", "answer.words"),
    "evidence": ("Application: where they show a skill", "evidence.words"),
    "refusal": ("Why somebody else was chosen", "step.reason"),
    "permit": ("Work permit", "agreement.permit_number"),
    "hours": ("Hours: what they did", "hours_entry.did"),
    "messages": ("Messages", "message.words"),
    "held": ("Phone number in a message that is held", ""),
    "check_in": ("Call for help in a check-in", "check_in.words"),
    "file": ("Files", "attachment.name"),
    "hand_in": ("Words of a hand-in", "delivery.words"),
    "ending": ("Words of an early end", ""),
    "quote": ("Feedback of the employer", "employer_feedback.quote experience.quote"),
    "reflection": ("Feedback of the student", "student_feedback.reflection"),
    "about": ("What stands above their portfolio", "portfolio.about"),
    "report": ("That something felt wrong", "report.words"),
}


@pytest.fixture(scope="module")
def met(founded_database, tmp_path_factory):
    """The story, told once: what each reader met at each stage, as {(stage, reader): {datum: where}}; and what of it stands
    where nobody's eyes are to find it."""
    folder = tmp_path_factory.mktemp("who-sees")
    (folder / "data").mkdir()
    settings = Settings(data=folder / "data", index=folder / "index", secret_key=conftest.SECRET)
    found, hidden, lines = {}, {"log": {}, "index": {}}, Lines()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail_rules, "default", lambda role, kind: Pace.AT_ONCE)  # as whoever wants every letter at once
        patch.setattr(mail_rules, "not_before", lambda role, at, *_: at)
        tale = Tale(conftest.start(settings, founded_database), conftest.make_cast(), settings)
        eyes = Eyes(tale)
        eyes.post.come()
        indexed = False
        root = logging.getLogger()
        root.addHandler(lines)
        patch.setattr(root, "level", logging.INFO)
        for stage in tale.steps():
            for reader, pages in eyes.look(stage == WHOLE).items():
                found[stage, reader] = read(tale, pages)
            files = [
                path.read_bytes().decode("latin-1").lower() for path in settings.index.rglob("*") if path.is_file()
            ]
            hidden["index"] |= read(tale, dict(enumerate(files)))
            indexed = indexed or any("poster" in text for text in files)
        logging.getLogger("board").info("The story is told.")
        root.removeHandler(lines)
        hidden["log"] = read(tale, {"log": "\n".join(lines.kept).lower()})
        database.close()
    return SimpleNamespace(found=found, hidden=hidden, indexed=indexed, lines=lines.kept)


class Lines(logging.Handler):
    def __init__(self):
        super().__init__(logging.INFO)
        self.kept: list[str] = []

    def emit(self, record):
        self.kept.append(record.getMessage())


def read(tale: Tale, pages: dict[str, str]) -> dict[str, list[str]]:
    """What of the student somebody learns from these: {datum: where}."""
    found = {}
    for datum, words in tale.secrets.items():
        where = [address for address, text in pages.items() if any(word.lower() in text for word in words)]
        if datum == "band":  # where both are named it is said how it is done, of nobody
            where = [address for address in where if "grade 9 or 10" not in pages[address]]
        if where:
            found[datum] = where
    return found


def tables() -> dict[str, dict[str, set[str]]]:
    """The page, as {heading: {row: stages}}."""
    found, heads = {}, []
    for line in PAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            rows = found.setdefault(line[3:], {})
            heads = []
        elif line.startswith("|") and not heads:
            heads = cells[1:]
        elif line.startswith("|") and not set(line) <= set("|-: "):
            rows[cells[0]] = {head for head, cell in zip(heads, cells[1:], strict=True) if cell == "●"}
    return found


MARKS = {mark: stage for stage, (mark, _words) in STAGES.items()}


@pytest.mark.parametrize("title", TABLES)
def test_each_reader_meets_what_the_table_says_at_each_stage_and_nothing_else(met, title):
    table = tables()[title]
    names = {name: key for key, (name, _declared) in DATA.items()}
    assert set(table) <= set(names), "a row that is not known"
    said = {(names[row], MARKS[mark]) for row, marks in table.items() for mark in marks}
    for reader in TABLES[title]:
        seen = {
            (datum, stage): where
            for (stage, who), data in met.found.items()
            if who == reader
            for datum, where in data.items()
        }
        assert {key: seen[key][:3] for key in set(seen) - said} == {}, f"{reader} meets what the table does not say"
        assert said - set(seen) == set(), f"{reader} does not meet what the table says"


def test_the_page_names_every_stage_and_the_story_is_told_to_its_end(met):
    assert list(dict.fromkeys(stage for stage, _reader in met.found)) == list(STAGES)
    told = re.findall(r"^\| (\S+) \| (.+) \|$", PAGE.read_text().split("## Stages")[1].split("## ")[0], re.M)
    assert told == list(STAGES.values())
    seen = {datum for data in met.found.values() for datum in data}
    assert seen == set(DATA), "each datum is met by somebody: else a leak of it would not be seen"


# what letters may say, read by anybody who sees a telephone on a table
IN_LETTERS = {
    "student": {"first_name"}, "employer": {"code"}, "adviser": {"first_name", "last_name"}, "home": {"first_name", "guardian"},
}  # fmt: skip


def test_letters_say_as_little_as_they_can_and_calendars_feeds_index_and_log_lines_nothing(met):
    said: dict[str, set[str]] = {}
    for (_stage, reader), data in met.found.items():
        for datum, where in data.items():
            if any(address.startswith(LETTER) for address in where):
                said.setdefault(reader, set()).add(datum)
            assert not [address for address in where if ".ics" in address or ".atom" in address], (reader, datum)
    assert said == IN_LETTERS
    assert met.hidden == {"index": {}, "log": {}}
    assert "The story is told." in met.lines, "what the board logs is heard"
    assert met.indexed, "words stand in the index as they are: else none would be found in there"


# from which stage on the words of the declaration let an employer read something
FROM = {Seen.EMPLOYER: "applied", Seen.AGREED: "agreed", Seen.CONTACT: "yes"}


def test_what_the_privacy_page_says_of_who_sees_it_is_what_they_meet(met):
    """In both directions, but for coordinators, who can open everything that is held: the page says that once."""
    order = list(STAGES)
    for datum, (_name, places) in DATA.items():
        if not places:
            continue
        says = {one for place in places.split() for one in element(*place.split(".")).seen}
        meets = {
            reader: stages(met, datum, reader)
            for reader in ("student", "adviser", "teacher", "safety", "coordinator", "employer", "stranger")
        }
        assert bool(says & {Seen.OWN, Seen.STUDENT}) == bool(meets["student"]), datum
        assert (Seen.TEACHERS in says) == bool(meets["adviser"] - meets["stranger"]), datum
        assert (Seen.SAFETY in says) == bool(meets["safety"] - meets["adviser"] - meets["teacher"]), datum
        assert (Seen.LINK in says) == bool(meets["stranger"]), datum
        assert Seen.COORDINATORS not in says or meets["coordinator"], datum
        employer = meets["employer"] | (stages(met, "band", "employer") if datum == "grade" else set())
        reached = [order.index(stage) for stage in employer - meets["stranger"]]
        allowed = [order.index(FROM[one]) for one in says & set(FROM)]
        assert bool(allowed) == bool(reached), datum
        assert not reached or min(reached) >= min(allowed), datum


def element(table: str, column: str):
    return next(one for one in DECLARED[table].elements if column in one.columns)


def stages(met, datum: str, reader: str) -> set[str]:
    return {stage for (stage, who), data in met.found.items() if who == reader and datum in data}
