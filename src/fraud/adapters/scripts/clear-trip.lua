-- Clears a breaker and begins its counts anew.
-- KEYS[1]  the application's trips; KEYS[2] the breaker; KEYS[3] is there while new codes are longer
-- ARGV[1]  ms to add to Redis's clock
-- ARGV[2]  the breaker's name
-- ARGV[3]  1 when new codes shall have their usual length again
-- Returns  1 it was tripped, 0 it was not
-- Parts    now
if redis.call('HDEL', KEYS[1], ARGV[2]) == 0 then return 0 end
for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do -- a good day stays remembered, and so do the block's numbers
  local stays = string.match(field, '^d:') or string.match(field, '^#') or field == 'approved'
  if not stays then redis.call('HDEL', KEYS[2], field) end
end
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('HSET', KEYS[2], 'since', now) end
if ARGV[3] == '1' then redis.call('DEL', KEYS[3]) end
return 1
