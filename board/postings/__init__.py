"""A posting: one short, paid project with one thing to make. A teacher reads it before you do."""
