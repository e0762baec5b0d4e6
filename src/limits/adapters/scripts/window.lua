-- What the buckets of a counter hold. Stands before the scripts that count and give back; redis-counters.ts describes a counter.
-- A bucket  {mark, series, width, window, max, weight, asked, counts, shadow: its mark on what it would have refused}
local function has(text, part) return string.find(text, part, 1, true) ~= nil end

local function nowWith(offset)
  local time = redis.call('TIME')
  return math.floor(time[1] * 1000 + time[2] / 1000) + offset
end

-- An act that is kept, or what a series counted in one of its sub-buckets; nil for anything else.
local function entryOf(field, value)
  local at, marks = string.match(value, '^(%d+)(%l.*)$')
  if at then return { marks = marks, began = tonumber(at), ends = at + 1, count = 1 } end
  local mark, width, number, shadow = string.match(field, '^(%l)/(%d+):(%d+)(.*)$')
  if not mark then return end
  shadow = shadow ~= '' and shadow
  local began, count = number * width, shadow and -tonumber(value) or tonumber(value)
  return { marks = mark, series = mark .. '/' .. width, began = began, ends = began + width, count = count, shadow = shadow }
end

-- A bucket holds what its series counted, and what others knew before that began; a shadow not what it would have refused.
-- Returns for how many ms that may matter: other nodes may have had other rules for some seconds.
local function hold(bucket, entry, now)
  local left = entry.ends + bucket.window - now
  if left <= 0 or not has(entry.marks, bucket.mark) then return 0 end
  if entry.shadow and entry.shadow ~= bucket.shadow or bucket.shadow and has(entry.marks, bucket.shadow) then return 0 end
  if (entry.series or bucket.mark) == bucket.series or entry.began < bucket.since then
    bucket.held[left], bucket.used = (bucket.held[left] or 0) + entry.count, bucket.used + entry.count
  end
  return left
end

-- Drops what matters no more. `left`: ms for which the rest does. `parts`: marks of which something is counted in sub-buckets.
local function read(counter, key, now, keep)
  local list, fields, begins = redis.call('HGETALL', key), {}, {}
  counter.fields, counter.left, counter.parts = fields, 0, {}
  for f = 1, #list, 2 do fields[list[f]], counter.parts[string.match(list[f], '^(%l)/%d+:') or ''] = list[f + 1], true end
  for _, bucket in ipairs(counter.buckets) do
    local whole = bucket.series == bucket.mark and not counter.parts[bucket.mark]
    bucket.since, bucket.used, bucket.held = tonumber(fields[bucket.series .. '@']) or (whole and 0 or now), 0, {}
    begins[bucket.series .. '@'] = true
  end
  for field, value in pairs(fields) do
    local entry = entryOf(field, value)
    local left = entry and not entry.series and entry.began + keep - now or 0
    for _, bucket in ipairs(entry and counter.buckets or {}) do left = math.max(left, hold(bucket, entry, now)) end
    if left <= 0 and not begins[field] then redis.call('HDEL', key, field) end
    counter.left = math.max(counter.left, left)
  end
end

local function msUntilRoom(bucket) -- full until what is in the way of the act's weight has left
  local lefts, younger = {}, 0
  for left in pairs(bucket.held) do table.insert(lefts, left) end
  table.sort(lefts, function(a, b) return a > b end)
  for _, left in ipairs(lefts) do
    younger = younger + bucket.held[left]
    if younger + bucket.weight > bucket.max then return left end
  end
  return younger + bucket.weight > bucket.max and bucket.window or 0
end
