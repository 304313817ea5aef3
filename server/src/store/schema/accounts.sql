-- The reference server's database. Identifiers, hashes and sealed values are BLOBs, times are whole seconds since 1970.
-- What must never stand here: PINs, PIN public keys in clear, factor signatures of PIN keys, bodies, keys (2.5).

CREATE TABLE account (
    id            TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE COLLATE NOCASE,
    given_name    TEXT,
    family_name   TEXT,
    language      TEXT,
    state         TEXT NOT NULL DEFAULT 'active',
    created       INTEGER NOT NULL,
    created_by    TEXT,
    offline_on    INTEGER NOT NULL DEFAULT 1,
    had_phone     INTEGER NOT NULL DEFAULT 0,
    num_fail      INTEGER NOT NULL DEFAULT 0,
    quiet_until   INTEGER NOT NULL DEFAULT 0,  -- no wake-ups for unrecognised browsers until then (3.4.6)
    setup_hash    BLOB,                        -- SHA-256 of a single-use link to pair the first phone
    setup_until   INTEGER NOT NULL DEFAULT 0,
    recovery      BLOB,                        -- HMAC of the recovery code (3.7.4)
    recovery_fail INTEGER NOT NULL DEFAULT 0,  -- wrong recovery codes in a row
    telephone     TEXT,
    two_factors   INTEGER NOT NULL DEFAULT 1,  -- a password alone is not enough once a phone is paired
    letters       TEXT NOT NULL DEFAULT 'unusual',  -- which sign-ins are written about: unusual, every
    tell_visits   INTEGER NOT NULL DEFAULT 0,  -- a page in between when a session is enough
    closing_until INTEGER,                     -- closed for good from then on
    email_next    TEXT                         -- the address that is to replace this one
) STRICT;
CREATE INDEX account_closing ON account(closing_until) WHERE closing_until IS NOT NULL;

-- Wrong recovery codes of the last day.
CREATE TABLE recovery_fail (
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_fail_account ON recovery_fail(account, at);
