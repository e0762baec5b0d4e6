local MOST_TRIPS = 1000

-- Drops what is long over; and of too many, the one that ends first: then it still holds, and is not listed any more.
local function makeRoom(trips)
  local entries, oldest, ends = redis.call('HGETALL', trips), nil, nil
  for f = 1, #entries, 2 do
    local till = cjson.decode(entries[f + 1])['until']
    if till + DAY <= now then redis.call('HDEL', trips, entries[f])
    elseif not ends or till < ends then oldest, ends = entries[f], till end
  end
  if redis.call('HLEN', trips) >= MOST_TRIPS then redis.call('HDEL', trips, oldest) end
end

-- Trips a breaker, and writes down what is told of it.
-- breaker, trips  keys of the breaker and of the application's trips
-- b               {name, block}
-- Returns         until when
local function trip(breaker, trips, b, counted, good)
  local till = now + b.block
  redis.call('HSET', breaker, 'until', till, 'since', now, 'tried', 0, 'right', 0)
  redis.call('PEXPIRE', breaker, math.max(b.block + DAY, redis.call('PTTL', breaker)))
  if redis.call('HLEN', trips) >= MOST_TRIPS then makeRoom(trips) end
  redis.call('HSET', trips, b.name, cjson.encode({ since = now, ['until'] = till, counted = counted, good = good }))
  redis.call('PEXPIRE', trips, 2 * DAY)
  return till
end
