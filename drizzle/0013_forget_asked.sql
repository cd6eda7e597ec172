-- What was asked under a key was kept as a plain SHA-256, from which a password in it could be guessed. Since then it is
-- kept under a key of MC_SECRET; the old ones live for a day at most, and go now.
DELETE FROM "idempotency_keys";
