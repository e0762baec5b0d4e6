-- KEYS[1]  a breaker
-- ARGV[1]  ms to add to Redis's clock
-- Returns  ms until it lets guesses pass, 0 when it does
-- Parts    now
return math.max(0, tonumber(redis.call('HGET', KEYS[1], 'until') or 0) - now)
