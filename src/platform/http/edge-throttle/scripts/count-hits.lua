-- Adds what one process has seen of an address to its current window, which begins with the first telling after the last one
-- ended.
--
-- KEYS[1]  the address's counter
-- ARGV[1]  requests that are new
-- ARGV[2]  ms of a window
-- Returns  {requests in this window by all processes, ms until it ends}
local hits = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[2])
  redis.call('PEXPIRE', KEYS[1], left)
end
return { hits, left }
