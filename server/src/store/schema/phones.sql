-- Phones, how they come in, and what they said.

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
