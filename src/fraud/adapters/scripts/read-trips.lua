-- KEYS[1]  the application's trips
-- ARGV[1]  ms to add to Redis's clock (0 outside tests)
-- Returns  {now in epoch ms, then name, JSON {since, until, counted, good}, name, …}
local time = redis.call('TIME')
local reply = redis.call('HGETALL', KEYS[1])
table.insert(reply, 1, math.floor(time[1] * 1000 + time[2] / 1000) + tonumber(ARGV[1]))
return reply
