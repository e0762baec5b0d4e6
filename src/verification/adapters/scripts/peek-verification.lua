-- Reads the hot state of a verification without changing it.
-- KEYS[1]  state of the verification
-- ARGV[1]  clock offset in ms (0 in production)
-- ARGV[2]  short name of an idempotency key, or ''
-- Returns  nil, or {now, ends, status, left, application, context, length, counted, hashing, answer or '',
--          factors or '', 1 digests were lost and there is none | 0}
local key, offset, idempotency = KEYS[1], tonumber(ARGV[1]), ARGV[2]

local state = redis.call('HMGET', key, 'ends', 'status', 'left', 'application', 'context', 'length', 'counted',
  'hashing', 'answer:' .. idempotency, 'factors', 'lost', 'slots')
if not state[1] then return nil end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + offset
return { now, tonumber(state[1]), state[2], tonumber(state[3]), state[4], state[5], tonumber(state[6]), state[7], state[8],
  state[9] or '', state[10] or '', state[11] and (state[12] or '') == '' and 1 or 0 }
