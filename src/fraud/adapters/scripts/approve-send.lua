-- Counts an approval where and when its send was counted, once. A breaker that is being tried out closes when enough are approved.
-- KEYS[1]    the verification's marker; KEYS[2] the application's trips; KEYS[3] the block's numbers
-- KEYS[i+3]  breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    how many approvals close a breaker
-- ARGV[3]    the number's keyed name, or ''
-- ARGV[4]    ms for which an approval speaks for its block
-- ARGV[i+4]  JSON of breaker i: {name, width, least, wide}
-- Returns    the names of the breakers that close by it
local offset, enough, number = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + offset
local HOUR, DAY = 3600000, 86400000

local at = tonumber(redis.call('HGET', KEYS[1], 'at') or 0)
if at == 0 or redis.call('HSETNX', KEYS[1], 'approved', 1) == 0 then return {} end
if number ~= '' then
  -- Asked again, and approved: the send that was counted for this number is credited, unless it was already.
  local credited = redis.call('HDEL', KEYS[3], number) == 0 and redis.call('HGET', KEYS[1], 'again') == '1'
  redis.call('HSET', KEYS[3], 'approved', now)
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
  if credited then return {} end
end

local closed, narrow = {}, redis.call('HGET', KEYS[1], 'narrow') == '1' -- and then it was not counted in what is wide
for i = 4, #KEYS do
  local b, key = cjson.decode(ARGV[i + 1]), KEYS[i]
  local till = tonumber(redis.call('HGET', key, 'until') or 0)
  -- A send from before the trip says nothing about what comes after it.
  if till > 0 and at >= till and redis.call('HINCRBY', key, 'right', 1) >= enough then
    redis.call('HDEL', key, 'until', 'tried', 'right', 'last')
    redis.call('HSET', key, 'since', now)
    redis.call('HDEL', KEYS[2], b.name)
    table.insert(closed, b.name)
  end
  if b.least > 0 and not (b.wide and narrow) and redis.call('EXISTS', key) == 1 then
    redis.call('HINCRBY', key, 'a:' .. math.floor(at / b.width), 1)
    if b.wide then
      redis.call('HINCRBY', key, 'd:' .. math.floor(now / HOUR), 1)
      redis.call('PEXPIRE', key, math.max(DAY + HOUR, redis.call('PTTL', key)))
    end
  end
end
return closed
