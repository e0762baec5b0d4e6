-- Counts one in every bucket, or in none when any is full. A reservation that was counted before is not counted again.
-- A bucket is a hash: number of a sub-bucket -> count. A sub-bucket counts whole until its last moment has left the window.
--
-- KEYS[1]    marker of the reservation, a hash: rule -> number of the sub-bucket it was counted in
-- KEYS[i+1]  bucket i
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    ms to keep the marker, or 0 to look without counting
-- ARGV[4i-1] and the next three: bucket i's rule, maximum, ms of its window, ms of a sub-bucket
-- Returns    {1 counted now or before, or there is room | 0 refused; then per bucket the ms until it has room, 0 when it has}
local marker, offset, keepMarker = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + offset

local function read(i)
  local max, window, width = tonumber(ARGV[4 * i]), tonumber(ARGV[4 * i + 1]), tonumber(ARGV[4 * i + 2])
  local current = math.floor(now / width)
  local function msLeft(number) return (number + 1) * width + window - now end
  local bucket = { key = KEYS[i + 1], rule = ARGV[4 * i - 1], max = max, current = current, ttl = msLeft(current), subs = {} }
  local fields = redis.call('HGETALL', bucket.key)
  for f = 1, #fields, 2 do
    local sub = { msLeft = msLeft(tonumber(fields[f])), count = tonumber(fields[f + 1]) }
    if sub.msLeft > 0 then
      table.insert(bucket.subs, sub)
    else
      redis.call('HDEL', bucket.key, fields[f])
    end
  end
  table.sort(bucket.subs, function(a, b) return a.msLeft > b.msLeft end)
  return bucket
end

-- A bucket is full until the sub-bucket with its max-th youngest count has left.
local function msUntilRoom(bucket)
  local younger = 0
  for _, sub in ipairs(bucket.subs) do
    younger = younger + sub.count
    if younger >= bucket.max then return sub.msLeft end
  end
  return 0
end

local function count(bucket)
  redis.call('HINCRBY', bucket.key, bucket.current, 1)
  redis.call('PEXPIRE', bucket.key, bucket.ttl)
  redis.call('HSET', marker, bucket.rule, bucket.current)
  table.insert(bucket.subs, 1, { msLeft = bucket.ttl, count = 1 })
end

local looking = keepMarker == 0
local known, full, buckets = not looking and redis.call('EXISTS', marker) == 1, false, {}
for i = 1, #KEYS - 1 do
  buckets[i] = read(i)
  full = full or msUntilRoom(buckets[i]) > 0
end
local reply = { (known or not full) and 1 or 0 }
for i, bucket in ipairs(buckets) do
  if not (known or full or looking) then count(bucket) end
  reply[i + 1] = msUntilRoom(bucket)
end
if not (known or full or looking) then redis.call('PEXPIRE', marker, keepMarker) end
return reply
