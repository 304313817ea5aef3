-- Sign-ins and what belongs to them.

CREATE TABLE sign_in (
    tid           BLOB PRIMARY KEY,
    service       TEXT NOT NULL,
    account       TEXT,                       -- started for, or taken by the claim
    account_given INTEGER NOT NULL,
    method        TEXT NOT NULL,              -- push, qr, offline
    kind          TEXT NOT NULL,              -- login, sign
    state         TEXT NOT NULL,
    reason        TEXT,
    created       INTEGER NOT NULL,
    exp           INTEGER NOT NULL,
    ctx           TEXT NOT NULL,              -- JSON of the browser
    rows          TEXT NOT NULL,              -- JSON of the signed rows
    factors       TEXT NOT NULL,              -- JSON
    num           TEXT,                       -- push; erased at the end
    tries         INTEGER NOT NULL DEFAULT 0, -- wrong numbers or codes on this sign-in
    h             BLOB UNIQUE,                -- qr; erased at the end
    aid           BLOB,                       -- that claimed, or that an offline sign-in is for
    oqr           TEXT,                       -- offline: the compact JWS of the QR
    off_kid       TEXT,
    decided_at    INTEGER,
    decided_by    BLOB,                       -- aid
    completed_at  INTEGER,
    answer        BLOB,                       -- sealed answer of complete
    ended         INTEGER,
    return_url    TEXT,                       -- link: where the app goes back to
    rc            BLOB,                       -- link: SHA-256 of the return code
    act           TEXT,                       -- JSON: what this approval is a proof for (3.11)
    proof_used    INTEGER NOT NULL DEFAULT 0,
    pages         INTEGER NOT NULL DEFAULT 0 -- started by the pages on behalf of its service
) STRICT;
CREATE INDEX sign_in_account ON sign_in(account, created);
CREATE INDEX sign_in_created ON sign_in(created);
CREATE INDEX sign_in_return ON sign_in(rc) WHERE rc IS NOT NULL;
-- What the sweep still has to erase.
CREATE INDEX sign_in_secret ON sign_in(exp) WHERE num IS NOT NULL OR h IS NOT NULL;

-- What each phone is shown; created once, returned with the same bytes (3.4.3).
CREATE TABLE request (
    tid           BLOB NOT NULL,
    aid           BLOB NOT NULL,
    nonce         BLOB NOT NULL,
    jws           TEXT NOT NULL,
    exp           INTEGER NOT NULL,
    receipt       TEXT,
    PRIMARY KEY (tid, aid)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_phone ON request(aid, exp);

-- Evidence of approvals only, with the tag that a flipped column cannot forge (3.0.7).
CREATE TABLE evidence (
    tid           BLOB PRIMARY KEY,
    aid           BLOB NOT NULL,
    jkt           BLOB NOT NULL,
    at            INTEGER NOT NULL,
    ev            BLOB NOT NULL,
    pk_dev        BLOB,
    request       TEXT,
    payload       TEXT,
    protected     TEXT,
    signature     TEXT,
    factor        TEXT NOT NULL DEFAULT 'pin' -- pin, bio
) STRICT;

CREATE TABLE ticket (
    hash          BLOB PRIMARY KEY,           -- SHA-256
    sealed        BLOB NOT NULL,              -- the ticket, for repeats of the same scan
    tid           BLOB NOT NULL,
    step          INTEGER NOT NULL,
    exp           INTEGER NOT NULL,
    UNIQUE (tid, step)
) STRICT;

-- Scans that arrived within a frame's window (3.5.1 step 4).
CREATE TABLE scan (
    tid           BLOB NOT NULL,
    step          INTEGER NOT NULL,
    r             BLOB NOT NULL,
    PRIMARY KEY (tid, step, r)
) STRICT, WITHOUT ROWID;

CREATE TABLE wake (
    aid           BLOB NOT NULL,
    at            INTEGER NOT NULL,
    answered      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX wake_phone ON wake(aid, at);
