-- Spends one attempt before anything is hashed, and hands out what the guess is compared with.
-- KEYS[1]  state of the verification
-- ARGV[1]  clock offset in ms (0 in production)
-- ARGV[2]  reservation id; a second call with it spends nothing more, and tells a take-over the same
-- ARGV[3]  lease in ms after which a guess counts as no longer in flight
-- ARGV[4]  short name of an idempotency key, or ''
-- ARGV[5]  digest of the guess, where one that is lost with the last attempt is taken over by the same guess and by no other; or ''
-- Returns  {1, left, lost, hashing, slot, …} reserved; lost: 0 | 1 an earlier request with the key was | 2 and is taken over
--          {2, answer} answered before | {3} first request in flight, or to be taken over once no other guess is
--          {4} it was lost with the last attempt, and guessed something else
--          {0} no such state | {-1} expired | {-2} none left, guesses in flight | {-3} none left, all settled | {-4, status} ended
-- A guess in flight has a field with the end of its lease: guess:<reservation>, or taken:<reservation>, which is never given back.
local key, offset, reservation, lease, idempotency = KEYS[1], tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
local guess = ARGV[5]

local state = redis.call('HMGET', key, 'ends', 'status', 'left', 'hashing', 'slots', 'answer:' .. idempotency)
if not state[1] then return { 0 } end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + offset

local field, lost, guessed, holder = 'guess:' .. reservation, 0, '', nil
if redis.call('HEXISTS', key, 'taken:' .. reservation) == 1 then field, lost = 'taken:' .. reservation, 2 end
local holds = redis.call('HEXISTS', key, field) == 1
if idempotency ~= '' and state[6] and not holds then
  local deadline
  deadline, guessed, holder = string.match(state[6], '^in%-flight|(%d+)|?([^|]*)|?([^|]*)$')
  if not deadline then return { 2, state[6] } end
  -- A first request that never settled may have compared its guess, so a retry after the lease is a guess of its own.
  if now < tonumber(deadline) then return { 3 } end
  lost = 1
end
if state[2] ~= 'pending' then return { -4, state[2] } end
if now >= tonumber(state[1]) then return { -1 } end

local left = tonumber(state[3])
if not holds and left > 0 then
  left = redis.call('HINCRBY', key, 'left', -1)
elseif not holds then
  for _, other in ipairs(redis.call('HKEYS', key)) do
    local kind = string.sub(other, 1, 6)
    if (kind == 'guess:' or kind == 'taken:') and tonumber(redis.call('HGET', key, other)) > now then
      return { guessed == '' and -2 or 3 }
    end
  end
  if guessed == '' then return { -3 } end
  if guessed ~= guess then return { 4 } end
  -- One attempt for both: neither can give it back.
  lost, field = 2, 'taken:' .. reservation
  redis.call('HDEL', key, 'guess:' .. holder, 'taken:' .. holder)
end
redis.call('HSET', key, field, now + lease)
if idempotency ~= '' then
  local mark = 'in-flight|' .. now + lease
  if guess ~= '' then mark = mark .. '|' .. guess .. '|' .. reservation end
  redis.call('HSET', key, 'answer:' .. idempotency, mark)
end

local reply = { 1, left, lost, state[4] }
for id in string.gmatch(state[5] or '', '[^,]+') do table.insert(reply, redis.call('HGET', key, 'slot:' .. id)) end
return reply
