"""An index that tells by itself which postings are live, and in which version."""


def up(migrator, db):
    db.execute_sql(
        'CREATE INDEX "posting_state_held_at_apply_by_version" ON "posting" ("state", "held_at", "apply_by", "version")'
    )
