-- Notes that a number was written to, and trips its block when too many of its neighbours, or of the block, typed no code.
-- KEYS[1]  the block's numbers; KEYS[2] the application's trips; fraud-keys.ts says what is in them
-- KEYS[3]  the block's breaker of sequences; KEYS[4] that of the whole block
-- ARGV[1]  ms to add to Redis's clock (0 outside tests)
-- ARGV[2]  the delivery
-- ARGV[3]  ms after which a code can not be typed any more
-- ARGV[4]  ms for which numbers belong together
-- ARGV[5]  JSON of {name, least, block} for sequences, or ''; ARGV[6] that for the whole block, with {burst}
-- ARGV[7]  the number; ARGV[8…] its neighbours; all under keyed names
-- Returns  {now in epoch ms; 1 sequence tripped by this, neighbours; 1 block tripped by this, numbers}
local offset, life, window, MOST, DAY = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4]), 200, 86400000
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + offset

local fields, at, held, over = redis.call('HGETALL', KEYS[1]), {}, 0, 0
for f = 1, #fields, 2 do
  local since = tonumber(string.match(fields[f + 1], '^%d+'))
  if since + life + window <= now then redis.call('HDEL', KEYS[1], fields[f])
  else
    at[fields[f]] = since
    if fields[f] ~= 'approved' then held = held + 1 end
    if fields[f] ~= 'approved' and since + life <= now then over = over + 1 end
  end
end
local near = 0
for n = 8, #ARGV do
  if at[ARGV[n]] and at[ARGV[n]] + window > now then near = near + 1 end
end
if not at[ARGV[7]] and held < MOST then
  redis.call('HSET', KEYS[1], ARGV[7], now .. ' ' .. ARGV[2])
  held = held + 1
end
redis.call('PEXPIRE', KEYS[1], life + window)

local function trip(key, json, evidence, counted)
  if json == '' or redis.call('HEXISTS', key, 'until') == 1 then return 0 end
  local breaker = cjson.decode(json)
  if not evidence(breaker) then return 0 end
  local till = now + breaker.block
  redis.call('HSET', key, 'until', till, 'since', now, 'tried', 0, 'right', 0)
  redis.call('PEXPIRE', key, breaker.block + DAY)
  redis.call('HSET', KEYS[2], breaker.name, cjson.encode({ since = now, ['until'] = till, counted = counted, good = 0 }))
  redis.call('PEXPIRE', KEYS[2], 2 * DAY)
  redis.call('DEL', KEYS[1])
  return 1
end
local sequence = trip(KEYS[3], ARGV[5], function(breaker) return near >= breaker.least end, near + 1)
local spread = trip(KEYS[4], ARGV[6], function(breaker)
  return not at.approved and (over >= breaker.least or held >= breaker.burst)
end, held)
return { now, sequence, near + 1, spread, held }
