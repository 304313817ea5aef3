-- What the server's own pages hold: browsers, sessions, what is under way, what people look up.

-- A browser that posted a form: what an unfinished visit needs, and nothing that signs anybody in.
CREATE TABLE browser (
    cookie_hash   BLOB PRIMARY KEY,
    csrf          BLOB NOT NULL,
    created       INTEGER NOT NULL,
    seen          INTEGER NOT NULL,
    identifier    TEXT,
    remember      INTEGER NOT NULL DEFAULT 0,
    tid           BLOB,                       -- the sign-in that it waits for
    eid           BLOB,                       -- the enrolment that it shows
    starts        TEXT NOT NULL DEFAULT '[]', -- times of this browser's latest starts
    arrival       BLOB,                       -- whom that sign-in is for, besides ourselves
    signup        BLOB,                       -- hash of the link that it had sent for a new account
    first_account TEXT,                       -- whose first factor was right
    first_at      INTEGER,
    next          TEXT                        -- page of ours that the sign-in under way leads back to
) STRICT;

-- Somebody who is signed in, or may pair a phone. Its cookie goes when it ends, so that nothing finds it again.
CREATE TABLE session (
    id            BLOB PRIMARY KEY,
    cookie_hash   BLOB UNIQUE,                -- SHA-256
    account       TEXT NOT NULL,
    acr           TEXT NOT NULL,              -- aal1, aal2-otp, aal2; nothing if it only pairs a phone
    amr           TEXT NOT NULL DEFAULT '[]', -- JSON
    tid           BLOB,                       -- the sign-in that it comes of, and ends with
    key           TEXT NOT NULL,              -- number, qr, here, offline, password, link, recovery
    eid           BLOB,                       -- the one enrolment that it is for (3.7.4)
    agent         TEXT,
    place         TEXT,
    began         INTEGER NOT NULL,
    seen          INTEGER NOT NULL,
    exp           INTEGER NOT NULL,           -- its end, however busy it is
    ended         INTEGER
) STRICT;
CREATE INDEX session_account ON session(account);

CREATE TABLE recognised (
    hash          BLOB NOT NULL,              -- SHA-256 of the browser's long-lived cookie
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL,
    id            BLOB,                       -- names it to its owner
    agent         TEXT,
    seen          INTEGER,
    PRIMARY KEY (hash, account)
) STRICT, WITHOUT ROWID;

-- Which services a session was used for.
CREATE TABLE visit (
    session       BLOB NOT NULL,
    service       TEXT NOT NULL,
    at            INTEGER NOT NULL,
    ended         INTEGER,
    tid           BLOB,                       -- the sign-in that the session was worth then
    PRIMARY KEY (session, service)
) STRICT, WITHOUT ROWID;

-- Somebody whom a service sent here, until they are sent back.
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

-- What a service exchanges for who came.
CREATE TABLE ticket_out (
    hash          BLOB PRIMARY KEY,           -- SHA-256
    service       TEXT NOT NULL,
    session       BLOB NOT NULL,
    exp           INTEGER NOT NULL,
    used          INTEGER
) STRICT;

-- Accounts that are not made before their link is used.
CREATE TABLE signup (
    hash          BLOB PRIMARY KEY,           -- SHA-256 of the link
    email         TEXT NOT NULL,
    given_name    TEXT,
    family_name   TEXT,
    language      TEXT,
    exp           INTEGER NOT NULL,
    used          INTEGER
) STRICT;

-- Other single-use links in letters.
CREATE TABLE link (
    hash          BLOB PRIMARY KEY,           -- SHA-256
    purpose       TEXT NOT NULL,
    account       TEXT NOT NULL,
    about         TEXT NOT NULL DEFAULT '{}', -- JSON
    exp           INTEGER NOT NULL,
    used          INTEGER
) STRICT;

CREATE TABLE password (
    account       TEXT PRIMARY KEY,
    sealed        BLOB NOT NULL,              -- Argon2id with its parameters
    changed       INTEGER NOT NULL,
    length_class  INTEGER NOT NULL            -- 8 or 15: the least length that it was checked for
) STRICT, WITHOUT ROWID;

-- Wrong passwords of the last day, and letters that were asked for.
CREATE TABLE guess (
    who           BLOB NOT NULL,              -- HMAC of what is counted
    kind          TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX guess_who ON guess(who, at);

-- What an account's owner can look up about sign-ins, long after their own rows are gone.
CREATE TABLE history (
    tid           BLOB PRIMARY KEY,
    account       TEXT NOT NULL,
    service       TEXT NOT NULL,
    key           TEXT NOT NULL,
    place         TEXT,
    agent         TEXT,
    at            INTEGER NOT NULL,
    result        TEXT NOT NULL,              -- the state that it came to
    factor        TEXT,                       -- of an approval
    ended         INTEGER
) STRICT;
CREATE INDEX history_account ON history(account, at);

-- Reports that an operator looks at.
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
