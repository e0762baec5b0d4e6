-- Trips a breaker, and writes down what is told of it.
-- breaker, trips  keys of the breaker and of the application's trips
-- b               {name, block}
-- Returns         until when
local function trip(breaker, trips, b, counted, good)
  local till = now + b.block
  redis.call('HSET', breaker, 'until', till, 'since', now, 'tried', 0, 'right', 0)
  redis.call('PEXPIRE', breaker, math.max(b.block + DAY, redis.call('PTTL', breaker)))
  redis.call('HSET', trips, b.name, cjson.encode({ since = now, ['until'] = till, counted = counted, good = good }))
  redis.call('PEXPIRE', trips, 2 * DAY)
  return till
end
