-- Marks a start's idempotency key as being answered right now.
-- KEYS[1]  marker
-- ARGV[1]  ms after which it frees itself
-- Returns  1 claimed, 0 another request holds it
if redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 1 end
return 0
