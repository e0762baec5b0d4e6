-- Counts an approval where and when its send was counted, once. A breaker that is being tried out clears when enough are approved.
-- KEYS[1]    the verification's own key; KEYS[2] the application's trips; KEYS[3] the number's block
-- KEYS[i+3]  breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    ms to add to Redis's clock; ARGV[2] the verification by its end
-- ARGV[3]    how many approvals clear a breaker
-- ARGV[4]    the number's keyed name, or ''
-- ARGV[5]    ms for which an approval speaks for its block
-- ARGV[i+5]  JSON of breaker i: {name, width, least, wide, places}
-- Returns    the names of the breakers that clear by it
-- Parts      now, note
local enough, number = tonumber(ARGV[3]), ARGV[4]
local note = noteOf(ARGV[2], KEYS[1], KEYS[3], number)
if not note or (note.key == KEYS[1] and redis.call('HSETNX', KEYS[1], 'approved', 1) == 0) then return {} end
if number ~= '' then
  -- Asked again, and approved: the send that was counted for this number is credited, unless it was already.
  local credited = redis.call('HDEL', KEYS[3], '#' .. number) == 0 and note.again
  redis.call('HSET', KEYS[3], 'approved', now)
  redis.call('PEXPIRE', KEYS[3], math.max(tonumber(ARGV[5]), redis.call('PTTL', KEYS[3])))
  if credited then return {} end
end

local cleared = {}
for i = 4, #KEYS do
  local b, key = cjson.decode(ARGV[i + 2]), KEYS[i]
  local till = tonumber(redis.call('HGET', key, 'until') or 0)
  -- A send from before the trip says nothing about what comes after it.
  if till > 0 and note.at >= till then
    for _, place in ipairs(b.places) do redis.call('HDEL', key, 'p:' .. place) end
    if redis.call('HINCRBY', key, 'right', 1) >= enough then
      redis.call('HDEL', key, 'until', 'tried', 'right', 'last')
      redis.call('HSET', key, 'since', now)
      redis.call('HDEL', KEYS[2], b.name)
      table.insert(cleared, b.name)
    end
  end
  if b.least > 0 and not (b.wide and note.how == '-') and redis.call('EXISTS', key) == 1 then
    redis.call('HINCRBY', key, 'a:' .. math.floor(note.at / b.width), 1)
    if b.wide then
      redis.call('HINCRBY', key, 'd:' .. math.floor(now / HOUR), 1)
      redis.call('PEXPIRE', key, math.max(DAY + HOUR, redis.call('PTTL', key)))
    end
  end
end
return cleared
