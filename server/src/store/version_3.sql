-- From version 2: what was found out about the attestation of a phone's device key.
ALTER TABLE phone ADD COLUMN attestation TEXT;
