-- Gives a reservation back to exactly the sub-buckets it was counted in. What is unknown or was given back changes nothing.
--
-- KEYS[1]    marker of the reservation, a hash: rule -> the sub-bucket it was counted in
-- KEYS[i+1]  bucket i
-- ARGV[i]    bucket i's rule
-- Returns    how many buckets it was given back to
local marker, given = KEYS[1], 0

for i, rule in ipairs(ARGV) do
  local number = redis.call('HGET', marker, rule)
  if number then
    given = given + redis.call('HDEL', marker, rule)
    -- A sub-bucket that fell out meanwhile comes back for this line and goes with the next: no counter is left without a TTL.
    local left = redis.call('HINCRBY', KEYS[i + 1], number, -1)
    if left <= 0 then redis.call('HDEL', KEYS[i + 1], number) end
  end
end
return given
