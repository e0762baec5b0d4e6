-- KEYS[1]  the application's trips
-- ARGV[1]  ms to add to Redis's clock
-- Returns  {now in epoch ms, then name, JSON {since, until, counted, good}, name, …}
-- Parts    now
local reply = redis.call('HGETALL', KEYS[1])
table.insert(reply, 1, now)
return reply
