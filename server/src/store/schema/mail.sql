-- Letters.

CREATE TABLE mail (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account       TEXT NOT NULL,
    subject       TEXT NOT NULL,
    text          TEXT NOT NULL,
    links         TEXT NOT NULL,              -- JSON
    at            INTEGER NOT NULL
) STRICT;
