-- A guess was compared and wrong: it is no longer in flight, its attempt stays spent, a replay gets the same answer.
-- KEYS[1]  state of the verification
-- ARGV[1]  reservation id
-- ARGV[2]  short name of an idempotency key, or ''
-- ARGV[3]  the answer for a replay, or ''
-- Returns  1 settled now, 0 settled before
local key, reservation, idempotency, answer = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

local settled = redis.call('HDEL', key, 'guess:' .. reservation, 'taken:' .. reservation)
if settled == 1 and idempotency ~= '' then
  if answer == '' then redis.call('HDEL', key, 'answer:' .. idempotency)
  else redis.call('HSET', key, 'answer:' .. idempotency, answer) end
end
return settled
