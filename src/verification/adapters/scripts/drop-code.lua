-- Removes the digest of a delivery whose message was definitely not taken.
-- KEYS[1]  state of the verification
-- ARGV[1]  delivery id
-- Returns  1 removed, 0 there was none
local key, delivery = KEYS[1], ARGV[1]

if redis.call('HDEL', key, 'slot:' .. delivery) == 0 then return 0 end
local order = {}
for id in string.gmatch(redis.call('HGET', key, 'slots') or '', '[^,]+') do
  if id ~= delivery then table.insert(order, id) end
end
redis.call('HSET', key, 'slots', table.concat(order, ','))
return 1
