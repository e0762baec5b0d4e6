-- KEYS[1]  a breaker
-- ARGV[1]  ms to add to Redis's clock (0 outside tests)
-- Returns  ms until it lets guesses pass, 0 when it does
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + tonumber(ARGV[1])
return math.max(0, tonumber(redis.call('HGET', KEYS[1], 'until') or 0) - now)
