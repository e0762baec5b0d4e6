-- Counts an act in every counter, or in none when a bucket of any is full. What was counted before is not counted again.
-- KEYS[i+1]  counter i, as redis-counters.ts describes it; KEYS[1] says when the act was counted, where no counter keeps it
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    the act, or '' to look without counting
-- ARGV[3]    ms for which an act is remembered at least
-- ARGV[i+3]  JSON of counter i: {marks to keep the act with, buckets: [{mark or else field, max, window, width, asked, counts}]}
-- Returns    {1 counted now or before, or there is room | 0 refused; then per counter and bucket the ms until it has room}
local offset, act, keep = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + offset
local known, full, kept, counters = act ~= '' and redis.call('EXISTS', KEYS[1]) == 1, false, false, {}

local function hold(bucket, number, count)
  local left = (number + 1) * bucket.width + bucket.window - now
  if left > 0 then
    bucket.count = bucket.count + count
    table.insert(bucket.held, { left = left, count = count })
  end
  return left
end
local function msUntilRoom(bucket) -- full until what holds the max-th youngest count has left
  if bucket.count < bucket.max or not bucket.asked then return 0 end
  table.sort(bucket.held, function(a, b) return a.left > b.left end)
  local younger = 0
  for _, held in ipairs(bucket.held) do
    younger = younger + held.count
    if younger >= bucket.max then return held.left end
  end
end
for i = 1, #KEYS - 1 do
  local counter, fields = cjson.decode(ARGV[i + 3]), redis.call('HGETALL', KEYS[i + 1])
  counters[i], counter.left, kept = counter, 0, kept or counter.marks ~= ''
  for _, bucket in ipairs(counter.buckets) do bucket.count, bucket.held = 0, {} end
  for f = 1, #fields, 2 do
    local at, marks = string.match(fields[f + 1], '^(%d+)(%a+)$')
    local name, number = string.match(fields[f], '^(.+):(%d+)$')
    local left = at and at + keep - now or 0
    for _, bucket in ipairs(counter.buckets) do
      if at and bucket.mark and string.find(marks, bucket.mark, 1, true) then left = math.max(left, hold(bucket, at, 1)) end
      if not at and bucket.field == name then left = math.max(left, hold(bucket, number, fields[f + 1])) end
    end
    if left <= 0 then redis.call('HDEL', KEYS[i + 1], fields[f]) end
    counter.left, known = math.max(counter.left, left), known or fields[f] == act
  end
  for _, bucket in ipairs(counter.buckets) do full = full or msUntilRoom(bucket) > 0 end
end
local counting, reply = act ~= '' and not known and not full, { (known or not full) and 1 or 0 }
if counting and not kept then redis.call('SET', KEYS[1], now, 'PX', keep) end
for i, counter in ipairs(counters) do
  if counting and counter.marks ~= '' then redis.call('HSET', KEYS[i + 1], act, now .. counter.marks) end
  for _, bucket in ipairs(counter.buckets) do
    if counting and bucket.counts then
      counter.left = math.max(counter.left, keep, hold(bucket, math.floor(now / bucket.width), 1))
      if bucket.field then redis.call('HINCRBY', KEYS[i + 1], bucket.field .. ':' .. math.floor(now / bucket.width), 1) end
    end
    table.insert(reply, msUntilRoom(bucket))
  end
  if counting and counter.left > 0 then redis.call('PEXPIRE', KEYS[i + 1], counter.left) end
end
return reply
