-- Letters. What they say stands sealed until it is sent.

CREATE TABLE mail (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account       TEXT NOT NULL,
    recipient     TEXT NOT NULL,              -- the address at the time of writing
    language      TEXT NOT NULL,
    kind          TEXT NOT NULL,              -- which letter
    sealed        BLOB,                       -- JSON of subject, text, HTML and links; erased when it is sent
    state         TEXT NOT NULL DEFAULT 'waiting', -- waiting, sent, dead
    tries         INTEGER NOT NULL DEFAULT 0,
    at            INTEGER NOT NULL,
    next_at       INTEGER NOT NULL,           -- not tried before
    sent_at       INTEGER
) STRICT;
CREATE INDEX mail_next ON mail(next_at) WHERE state='waiting';
CREATE INDEX mail_account ON mail(account);
