-- Opens the hot state of a verification, or of one whose state was lost. A state that exists is left as it is.
-- KEYS[1]  state of the verification
-- ARGV[1]  clock offset in ms (0 in production)
-- ARGV[2]  life in ms from now, or 0
-- ARGV[3]  end in epoch ms, when ARGV[2] is 0
-- ARGV[4]  ms to keep the tombstone after the end
-- ARGV[5…] field, value, field, value, …
-- Returns  {now, end} in epoch ms, the end of the existing state when there is one
local key, offset, life, ends, tombstone = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + offset
if life > 0 then ends = now + life end

local existing = redis.call('HGET', key, 'ends')
if existing then return { now, tonumber(existing) } end

redis.call('HSET', key, 'ends', ends, 'status', 'pending', unpack(ARGV, 5))
redis.call('PEXPIRE', key, math.max(1, ends - now) + tombstone)
return { now, ends }
