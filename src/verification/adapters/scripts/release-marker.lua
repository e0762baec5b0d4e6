-- Frees the marker of an idempotency key.
-- KEYS[1]  marker
-- Returns  1 freed, 0 there was none
return redis.call('DEL', KEYS[1])
