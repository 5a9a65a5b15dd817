"""An index that finds the letters to one address: whether the last one came back, and all of somebody who is erased."""


def up(migrator, db):
    db.execute_sql('CREATE INDEX "mail_address" ON "mail" ("address")')
