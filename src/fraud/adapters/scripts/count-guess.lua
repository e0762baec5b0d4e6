-- Counts a verification as failed or approved, once for each breaker. One that is approved has not failed. Trips what is too often wrong.
-- KEYS[1]    the verification's marker; KEYS[2] the application's trips; KEYS[3] is there while new codes are longer
-- KEYS[i+3]  breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    1 the guess was right, 0 it was wrong
-- ARGV[3]    ms for which the marker is kept
-- ARGV[4]    ms for which new codes are longer after a trip, or 0
-- ARGV[i+4]  JSON of breaker i: {name, window, width, least, share, block}
-- Returns    {now in epoch ms; then per breaker: 1 tripped by this, guessed at, approved}
local offset, right, longer = tonumber(ARGV[1]), ARGV[2] == '1', tonumber(ARGV[4])
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + offset
local reply, DAY = { now }, 86400000

local function count(key, b)
  local fields, sums = redis.call('HGETALL', key), { f = 0, g = 0 }
  for f = 1, #fields, 2 do
    local kind, number = string.match(fields[f], '^(%a):(%d+)$')
    if not kind then b[fields[f]] = tonumber(fields[f + 1])
    elseif (number + 1) * b.width + b.window <= now then redis.call('HDEL', key, fields[f])
    else sums[kind] = sums[kind] + fields[f + 1] end
  end
  return sums.f, sums.g
end
local function trip(key, b)
  redis.call('DEL', key)
  redis.call('HSET', key, 'until', now + b.block)
  redis.call('PEXPIRE', key, b.block)
  redis.call('HSET', KEYS[2], b.name, cjson.encode({ since = now, ['until'] = now + b.block, counted = b.failed + b.good, good = b.good }))
  redis.call('PEXPIRE', KEYS[2], 2 * DAY)
  if longer > redis.call('PTTL', KEYS[3]) then redis.call('SET', KEYS[3], 1, 'PX', longer) end
end
for i = 4, #KEYS do
  local b, key = cjson.decode(ARGV[i + 1]), KEYS[i]
  local bucket, failed = math.floor(now / b.width), redis.call('HGET', KEYS[1], 'failed/' .. b.name)
  local once = redis.call('HSETNX', KEYS[1], (right and 'right/' or 'failed/') .. b.name, bucket) == 1
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  if once then redis.call('HINCRBY', key, (right and 'g:' or 'f:') .. bucket, 1) end
  if once and right and redis.call('HEXISTS', key, 'f:' .. (failed or '')) == 1 then redis.call('HINCRBY', key, 'f:' .. failed, -1) end
  redis.call('PEXPIRE', key, math.max(b.window + b.width, redis.call('PTTL', key)))
  b.failed, b.good = count(key, b)
  local open = (b['until'] or 0) > now
  local trips = not right and not open and b.failed >= b.least and b.failed >= b.share * (b.failed + b.good)
  if trips then trip(key, b) end
  for _, told in ipairs({ trips and 1 or 0, b.failed + b.good, b.good }) do table.insert(reply, told) end
end
return reply
