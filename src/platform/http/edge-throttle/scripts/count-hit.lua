-- Counts one request of an address in its current window, which begins with the first request after the last one ended.
--
-- KEYS[1]  the address's counter
-- ARGV[1]  ms of a window
-- Returns  {requests in this window, ms until it ends}
local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], left)
end
return { hits, left }
