-- Spends one attempt before anything is hashed, and hands out what the guess is compared with.
-- KEYS[1]  state of the verification
-- ARGV[1]  clock offset in ms (0 in production)
-- ARGV[2]  reservation id; a second call with it spends nothing more
-- ARGV[3]  lease in ms after which a guess counts as no longer in flight
-- ARGV[4]  short name of an idempotency key, or ''
-- Returns  {1, left, 1 an earlier request with the key was lost | 0, hashing, slot, …} reserved
--          {2, answer} answered before | {3} first request in flight
--          {0} no such state | {-1} expired | {-2} none left, guesses in flight | {-3} none left, all settled | {-4, status} ended
local key, offset, reservation, lease, idempotency = KEYS[1], tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]

local state = redis.call('HMGET', key, 'ends', 'status', 'left', 'hashing', 'slots', 'answer:' .. idempotency)
if not state[1] then return { 0 } end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + offset

local holds, lost = redis.call('HEXISTS', key, 'guess:' .. reservation) == 1, 0
if idempotency ~= '' and state[6] and not holds then
  local deadline = string.match(state[6], '^in%-flight|(%d+)$')
  if not deadline then return { 2, state[6] } end
  -- A first request that never settled may have compared its guess, so a retry after the lease is a guess of its own.
  if now < tonumber(deadline) then return { 3 } end
  lost = 1
end
if state[2] ~= 'pending' then return { -4, state[2] } end
if now >= tonumber(state[1]) then return { -1 } end

local left = tonumber(state[3])
if not holds then
  if left < 1 then
    for _, field in ipairs(redis.call('HKEYS', key)) do
      if string.sub(field, 1, 6) == 'guess:' and tonumber(redis.call('HGET', key, field)) > now then return { -2 } end
    end
    return { -3 }
  end
  left = redis.call('HINCRBY', key, 'left', -1)
end
redis.call('HSET', key, 'guess:' .. reservation, now + lease)
if idempotency ~= '' then redis.call('HSET', key, 'answer:' .. idempotency, 'in-flight|' .. now + lease) end

local reply = { 1, left, lost, state[4] }
for id in string.gmatch(state[5] or '', '[^,]+') do table.insert(reply, redis.call('HGET', key, 'slot:' .. id)) end
return reply
