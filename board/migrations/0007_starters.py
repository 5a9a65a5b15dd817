"""Projects an employer can begin with."""

import json
import tomllib
from pathlib import Path

from peewee import BooleanField, CharField, Check, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Field(Table):
        slug = CharField(60)

    class Starter(Table):
        slug = CharField(80, unique=True)
        field = ForeignKeyField(Field, on_delete="RESTRICT")
        title = CharField(160)
        content = TextField()
        position = IntegerField()
        hidden = BooleanField()

        class Meta:
            constraints = [Check("length(slug) > 0"), Check("length(title) > 0")]

    db.create_tables([Starter])
    # a board from before has its fields already and gets a start; a new one gets it when it is founded
    fields = {field.slug: field.id for field in Field.select()}
    shipped = tomllib.loads((Path(__file__).parent.parent / "postings" / "starters.toml").read_text("utf-8"))
    for position, row in enumerate(shipped["starter"]):
        said = shipped["every"] | row
        name, title, field = said.pop("slug"), said.pop("title"), fields.get(said.pop("field"))
        if field:
            said["description"] = said["description"].strip()
            content = json.dumps(said, ensure_ascii=False)
            Starter.create(
                slug=name, field=field, title=title, content=content, position=position, hidden=False
            )  # fmt: skip
