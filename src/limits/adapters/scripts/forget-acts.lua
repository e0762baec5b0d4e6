-- Gives an act back wherever it was counted, and takes marks from every other one. What nobody knows changes nothing.
-- KEYS[1]    note of the act; KEYS[i+1] counter i. redis-counters.ts describes both, window.lua reads the second
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    the act, or '' for none
-- ARGV[3]    ms for which an act is remembered at least
-- ARGV[4]    marks that are taken away, or ''
-- ARGV[i+4]  JSON of counter i: {kind, counts, buckets}
-- Returns    1 the act was given back, 0 it was not known
local act, keep, clearing, now = ARGV[2], tonumber(ARGV[3]), ARGV[4], nowWith(tonumber(ARGV[1]))
local note = redis.call('GET', KEYS[1])
local known = redis.call('DEL', KEYS[1])

local function takeOff(key, field, weight) -- what is gone by itself can not be taken off
  if tonumber(redis.call('HGET', key, field) or 0) > weight then
    redis.call('HINCRBY', key, field, -weight)
  else
    redis.call('HDEL', key, field)
  end
end

local function clear(key, field, value)
  local entry = entryOf(field, value)
  local marks, shadows = string.match(entry and entry.marks or '', '^(%l+)(.*)$')
  local rest = string.gsub(marks or '', '[' .. clearing .. ']', '')
  if not marks or rest == marks then return end
  if rest == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, entry.began .. rest .. shadows) end
end

for i = 1, #KEYS - 1 do
  local key, counter = KEYS[i + 1], cjson.decode(ARGV[i + 4])
  known = math.max(known, redis.call('HDEL', key, act))
  for kind, field, weight in string.gmatch(note or '', ' (%S+) (%S+)=(%d+)') do
    if counter.counts and kind == counter.kind then takeOff(key, field, tonumber(weight)) end
  end
  local fields = clearing ~= '' and redis.call('HGETALL', key) or {}
  for f = 1, #fields, 2 do clear(key, fields[f], fields[f + 1]) end
  read(counter, key, now, keep)
  if counter.left > 0 then endAfter(key, counter.left, now, tonumber(ARGV[1])) end
end
return known
