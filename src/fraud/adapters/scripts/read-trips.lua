-- KEYS[1]  the application's trips
-- ARGV[1]  ms to add to Redis's clock
-- Returns  what is not long over: {now in epoch ms, then name, JSON {since, until, counted, good}, name, …}
-- Parts    now
local entries, reply = redis.call('HGETALL', KEYS[1]), { now }
for f = 1, #entries, 2 do
  local isLongOver = cjson.decode(entries[f + 1])['until'] + DAY <= now
  if isLongOver then redis.call('HDEL', KEYS[1], entries[f]) end
  for _, text in ipairs(isLongOver and {} or { entries[f], entries[f + 1] }) do table.insert(reply, text) end
end
return reply
