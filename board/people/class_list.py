"""A class list pasted from a spreadsheet: read, planned row by row, then written in one transaction.

Columns are found by their header, in any order and case. A blank cell leaves what is there, **CLEAR** empties it.
People are matched by username or mail address. Nobody is mailed.
"""

import csv
import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from board.db import database
from board.moves import Refused
from board.people import class_list_home, rules
from board.people.accounts import differing, write
from board.people.actions import free_username, record_all
from board.people.model import STAFF, Person, Role
from board.school.model import GRADES, today
from board.words import MAIL_SHAPE, N_, Said, one_line

LONGEST_CELL = 131_072  # characters; a cell beyond that is no name
MOST_ROWS = 2000
CLEAR = "**clear**"
USERNAME_SHAPE = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")

# a column by the words people put above it, letters alone
HEADERS = {
    "name": ("name", "fullname", "student", "studentname"),
    "first": ("first", "firstname", "givenname", "studentfirstname"),
    "last": ("last", "lastname", "surname", "familyname", "studentlastname"),
    "username": ("username", "user", "login", "userid", "schoolusername"),
    "email": ("email", "mail", "emailaddress", "mailaddress", "studentemail"),
    "grade": ("grade", "gradelevel", "year"),
    "birth_date": ("birthdate", "dateofbirth", "dob", "birthday", "born"),
    "adviser": ("adviser", "advisor", "adviseremail", "advisoremail", "advisermail", "advisormail", "teacher", "teacheremail"),
    **class_list_home.HEADERS,
}  # fmt: skip
COLUMN_OF = {word: column for column, words in HEADERS.items() for word in words}
LABELS = {
    "name": N_("name"), "username": N_("username"), "email": N_("mail address"), "grade": N_("grade"),
    "birth_date": N_("birth date"), "adviser": N_("adviser"), "title": N_("title"),
    "directory_opt_out": N_("directory information"), "guardians": N_("parents and guardians"),
}  # fmt: skip

SAMPLE = """Name,Username,Grade,Birth date
Maya Rosales,mrosales,10,2010-04-17
"Tran, Luis",,11,9/3/2009"""


@dataclass
class Row:
    """One line of the list and what would become of it."""

    line: int  # as a spreadsheet numbers it, the header being 1
    cells: dict[str, str]
    kind: str = "refused"  # add, change, same, refused
    person: Person | None = None
    values: dict = field(default_factory=dict)
    guardians: list[dict] = field(default_factory=list)  # those the board does not know yet
    changed: list[str] = field(default_factory=list)
    problems: list[Said] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.values.get("name") or (self.person.name if self.person else "") or self.cells.get("name", "")


@dataclass
class Plan:
    """What a pasted list would do. `mark` names exactly this plan, so that what was confirmed is what happens."""

    rows: list[Row]
    ignored: list[str]  # headers that mean nothing here

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def mark(self) -> str:
        told = repr(
            [(row.line, row.kind, row.person and row.person.id, sorted(row.cells.items())) for row in self.rows]
        )
        return hashlib.sha256(told.encode()).hexdigest()[:20]


def read(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of a pasted table as dicts by column, and headers not understood. Raises Refused."""
    text = text.replace("\x00", "").lstrip("\ufeff\n ")
    head = text.split("\n", 1)[0]
    mark = max("\t,;", key=head.count)
    csv.field_size_limit(LONGEST_CELL)  # of the whole process: whoever reads a list says how long a cell may be
    try:
        lines = list(csv.reader(text.splitlines(keepends=True), delimiter=mark, skipinitialspace=True))
    except csv.Error:
        raise Refused(N_("This list cannot be read: a quotation mark is missing, or a cell is very long.")) from None
    lines = [[one_line(cell) for cell in line] for line in lines]
    if not lines or not any(lines[0]):
        raise Refused(N_("Paste the list with its first row, the one with the names of the columns."))
    columns = [
        class_list_home.column_of(cell) or COLUMN_OF.get(re.sub(r"[^a-z]", "", cell.lower())) for cell in lines[0]
    ]
    ignored = [cell for cell, column in zip(lines[0], columns, strict=True) if cell and column is None]
    known = [column for column in columns if column]
    if not {"name", "first", "last", "username", "email"} & set(known):
        raise Refused(N_("The first row has to name the columns: name, username, email, grade, birth date, adviser."))
    if len(set(known)) != len(known):
        raise Refused(N_("Two columns of this list mean the same. Keep one of them."))
    rows = [
        {column: cell for column, cell in zip(columns, line, strict=False) if column}
        | {"line": str(number)}
        for number, line in enumerate(lines[1:], 2)
        if any(line)
    ]  # fmt: skip
    if not rows:
        raise Refused(N_("There are no students below the first row."))
    if len(rows) > MOST_ROWS:
        raise Refused(N_("A list may have up to 2,000 students at a time. Paste it in parts."))
    return rows, ignored


class World:
    """What a plan has to know of the people who are there: asked once, whatever the number of rows."""

    def __init__(self):
        people = list(Person.select())
        self.by_username = {person.username: person for person in people if person.username}
        self.by_email = {person.email: person for person in people if person.email}
        self.staff = {p.email: p for p in people if p.role in STAFF and p.email and not p.ended_at}
        self.student_names = {rules.same_name(p.name): p for p in people if p.is_student and not p.ended_at}
        self.names_taken = set(self.by_username)
        self.at_home = class_list_home.known()
        self.students = {p.email for p in people if p.is_student and p.email}
        self.seen: dict[str, int] = {}  # mail address or username -> line of this list
        self.matched: dict[int, int] = {}  # person -> line of this list
        self.today = today()


def plan(text: str) -> Plan:
    """What this list would do, without doing it. Raises Refused when it is no list at all."""
    rows, ignored = read(text)
    world = World()
    return Plan([plan_row(int(cells.pop("line")), cells, world) for cells in rows], ignored)


def plan_row(line: int, cells: dict[str, str], world: World) -> Row:
    row = Row(line, cells)
    understand(row, world)
    match(row, world)
    class_list_home.understand(row, world)
    if not row.problems:
        row.kind = "change" if row.person else "add"
    if row.kind == "change":
        row.changed = differing(row.person, row.values) + (["guardians"] if row.guardians else [])
        row.kind = "change" if row.changed else "same"
    elif row.kind == "add" and not row.values.get("username"):
        row.values["username"] = free_username(row.values["name"], world.names_taken)
    return row


def refuse(row: Row, words: str, **values) -> None:
    row.problems.append(Said(words, **values))


def understand(row: Row, world: World) -> None:
    """Cells to values; a cell that makes no sense is a problem of its row."""
    cells, values = row.cells, row.values
    name = cells.get("name") or " ".join(filter(None, (cells.get("first"), cells.get("last"))))
    if CLEAR in name.lower():
        refuse(row, N_("A name cannot be cleared."))
    elif "," in name:  # "Rivera, Maya"
        last, first = name.split(",", 1)
        name = f"{first.strip()} {last.strip()}".strip()
    if len(name) > 120:
        refuse(row, N_("The name is longer than 120 characters."))
    elif name:
        values["name"] = name
    for key in ("username", "email", "grade", "birth_date", "adviser"):
        cell = cells.get(key, "")
        if cell.lower() == CLEAR:
            values[key] = None
        elif cell:
            READERS[key](row, cell, world)


def read_username(row: Row, cell: str, world: World) -> None:
    if USERNAME_SHAPE.fullmatch(cell.lower()):
        row.values["username"] = cell.lower()
    else:
        refuse(row, N_("A username has 2 to 60 letters, digits, dots or dashes, and no spaces."))


def read_email(row: Row, cell: str, world: World) -> None:
    if len(cell) <= 254 and re.match(MAIL_SHAPE, cell.lower()):
        row.values["email"] = cell.lower()
    else:
        refuse(row, N_("“%(cell)s” is not a mail address."), cell=cell[:60])


def read_grade(row: Row, cell: str, world: World) -> None:
    found = re.fullmatch(r"(?:grade\s*)?0?(\d{1,2})(?:th)?(?:\s*grade)?", cell.lower(), re.ASCII)
    if found and int(found.group(1)) in GRADES:
        row.values["grade"] = int(found.group(1))
    else:
        refuse(row, N_("The grade should be 9, 10, 11 or 12."))


def read_birth_date(row: Row, cell: str, world: World) -> None:
    born = as_date(cell)
    problem = (
        rules.birth_date_problem(born, world.today) if born else N_("Write the birth date as 2009-05-31 or 5/31/2009.")
    )
    if problem:
        refuse(row, problem)
    else:
        row.values["birth_date"] = born


def read_adviser(row: Row, cell: str, world: World) -> None:
    adviser = world.staff.get(cell.lower())
    if adviser:
        row.values["adviser"] = adviser
    else:
        refuse(row, N_("No teacher here has the mail address “%(cell)s”."), cell=cell[:60])


READERS = {
    "username": read_username, "email": read_email, "grade": read_grade, "birth_date": read_birth_date,
    "adviser": read_adviser,
}  # fmt: skip


def as_date(text: str) -> date | None:
    """2009-05-31 or 5/31/2009, the US way; anything else is None."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    us = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    if not iso and not us:
        return None
    year, month, day = iso.groups() if iso else (us.group(3), us.group(1), us.group(2))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def match(row: Row, world: World) -> None:
    """Find whom a row is about, and refuse what would mix people up."""
    username, email = row.values.get("username"), row.values.get("email")
    found = {
        p.id: p
        for table, value in ((world.by_username, username), (world.by_email, email))
        for p in (table.get(value),)
        if p
    }
    for value in filter(None, (username, email)):
        if value in world.seen:
            refuse(row, N_("Line %(line)s of this list is about the same person."), line=world.seen[value])
        world.seen.setdefault(value, row.line)
    if len(found) > 1:
        refuse(row, N_("The username and the mail address belong to two different people."))
        return
    person = next(iter(found.values()), None)
    if person is None:
        match_new(row, world)
        return
    row.person = person
    if not person.is_student:
        refuse(row, N_("This is the account of somebody who is not a student."))
    elif person.ended_at:
        refuse(row, N_("This account is closed. Open it again first, on the student's page."))
    elif person.id in world.matched and not row.problems:
        refuse(row, N_("Line %(line)s of this list is about the same person."), line=world.matched[person.id])
    elif (row.values.get("email", person.email) or row.values.get("username", person.username)) is None:
        refuse(row, N_("Keep a mail address or a username: people sign in with one of them."))
    world.matched.setdefault(person.id, row.line)


def match_new(row: Row, world: World) -> None:
    name = row.values.get("name")
    if not name:
        if not row.problems:
            refuse(row, N_("Nobody here has this username or mail address. To add a student, give the name."))
        return
    twin = world.student_names.get(rules.same_name(name))
    if twin and not row.values.get("username") and not row.values.get("email"):
        refuse(row, N_("A student of this name is here already (%(username)s). To change them, add a column with their username; to add another of the same name, give the new one a username."), username=twin.username or twin.email)  # fmt: skip
    world.student_names.setdefault(rules.same_name(name), Person(name=name, username=f"line {row.line}"))


def apply(text: str, by: Person, mark: str) -> tuple[int, int, int, int]:
    """Do what the plan with this mark said: (added, changed, first id, last id). All of it or nothing.

    Raises Refused when the plan would be another one by now.
    """
    with database.atomic():
        planned = plan(text)
        if planned.mark != mark:
            raise Refused(N_("Something has changed since this list was checked. Here is how it stands now."))
        adds = planned.of("add")
        added = [Person.create(role=Role.STUDENT, **row.values).id for row in adds]
        record_all(added, "add", by, "active")
        changes = planned.of("change")
        for row in changes:
            columns = [key for key in row.changed if key in row.values]
            if columns:
                write(row.person, {key: row.values[key] for key in columns})
                record_all([row.person.id], "change", by, detail={"changed": columns})
        home = {number: row.guardians for number, row in zip(added, adds, strict=True) if row.guardians}
        home |= {row.person.id: row.guardians for row in changes if row.person and row.guardians}
        class_list_home.keep(home, by)
    return len(added), len(changes), min(added, default=0), max(added, default=0)
