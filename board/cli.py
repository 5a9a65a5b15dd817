"""`flask --app wsgi COMMAND`: the table of commands, each a thin shell around one action.

What can't be done is said in one line and ends with a status other than 0; nobody has to read a traceback.
"""

import logging
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from peewee import IntegrityError, PeeweeException

from board import backups, console, doctor, migrations, tasks
from board.audit import trail
from board.audit.model import Kind
from board.config import Settings
from board.db import database, now, weigh
from board.demo import seed
from board.moves import Refused
from board.people.model import Person, Role
from board.postings import imports
from board.postings.model import Posting, State
from board.postings.sheet import BadFile
from board.privacy import cleaning, homes
from board.privacy.erase import come_back, erase
from board.privacy.ledger import remembered
from board.privacy.rules import days_kept
from board.school.actions import ship_vocabulary
from board.school.model import Field, School
from board.search import index


def init_app(app: Flask) -> None:
    for command in (
        migrate, set_up_link, create_user, seed_demo, import_postings, reindex, worker, backup, restore, examine,
        erase_person,
    ):  # fmt: skip
        app.cli.add_command(command)


def settings() -> Settings:
    return current_app.config["SETTINGS"]


def must_be_migrated() -> None:
    database.connect(reuse_if_open=True)
    if migrations.pending():
        raise click.ClickException("The database is not up to date. Run: flask --app wsgi migrate")


# -- the database and its index


@click.command()
def migrate():
    """Bring the database up to date."""
    with database.connection_context():
        names = migrations.migrate()
    click.echo("\n".join(f"applied {name}" for name in names) or "The database is up to date.")


@click.command()
def reindex():
    """Build a new search index beside the old one and switch to it."""
    must_be_migrated()
    build_index()


def build_index() -> None:
    total = Posting.select().where(Posting.state == State.OPEN).count()
    with click.progressbar(length=total, label="Search index") as bar:
        indexed = index.rebuild(bar.update)
    weigh()
    click.echo(f"{indexed} open postings are in the index.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def backup(file: Path):
    """Copy the database to FILE, and people's files into a folder beside it, also while the board runs."""
    try:
        copy = file.expanduser().resolve()
        size = backups.backup(settings().database, copy)
        count, nowhere = backups.backup_files(copy)
    except backups.NotSound as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be written: {problem.strerror}.") from None
    click.echo(f"{file}: {size / 1024**2:.1f} MB, checked.")
    note_backup()
    if count:
        click.echo(f"Beside it, in {backups.FILES}: {count - nowhere} files that people handed in.")
    if nowhere:
        click.echo(f"{nowhere} files are not on the disk any more: see doctor.")


def note_backup() -> None:
    """An entry of the audit trail; a backup of a board that is not migrated yet, or of a disk that is full, goes without."""
    try:
        with database.connection_context():
            if not migrations.pending():
                trail.note(Kind.EXPORT, what="backup")
    except PeeweeException as problem:
        click.echo(f"This backup does not stand in the audit trail: {problem}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def restore(file: Path):
    """Put the backup FILE in the database's place, once it is known to be sound. The board must be stopped."""
    try:
        copy = file.expanduser().resolve()
        kept = backups.restore(copy, settings().database)
        count, nowhere = backups.restore_files(copy)
    except backups.NotSound as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{file} could not be put back whole: {problem.strerror}.") from None
    with database.connection_context():
        migrations.migrate()
        trail.note(Kind.RESTORED)
        if kept:
            click.echo(f"The database as it was is kept as {kept}.")
        erase_again()
        build_index()
    if count:
        click.echo(f"{count - nowhere} of the {count} files that people handed in are there.")
    if nowhere:
        click.echo(f"{nowhere} are not: they were not in {backups.FILES} beside the backup.")
    click.echo("Restored. Start the board again.")


@click.command("doctor")
@with_appcontext
def examine():
    """Look at database, index, queue and disk; status 0 only when all are well."""
    with database.connection_context():
        found = doctor.examine(settings())
    for finding in found:
        click.echo(f"{finding.mark:8} {finding.what:10} {finding.words}")
    if not all(finding.well or finding.warning for finding in found):
        sys.exit(1)


# -- people


@click.command("set-up-link")
@with_appcontext
def set_up_link():
    """A one-time address where the first coordinator names the school; the one before it stops working."""
    must_be_migrated()
    try:
        click.echo(f"{settings().base_url}/set-up/{console.set_up_key()}")
    except Refused as problem:
        raise click.ClickException(str(problem)) from None


@click.command("create-user")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--name", required=True)
@click.option("--email", default="", help="Students can do without.")
@click.option("--employer", default="", help="The organisation of an employer's person; made if it is new.")
@click.option("--birth-date", type=click.DateTime(["%Y-%m-%d"]), help="A student's, as YYYY-MM-DD.")
@click.option("--grade", type=int, help="A student's, 9 to 12.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--school", default="", help="Name of the school, where there is none yet.")
@click.option("--state", default="", help="Its state, as two letters.")
@click.option("--time-zone", default="", help="Its time zone, as in America/Chicago.")
@with_appcontext
def create_user(role, name, email, employer, birth_date, grade, password_stdin, school, state, time_zone):
    """Make an account; without a password it prints a one-time way in. On a new board this founds the school."""
    must_be_migrated()
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    if password_stdin and not password:
        raise click.ClickException("No password came in on standard input.")
    try:
        with database.atomic():
            founded = console.begin_school(school, state, time_zone)
            person, way_in = console.create(
                Role(role), name, email, employer, birth_date and birth_date.date(), grade, password
            )
    except Refused as problem:
        raise click.ClickException(str(problem)) from None
    if founded:
        click.echo(f"Founded “{founded.name}” ({founded.state}, {founded.time_zone}); a coordinator can change that.")
    click.echo(f"{person.name}: {role}, signs in as {person.email or person.username}.")
    if way_in and person.is_student:
        click.echo(f"Sign-in code, once: {way_in}")
    elif way_in:
        click.echo(f"To choose a password, once: {settings().base_url}/welcome/{way_in}")


@click.command("erase-person")
@click.argument("number", type=int, metavar="ID")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@with_appcontext
def erase_person(number: int, dry_run: bool):
    """Erase the person with this ID for good: from the database, its file on disk, the index, letters and files."""
    must_be_migrated()
    person = Person.get_or_none(Person.id == number)
    if person is None:
        raise click.ClickException(f"There is nobody with the ID {number}.")
    try:
        counts = erase(person, None, settings().data, dry_run)
    except Refused as problem:
        raise click.ClickException(str(problem)) from None
    for name, rows in counts.items():
        click.echo(f"{rows:6} {name}")
    if dry_run:
        click.echo("Nothing has gone: this was a dry run.")
        return
    cleaning.clean()
    click.echo("Erased." if counts else "This person was erased before.")
    if cleaning.waits():
        click.echo("The board is in use: the worker takes the last bytes off the disk within minutes.")
    for copy in cleaning.copies(settings().data, now(), days_kept(School.here())["backups"]):
        click.echo(f"{copy.name} still holds them, to be deleted by {copy.gone_on}.")


def erase_again() -> None:
    """Who was erased after a backup was made does not come back with it."""
    for person in come_back(settings().data):
        try:
            erase(person, None, settings().data)
            click.echo(f"Person {person.id} was erased after this backup was made, and is erased again.")
        except Refused as problem:
            click.echo(
                f"Person {person.id} was erased after this backup was made. {problem} Then run: erase-person {person.id}"
            )
    for guardian in homes.come_back(remembered(settings().data, "guardian")):
        try:
            homes.erase(guardian, None, settings().data)
            click.echo(f"Parent or guardian {guardian.id} was erased after this backup was made, and is erased again.")
        except Refused as problem:
            click.echo(f"Parent or guardian {guardian.id} was erased after this backup was made. {problem}")
    cleaning.clean()


@click.command("seed-demo")
def seed_demo():
    """Fill an empty board with the demo school."""
    must_be_migrated()
    if Person.select().exists():
        raise click.ClickException("This board holds people. The demo goes into an empty one only.")
    with click.progressbar(length=seed.size(), label="Demo school") as bar:
        seed.seed(lambda: bar.update(1))
    click.echo(f"The demo school is in. Everybody's password: {seed.PASSWORD}")
    for name, role in seed.ACCOUNTS:
        click.echo(f"  {role:12} {name}")


# -- postings from a file


@click.command("import-postings")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--state", type=click.Choice(["submitted", "open"]), default="submitted", show_default=True)
@click.option("--employer-verified", is_flag=True, help="The school has checked the employers that are new.")
@click.option("--column", "columns", multiple=True, metavar="OURS=THEIRS", help="Our name of a column and the file's.")
def import_postings(file: Path, dry_run: bool, state: str, employer_verified: bool, columns: tuple[str, ...]):
    """Bring in postings from a CSV file (also packed with gzip). Run again, it goes on where it stopped."""
    must_be_migrated()
    if not dry_run:
        ship_vocabulary()  # postings may come before the school is named
    elif not Field.select().exists():
        raise click.ClickException("This board has no fields yet: name the school first, or import without --dry-run.")
    renamed = dict(column.partition("=")[::2] for column in columns)
    try:
        with click.progressbar(length=imports.size(file, renamed), label="Postings") as bar:
            outcome = imports.bring_in(file, State(state), employer_verified, dry_run, renamed, bar.update)
    except BadFile as problem:
        raise click.ClickException(str(problem)) from None
    except IntegrityError:
        raise click.ClickException("Another import runs on this board. Let it end, then run this one again.") from None
    except KeyboardInterrupt:
        raise click.ClickException("Stopped. What was read is in; the same command goes on from there.") from None
    if outcome.encoding != "utf-8":
        click.echo(f"The file was read as {outcome.encoding}, for it is not UTF-8. Look at names with accents.")
    for line, reason in outcome.refused:
        click.echo(f"line {line}: {reason}")
    words = "would go in" if dry_run else "went in"
    click.echo(f"{outcome.new} postings {words}, {outcome.there} were there, {len(outcome.refused)} refused.")
    if outcome.employers or outcome.skills:
        click.echo(f"New with them: {outcome.employers} employers, {outcome.skills} skills proposed to the school.")
    if outcome.waiting:
        click.echo(f"{outcome.waiting} wait for a teacher: their employer is not verified (see --employer-verified).")
    if not dry_run and state == State.OPEN and (outcome.new or imports.not_indexed()):
        build_index()


# -- beside the pages


@click.command()
def worker():
    """Run the background worker alone."""
    must_be_migrated()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    tasks.work()
