-- Counts a verification as failed or approved, once for each breaker. One that is approved has not failed. Trips what is too often wrong.
-- KEYS[1]    the verification's own key; KEYS[2] the application's trips; KEYS[3] is there while new codes are longer
-- KEYS[i+3]  breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    ms to add to Redis's clock
-- ARGV[2]    1 the guess was right, 0 it was wrong
-- ARGV[3]    ms for which it is remembered of the verification
-- ARGV[4]    ms for which new codes are longer after a trip, or 0
-- ARGV[i+4]  JSON of breaker i: {name, window, width, least, share, block}
-- Returns    {now in epoch ms; then per breaker: 1 tripped by this, guessed at, approved}
-- Parts      now, trip
local right, longer, reply = ARGV[2] == '1', tonumber(ARGV[4]), { now }

local function count(key, b)
  local fields, sums = redis.call('HGETALL', key), { f = 0, g = 0 }
  for f = 1, #fields, 2 do
    local kind, number = string.match(fields[f], '^([fg]):(%d+)$')
    if not kind then b[fields[f]] = tonumber(fields[f + 1])
    elseif (number + 1) * b.width + b.window <= now then redis.call('HDEL', key, fields[f])
    else sums[kind] = sums[kind] + fields[f + 1] end
  end
  return sums.f, sums.g
end
for i = 4, #KEYS do
  local b, key = cjson.decode(ARGV[i + 1]), KEYS[i]
  local bucket, failedIn = math.floor(now / b.width), redis.call('HGET', KEYS[1], 'failed/' .. b.name)
  local once = redis.call('HSETNX', KEYS[1], (right and 'right/' or 'failed/') .. b.name, bucket) == 1
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  if once then redis.call('HINCRBY', key, (right and 'g:' or 'f:') .. bucket, 1) end
  local before = 'f:' .. (failedIn or '')
  if once and right and redis.call('HEXISTS', key, before) == 1 then redis.call('HINCRBY', key, before, -1) end
  redis.call('PEXPIRE', key, math.max(b.window + b.width, redis.call('PTTL', key)))
  local failed, good = count(key, b)
  local isOpen = (b['until'] or 0) > now
  local trips = not right and not isOpen and failed >= b.least and failed >= b.share * (failed + good)
  if trips then
    redis.call('DEL', key)
    trip(key, KEYS[2], b, failed + good, good)
    if longer > math.max(0, redis.call('PTTL', KEYS[3])) then redis.call('SET', KEYS[3], 1, 'PX', longer) end
  end
  for _, told in ipairs({ trips and 1 or 0, failed + good, good }) do table.insert(reply, told) end
end
return reply
