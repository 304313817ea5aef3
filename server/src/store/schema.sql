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
    recovery_fail INTEGER NOT NULL DEFAULT 0   -- wrong recovery codes in a row
) STRICT;

-- Wrong recovery codes of the last day.
CREATE TABLE recovery_fail (
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_fail_account ON recovery_fail(account, at);

CREATE TABLE service (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    origin        TEXT NOT NULL,
    secret_hash   BLOB NOT NULL,
    scopes        TEXT NOT NULL,
    created       INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX service_secret ON service(secret_hash);

CREATE TABLE return_origin (
    service       TEXT NOT NULL REFERENCES service(id),
    origin        TEXT NOT NULL,
    PRIMARY KEY (service, origin)
) STRICT, WITHOUT ROWID;

-- Which accounts a service may see: those that it created or the operator gave it.
CREATE TABLE service_account (
    service       TEXT NOT NULL,
    account       TEXT NOT NULL,
    PRIMARY KEY (service, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment (
    eid           BLOB PRIMARY KEY,
    account       TEXT NOT NULL,
    service       TEXT NOT NULL,
    state         TEXT NOT NULL,              -- open, claimed, active, cancelled (expired is a matter of the clock)
    created       INTEGER NOT NULL,
    exp           INTEGER NOT NULL,
    es            BLOB,                       -- sealed; erased when the enrolment is over
    nonce         BLOB NOT NULL,
    offer         TEXT NOT NULL,
    cc            TEXT,                       -- erased when the enrolment is over
    confirm_fail  INTEGER NOT NULL DEFAULT 0,
    contested     INTEGER NOT NULL DEFAULT 0,
    claimed_at    INTEGER,
    claim_jti     BLOB,
    aid           BLOB,
    kind          TEXT NOT NULL DEFAULT 'new', -- new, migrate
    started_by    BLOB,                       -- aid of the phone that asked for it (3.7.3)
    return_url    TEXT,                       -- same device: where the app goes back to (3.3.1)
    rc            BLOB,                       -- SHA-256; erased when the enrolment is over
    lookup        BLOB,                       -- typed code (3.3.2); erased with the box on claim or end
    box           BLOB
) STRICT;
CREATE INDEX enrolment_end ON enrolment(exp);
CREATE INDEX enrolment_return ON enrolment(rc) WHERE rc IS NOT NULL;
CREATE UNIQUE INDEX enrolment_lookup ON enrolment(lookup) WHERE lookup IS NOT NULL;

-- An authenticator: one binding of one account on one phone.
CREATE TABLE phone (
    aid           BLOB PRIMARY KEY,
    ref           BLOB NOT NULL UNIQUE,
    account       TEXT NOT NULL,
    state         TEXT NOT NULL,              -- enrolling, active, locked, revoked
    why           TEXT,                       -- of the lock or revocation
    why_at        INTEGER,
    jkt           BLOB NOT NULL UNIQUE,
    pk_dev        BLOB NOT NULL,
    fid           BLOB NOT NULL,
    pin_keys      BLOB NOT NULL,              -- sealed pk_pin-sig ‖ pk_pin-ka
    level         INTEGER NOT NULL,           -- as in the row tag: 0 software, 1 tee, 2 secure_enclave, 3 strongbox
    attested      INTEGER NOT NULL DEFAULT 0,
    row_tag       BLOB NOT NULL,
    name          TEXT NOT NULL,
    os            TEXT NOT NULL,
    app           TEXT NOT NULL,
    push_url      TEXT,
    created       INTEGER NOT NULL,
    last_used     INTEGER,
    acked_ver     INTEGER NOT NULL DEFAULT 0,
    pin_fail      INTEGER NOT NULL DEFAULT 0,
    wait_until    INTEGER,
    run           INTEGER NOT NULL DEFAULT 0, -- counts resets of pin_fail (3.9.1)
    off_fail      INTEGER NOT NULL DEFAULT 0,
    off_wait_until INTEGER,
    off_run       INTEGER NOT NULL DEFAULT 0,
    bio_fail      INTEGER NOT NULL DEFAULT 0,
    pk_bio        BLOB,
    bio_fid       BLOB,
    bio_jkt       BLOB,                       -- finds the key; the thumbprint of pk_bio decides
    bio_uses      INTEGER NOT NULL DEFAULT 0, -- approvals by biometrics since the last PIN (2.6)
    pin_at        INTEGER,                    -- last good PIN
    unlocked_at   INTEGER,
    replaces      BLOB,                       -- aid of the phone that ends when this one has proved itself (3.7.3)
    replace_at    INTEGER,                    -- or at this time
    attestation   TEXT                        -- JSON: what its attestation said (2.3)
) STRICT;
CREATE UNIQUE INDEX phone_bio ON phone(bio_jkt) WHERE bio_jkt IS NOT NULL;
CREATE INDEX phone_replaces ON phone(replace_at) WHERE replaces IS NOT NULL;
CREATE INDEX phone_account ON phone(account);

-- Factor ids that a phone had: no new key may come under one of them again (3.7.1).
CREATE TABLE former_fid (
    aid           BLOB NOT NULL,
    fid           BLOB NOT NULL,
    bio           INTEGER NOT NULL DEFAULT 0, -- of a biometric key
    PRIMARY KEY (aid, fid)
) STRICT, WITHOUT ROWID;

-- One row for each counted failure; outlives its attempt row, so it has an id of its own (3.9.1).
CREATE TABLE fail (
    id            BLOB PRIMARY KEY,
    aid           BLOB NOT NULL,
    path          TEXT NOT NULL,              -- online, offline
    at            INTEGER NOT NULL,
    run           INTEGER NOT NULL
) STRICT;
CREATE INDEX fail_window ON fail(aid, path, at);

-- Idempotency of phone messages (3.0.5).
CREATE TABLE attempt (
    jkt           BLOB NOT NULL,
    jti           BLOB NOT NULL,
    id            BLOB NOT NULL UNIQUE,
    aid           BLOB,
    body_mac      BLOB,
    owner         BLOB NOT NULL,
    state         TEXT NOT NULL,              -- reserved, done
    counted       INTEGER NOT NULL DEFAULT 0,
    at            INTEGER NOT NULL,
    keep_until    INTEGER NOT NULL,
    http          INTEGER,
    answer        BLOB,                       -- sealed
    PRIMARY KEY (jkt, jti)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_end ON attempt(keep_until);

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
    proof_used    INTEGER NOT NULL DEFAULT 0
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

CREATE TABLE event (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    type          TEXT NOT NULL,
    service       TEXT NOT NULL,
    tid           BLOB,
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX event_service ON event(service, id);

CREATE TABLE mail (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account       TEXT NOT NULL,
    subject       TEXT NOT NULL,
    text          TEXT NOT NULL,
    links         TEXT NOT NULL,              -- JSON
    at            INTEGER NOT NULL
) STRICT;

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

-- The server's own pages.
CREATE TABLE browser (
    cookie_hash   BLOB PRIMARY KEY,
    csrf          BLOB NOT NULL,
    created       INTEGER NOT NULL,
    seen          INTEGER NOT NULL,
    account       TEXT,                       -- signed in, or allowed to pair the first phone
    may           TEXT NOT NULL DEFAULT '',   -- '', 'pair', 'full'
    identifier    TEXT,
    remember      INTEGER NOT NULL DEFAULT 0,
    tid           BLOB,
    eid           BLOB,
    starts        TEXT NOT NULL DEFAULT '[]'  -- times of this browser's latest starts
) STRICT;

CREATE TABLE recognised (
    hash          BLOB NOT NULL,              -- SHA-256 of the browser's long-lived cookie
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL,
    PRIMARY KEY (hash, account)
) STRICT, WITHOUT ROWID;
