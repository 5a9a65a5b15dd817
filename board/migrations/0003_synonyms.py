"""The school's words for the search: groups that mean the same."""

import tomllib
from pathlib import Path

from peewee import CharField, Check, Model


def up(migrator, db):
    class Synonym(Model):
        words = CharField(510)

        class Meta:
            database = db
            legacy_table_names = False
            constraints = [Check("length(words) > 0")]

    db.create_tables([Synonym])
    # a board from before has its fields already and gets a start; a new one gets it when it is founded
    if db.execute_sql("SELECT 1 FROM field LIMIT 1").fetchone():
        shipped = Path(__file__).parent.parent / "school" / "synonyms.toml"
        groups = [group for some in tomllib.loads(shipped.read_text("utf-8")).values() for group in some]
        Synonym.insert_many([{"words": ", ".join(group)} for group in groups]).execute()
