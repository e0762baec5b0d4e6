-- What the buckets of a counter hold. Stands before the scripts that count and give back, after counter-fields.lua.
-- A bucket  {mark, series, width, window, max, weight, asked, counts, shadow: what it leaves on what it would have refused}

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
  local list, entries, marked, begins = redis.call('HGETALL', key), {}, {}, {}
  counter.fields, counter.left, counter.parts = {}, 0, {}
  for f = 1, #list, 2 do
    local entry = entryOf(list[f], list[f + 1])
    counter.fields[list[f]], entries[list[f]] = list[f + 1], entry
    for mark in string.gmatch(entry and entry.marks or '', '%l') do
      marked[mark], counter.parts[mark] = true, counter.parts[mark] or entry.series
    end
  end
  for _, bucket in ipairs(counter.buckets) do
    local others = (bucket.series == bucket.mark and counter.parts or marked)[bucket.mark]
    bucket.since, bucket.used, bucket.held = tonumber(counter.fields[bucket.series .. '@']) or others and now or 0, 0, {}
    begins[bucket.series .. '@'] = true
  end
  for field in pairs(counter.fields) do
    local entry = entries[field]
    local left = entry and not entry.series and entry.began + keep - now or 0
    for _, bucket in ipairs(entry and counter.buckets or {}) do left = math.max(left, hold(bucket, entry, now)) end
    if left <= 0 and not begins[field] then redis.call('HDEL', key, field) end
    counter.left = math.max(counter.left, left)
  end
end

local function msUntilRoom(bucket) -- full until what is in the way of the act's weight has left
  local lefts, used = {}, 0
  for left in pairs(bucket.held) do table.insert(lefts, left) end
  table.sort(lefts, function(a, b) return a > b end)
  if bucket.weight > bucket.max then return bucket.window end
  for _, left in ipairs(lefts) do
    used = used + bucket.held[left]
    if used + bucket.weight > bucket.max then return left end
  end
  return 0
end
