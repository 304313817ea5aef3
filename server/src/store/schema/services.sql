-- Services, and whom they may see.

CREATE TABLE service (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    origin        TEXT NOT NULL,
    secret_hash   BLOB NOT NULL,
    scopes        TEXT NOT NULL,
    created       INTEGER NOT NULL,
    return_urls   TEXT NOT NULL DEFAULT '[]',  -- JSON: where a ticket may be brought, exactly
    acr_min       TEXT NOT NULL DEFAULT 'aal1',  -- the least level: aal1, aal2-otp, aal2
    keys          TEXT,                       -- JSON of the keys that it accepts; all if nothing
    releases      TEXT NOT NULL DEFAULT '[]',  -- JSON of what it is told about a person
    fresh_max     INTEGER                     -- seconds; how old a sign-in may be for it
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
