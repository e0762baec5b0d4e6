-- Sees to it that a counter holds at least what others know to have been counted: what is missing is added, nothing is taken.
-- KEYS[1]    counter, as redis-counters.ts describes it
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    ms of the window
-- ARGV[3]    ms of a sub-bucket
-- ARGV[4]    name of the series
-- ARGV[i+4]  JSON {number of a sub-bucket since the epoch, weight that it has at least}
-- Returns    how many sub-buckets were raised
local offset, window, width, series = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + offset
local lasts, raised = redis.call('PTTL', KEYS[1]), 0

for i = 5, #ARGV do
  local number, weight = unpack(cjson.decode(ARGV[i]))
  local field, left = series .. ':' .. string.format('%.0f', number), (number + 1) * width + window - now
  if left > 0 and tonumber(redis.call('HGET', KEYS[1], field) or 0) < weight then
    redis.call('HSET', KEYS[1], field, string.format('%.0f', weight))
    lasts, raised = math.max(lasts, left), raised + 1
  end
end
if raised > 0 then redis.call('PEXPIRE', KEYS[1], lasts) end
return raised
