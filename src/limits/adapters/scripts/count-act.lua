-- Counts an act in every counter, or in none when a bucket that is enforced is full. Counted before, it is not counted again.
-- KEYS[1]    note of the act; KEYS[i+1] counter i. redis-counters.ts describes both, window.lua reads the second
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    the act, or '' to look without counting
-- ARGV[3]    ms for which an act is remembered at least
-- ARGV[i+3]  JSON of counter i: {kind, marks it is kept with, adds: marks it is added up under, buckets}
-- Returns    {1 counted now or before, or there is room | 0 refused; then per counter and bucket what it holds now, and
--            the ms until there is room, of a shadow 1 where it would have refused}
local act, keep, offset = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[1])
local now = nowWith(offset)
local noted, note, kept, full, counters = act ~= '' and redis.call('GET', KEYS[1]), tostring(now), false, false, {}
local known = noted
for i = 1, #KEYS - 1 do
  local counter = cjson.decode(ARGV[i + 3])
  read(counter, KEYS[i + 1], now, keep)
  counters[i], known, counter.counting = counter, known or counter.fields[act], {}
  for _, bucket in ipairs(counter.buckets) do
    bucket.full = bucket.asked and msUntilRoom(bucket) > 0
    full = full or bucket.full and not bucket.shadow
    if bucket.counts then table.insert(counter.counting, bucket) end
  end
end
-- The act is kept, where a bucket keeps acts; others add it up in sub-buckets. What a shadow would refuse is marked as that.
local function count(counter, key)
  local keeps, marks, added = false, counter.marks, {}
  local function add(field, weight)
    if not added[field] then redis.call('HINCRBY', key, field, weight) end
    note, added[field] = added[field] and note or note .. ' ' .. counter.kind .. ' ' .. field .. '=' .. weight, true
  end
  for _, bucket in ipairs(counter.counting) do
    local number, refused = math.floor(now / bucket.width), bucket.shadow and bucket.full
    local entry = { marks = bucket.mark, series = bucket.series, began = now, ends = (number + 1) * bucket.width }
    entry.count = bucket.weight
    if bucket.series == bucket.mark then
      keeps, marks = keeps or not refused, marks .. (refused and bucket.shadow or '')
    else
      add(bucket.series .. ':' .. number, bucket.weight)
      if refused then add(bucket.series .. ':' .. number .. bucket.shadow, bucket.weight) end
    end
    if not refused then hold(bucket, entry, now) end
    counter.left = math.max(counter.left, keep, entry.ends + bucket.window - now)
    local dated = counter.parts[bucket.mark] or has(counter.adds, bucket.mark)
    if dated then redis.call('HSETNX', key, bucket.series .. '@', bucket.since) end
  end
  if keeps then redis.call('HSET', key, act, now .. marks) end
  endAfter(key, counter.left, now, offset)
  return keeps
end
local counting, reply = act ~= '' and not known and not full, { (known or not full) and 1 or 0 }
for i, counter in ipairs(counters) do
  if counting and #counter.counting > 0 then
    kept = count(counter, KEYS[i + 1]) or kept
  elseif act ~= '' and counter.left > 0 then -- what is there lasts as long as today's rules look back, refused or not
    endAfter(KEYS[i + 1], counter.left, now, offset)
  end
  for _, bucket in ipairs(counter.buckets) do
    local memory = bucket.series == bucket.mark and (counter.fields[act] or bucket.shadow) or noted or ''
    if known and bucket.counts and bucket.shadow then bucket.full = has(memory, bucket.shadow) end
    table.insert(reply, bucket.used)
    table.insert(reply, bucket.shadow and (bucket.full and 1 or 0) or bucket.asked and msUntilRoom(bucket) or 0)
  end
end
if counting and (not kept or has(note, ' ')) then redis.call('SET', KEYS[1], note, 'PX', keep) end
return reply
