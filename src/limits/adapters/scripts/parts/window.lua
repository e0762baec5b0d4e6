-- What the buckets of a counter hold. Stands before the scripts that count and give back, after counter-fields.lua.
-- A bucket  {mark, series, width, window, max, weight, asked, counts, shadow: what it leaves on what it would have refused}

-- A shadow does not hold what it would have refused. Returns for how many ms it is held.
local function hold(bucket, entry, now)
  local left = entry.ends + bucket.window - now
  if left <= 0 or entry.shadow and entry.shadow ~= bucket.shadow then return 0 end
  if bucket.shadow and has(entry.marks, bucket.shadow) then return 0 end
  bucket.held[left], bucket.used = (bucket.held[left] or 0) + entry.count, bucket.used + entry.count
  return left
end

-- A bucket holds what its series counted, and what others of its mark knew before that began. Returns for how many ms it matters.
local function holdByAll(counter, entry, now)
  local longest = 0
  for mark in string.gmatch(entry.marks, '%l') do
    local series = entry.series or mark
    for _, bucket in ipairs(counter.of[series] or {}) do longest = math.max(longest, hold(bucket, entry, now)) end
    for _, bucket in ipairs(counter.youngest[mark] or {}) do
      if bucket.since < entry.began then break end -- what was counted in the moment it began is not in it
      if bucket.series ~= series then longest = math.max(longest, hold(bucket, entry, now)) end
    end
    -- A series lasts as its own longest window; one that nothing counts in here, as its mark's: other nodes may for some seconds.
    local lasts = counter.lasts[series] or counter.lasts[mark] or 0
    if entry.series then longest = math.max(longest, entry.ends + lasts - now) end
  end
  return longest
end

-- Drops what matters no more. `left`: ms for which the rest does. `parts`: marks of which something is counted in sub-buckets.
local function read(counter, key, now, keep)
  local list, entries, marked = redis.call('HGETALL', key), {}, {}
  counter.fields, counter.left, counter.parts, counter.of, counter.lasts, counter.youngest = {}, 0, {}, {}, {}, {}
  for f = 1, #list, 2 do
    local entry = entryOf(list[f], list[f + 1])
    counter.fields[list[f]], entries[list[f]] = list[f + 1], entry
    for mark in string.gmatch(entry and entry.marks or '', '%l') do
      marked[mark], counter.parts[mark] = true, counter.parts[mark] or entry.series
    end
  end
  for _, bucket in ipairs(counter.buckets) do
    local mark, series, of = bucket.mark, bucket.series, counter.of
    local others = (series == mark and counter.parts or marked)[mark]
    bucket.since, bucket.used, bucket.held = tonumber(counter.fields[series .. '@']) or others and now or 0, 0, {}
    of[series], counter.youngest[mark] = of[series] or {}, counter.youngest[mark] or {}
    table.insert(of[series], bucket)
    if bucket.since > 0 then table.insert(counter.youngest[mark], bucket) end
    for _, name in ipairs({ mark, series }) do counter.lasts[name] = math.max(counter.lasts[name] or 0, bucket.window) end
  end
  for _, buckets in pairs(counter.youngest) do table.sort(buckets, function(a, b) return a.since > b.since end) end
  for field in pairs(counter.fields) do
    local entry = entries[field]
    local left = entry and not entry.series and entry.began + keep - now or 0
    if entry then left = math.max(left, holdByAll(counter, entry, now)) end
    if left <= 0 and not counter.of[string.match(field, '^(.+)@$') or ''] then redis.call('HDEL', key, field) end
    counter.left = math.max(counter.left, left)
  end
end

