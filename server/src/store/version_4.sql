-- From version 3: accounts that people make and look after in a browser, services that send people here.

-- accounts
ALTER TABLE account ADD COLUMN telephone TEXT;
ALTER TABLE account ADD COLUMN two_factors INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN letters TEXT NOT NULL DEFAULT 'unusual';
ALTER TABLE account ADD COLUMN tell_visits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN closing_until INTEGER;
ALTER TABLE account ADD COLUMN email_next TEXT;
CREATE INDEX account_closing ON account(closing_until) WHERE closing_until IS NOT NULL;

-- services
ALTER TABLE service ADD COLUMN return_urls TEXT NOT NULL DEFAULT '[]';
ALTER TABLE service ADD COLUMN acr_min TEXT NOT NULL DEFAULT 'aal1';
ALTER TABLE service ADD COLUMN keys TEXT;
ALTER TABLE service ADD COLUMN releases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE service ADD COLUMN fresh_max INTEGER;

-- sign-ins
ALTER TABLE sign_in ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;

UPDATE sign_in SET pages=1 WHERE service='portal';

-- web: whoever was signed in signs in anew, browsers stay recognised
DROP TABLE browser;
ALTER TABLE recognised ADD COLUMN id BLOB;
ALTER TABLE recognised ADD COLUMN agent TEXT;
ALTER TABLE recognised ADD COLUMN seen INTEGER;
UPDATE recognised SET id=randomblob(16);
UPDATE recognised SET id=randomblob(16), seen=at;
CREATE TABLE browser (
    cookie_hash   BLOB PRIMARY KEY,
    csrf          BLOB NOT NULL,
    created       INTEGER NOT NULL,
    seen          INTEGER NOT NULL,
    identifier    TEXT,
    remember      INTEGER NOT NULL DEFAULT 0,
    tid           BLOB,
    eid           BLOB,
    starts        TEXT NOT NULL DEFAULT '[]',
    arrival       BLOB,
    signup        BLOB,
    first_account TEXT,
    first_at      INTEGER,
    next          TEXT
) STRICT;
CREATE TABLE session (
    id            BLOB PRIMARY KEY,
    cookie_hash   BLOB UNIQUE,
    account       TEXT NOT NULL,
    acr           TEXT NOT NULL,
    amr           TEXT NOT NULL DEFAULT '[]',
    tid           BLOB,
    key           TEXT NOT NULL,
    eid           BLOB,
    agent         TEXT,
    place         TEXT,
    began         INTEGER NOT NULL,
    seen          INTEGER NOT NULL,
    exp           INTEGER NOT NULL,
    ended         INTEGER
) STRICT;
CREATE INDEX session_account ON session(account);
CREATE TABLE visit (
    session       BLOB NOT NULL,
    service       TEXT NOT NULL,
    at            INTEGER NOT NULL,
    ended         INTEGER,
    tid           BLOB,
    PRIMARY KEY (session, service)
) STRICT, WITHOUT ROWID;
CREATE TABLE arrival (
    id            BLOB PRIMARY KEY,
    cookie_hash   BLOB NOT NULL,
    service       TEXT NOT NULL,
    return_url    TEXT NOT NULL,
    state         TEXT NOT NULL,
    acr           TEXT NOT NULL,
    fresh         INTEGER,
    exp           INTEGER NOT NULL
) STRICT;
CREATE TABLE ticket_out (
    hash          BLOB PRIMARY KEY,
    service       TEXT NOT NULL,
    session       BLOB NOT NULL,
    exp           INTEGER NOT NULL,
    used          INTEGER
) STRICT;
CREATE TABLE signup (
    hash          BLOB PRIMARY KEY,
    email         TEXT NOT NULL,
    given_name    TEXT,
    family_name   TEXT,
    language      TEXT,
    exp           INTEGER NOT NULL,
    used          INTEGER
) STRICT;
CREATE TABLE link (
    hash          BLOB PRIMARY KEY,
    purpose       TEXT NOT NULL,
    account       TEXT NOT NULL,
    about         TEXT NOT NULL DEFAULT '{}',
    exp           INTEGER NOT NULL,
    used          INTEGER
) STRICT;
CREATE TABLE password (
    account       TEXT PRIMARY KEY,
    sealed        BLOB NOT NULL,
    changed       INTEGER NOT NULL,
    length_class  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE guess (
    who           BLOB NOT NULL,
    kind          TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX guess_who ON guess(who, at);
CREATE TABLE history (
    tid           BLOB PRIMARY KEY,
    account       TEXT NOT NULL,
    service       TEXT NOT NULL,
    key           TEXT NOT NULL,
    place         TEXT,
    agent         TEXT,
    at            INTEGER NOT NULL,
    result        TEXT NOT NULL,
    factor        TEXT,
    ended         INTEGER
) STRICT;
CREATE INDEX history_account ON history(account, at);
CREATE TABLE report (
    tid           BLOB PRIMARY KEY,
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL,
    closed        INTEGER,
    by            TEXT,
    reason        TEXT
) STRICT;
CREATE TABLE operator (
    account       TEXT PRIMARY KEY,
    added         INTEGER NOT NULL,
    by            TEXT
) STRICT, WITHOUT ROWID;

-- operation
ALTER TABLE event ADD COLUMN session BLOB;

-- mail: what was written before was never sent, and its links stood in clear
DROP TABLE mail;
CREATE TABLE mail (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account       TEXT NOT NULL,
    recipient     TEXT NOT NULL,
    language      TEXT NOT NULL,
    kind          TEXT NOT NULL,
    sealed        BLOB,
    state         TEXT NOT NULL DEFAULT 'waiting',
    tries         INTEGER NOT NULL DEFAULT 0,
    at            INTEGER NOT NULL,
    next_at       INTEGER NOT NULL,
    sent_at       INTEGER
) STRICT;
CREATE INDEX mail_next ON mail(next_at) WHERE state='waiting';
CREATE INDEX mail_account ON mail(account);
