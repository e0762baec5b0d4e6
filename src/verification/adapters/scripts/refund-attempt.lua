-- Gives an attempt back because nothing was compared, or a right code could not be recorded. Once per reservation;
-- never by one that took over the attempt of a lost one (taken:<reservation>), which may have compared its guess.
-- KEYS[1]  state of the verification
-- ARGV[1]  reservation id
-- ARGV[2]  short name of an idempotency key, or ''
-- Returns  1 given back, 0 nothing to give back
local key, reservation, idempotency = KEYS[1], ARGV[1], ARGV[2]

if redis.call('HDEL', key, 'guess:' .. reservation) == 0 then return 0 end
if idempotency ~= '' then redis.call('HDEL', key, 'answer:' .. idempotency) end
if redis.call('HGET', key, 'status') == 'pending' then redis.call('HINCRBY', key, 'left', 1) end
return 1
