-- Marks the end of a verification, wipes every digest, and keeps a tombstone. The first end stays.
-- KEYS[1]  state of the verification
-- ARGV[1]  status: approved, failed, expired or canceled
-- ARGV[2]  ms to keep the tombstone
-- ARGV[3]  reservation id of the guess that ended it, or ''
-- ARGV[4]  short name of its idempotency key, or ''
-- ARGV[5]  the answer for a replay, or ''
-- Returns  1 ended now, 0 no such state or ended before
local key, status, tombstone, reservation, idempotency, answer = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]

local current = redis.call('HMGET', key, 'status', 'slots')
if not current[1] then return 0 end
redis.call('HDEL', key, 'guess:' .. reservation, 'taken:' .. reservation)
if idempotency ~= '' and answer ~= '' then redis.call('HSET', key, 'answer:' .. idempotency, answer) end
if current[1] ~= 'pending' then return 0 end

for id in string.gmatch(current[2] or '', '[^,]+') do redis.call('HDEL', key, 'slot:' .. id) end
redis.call('HDEL', key, 'slots')
redis.call('HSET', key, 'status', status)
redis.call('PEXPIRE', key, tombstone)
return 1
