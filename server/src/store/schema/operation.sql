-- What services read, what callers repeat, what must never be changed.

CREATE TABLE event (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    type          TEXT NOT NULL,
    service       TEXT NOT NULL,
    tid           BLOB,
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL,
    session       BLOB                        -- of the pages, by which somebody came to that service
) STRICT;
CREATE INDEX event_service ON event(service, id);

-- Idempotency-Key of the backend interface (3.11).
CREATE TABLE repeat (
    service       TEXT NOT NULL,
    path          TEXT NOT NULL,
    key           TEXT NOT NULL,
    body_mac      BLOB NOT NULL,
    answer        BLOB NOT NULL,              -- sealed
    exp           INTEGER NOT NULL,
    PRIMARY KEY (service, path, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    record        TEXT NOT NULL,              -- JSON
    chain         BLOB NOT NULL               -- HMAC over the one before and this record
) STRICT;
