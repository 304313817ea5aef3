-- From version 1: moving, same-device and typed pairings, links, proofs, recovery, biometrics, former factor ids.
ALTER TABLE account ADD COLUMN recovery BLOB;
ALTER TABLE account ADD COLUMN recovery_fail INTEGER NOT NULL DEFAULT 0;
CREATE TABLE recovery_fail (
    account       TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_fail_account ON recovery_fail(account, at);
ALTER TABLE enrolment ADD COLUMN kind TEXT NOT NULL DEFAULT 'new';
ALTER TABLE enrolment ADD COLUMN started_by BLOB;
ALTER TABLE enrolment ADD COLUMN return_url TEXT;
ALTER TABLE enrolment ADD COLUMN rc BLOB;
ALTER TABLE enrolment ADD COLUMN lookup BLOB;
ALTER TABLE enrolment ADD COLUMN box BLOB;
CREATE INDEX enrolment_return ON enrolment(rc) WHERE rc IS NOT NULL;
CREATE UNIQUE INDEX enrolment_lookup ON enrolment(lookup) WHERE lookup IS NOT NULL;
ALTER TABLE phone ADD COLUMN pk_bio BLOB;
ALTER TABLE phone ADD COLUMN bio_fid BLOB;
ALTER TABLE phone ADD COLUMN bio_jkt BLOB;
CREATE UNIQUE INDEX phone_bio ON phone(bio_jkt) WHERE bio_jkt IS NOT NULL;
ALTER TABLE phone ADD COLUMN bio_uses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE phone ADD COLUMN pin_at INTEGER;
ALTER TABLE phone ADD COLUMN unlocked_at INTEGER;
ALTER TABLE phone ADD COLUMN replaces BLOB;
ALTER TABLE phone ADD COLUMN replace_at INTEGER;
CREATE INDEX phone_replaces ON phone(replace_at) WHERE replaces IS NOT NULL;
ALTER TABLE sign_in ADD COLUMN return_url TEXT;
ALTER TABLE sign_in ADD COLUMN rc BLOB;
ALTER TABLE sign_in ADD COLUMN act TEXT;
CREATE INDEX sign_in_return ON sign_in(rc) WHERE rc IS NOT NULL;
ALTER TABLE sign_in ADD COLUMN proof_used INTEGER NOT NULL DEFAULT 0;
-- Some databases of version 1 have these already.
CREATE TABLE IF NOT EXISTS former_fid (
    aid           BLOB NOT NULL,
    fid           BLOB NOT NULL,
    PRIMARY KEY (aid, fid)
) STRICT, WITHOUT ROWID;
ALTER TABLE former_fid ADD COLUMN bio INTEGER NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN factor TEXT NOT NULL DEFAULT 'pin';
CREATE INDEX IF NOT EXISTS sign_in_secret ON sign_in(exp) WHERE num IS NOT NULL OR h IS NOT NULL;
