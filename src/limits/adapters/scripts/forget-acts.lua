-- Gives an act back wherever it was counted, and takes marks from every other one. What nobody knows changes nothing.
-- KEYS[1]    marker of the act
-- KEYS[i+1]  counter i, as redis-counters.ts describes it
-- ARGV[1]    ms to add to Redis's clock (0 outside tests)
-- ARGV[2]    the act, or '' for none
-- ARGV[3]    ms for which an act is remembered at least
-- ARGV[4]    marks that are taken away, or ''
-- ARGV[i+4]  JSON of counter i: {buckets: [{kind, mark or else field, window, width, counts}]}; what is in a field has one kind
-- Returns    1 the act was given back, 0 it was not known
local offset, act, keep, clearing = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + offset
local function cleared(mark) return string.find(clearing, mark, 1, true) end

local at = redis.call('GET', KEYS[1])
for i = 2, #KEYS do at = at or string.match(redis.call('HGET', KEYS[i], act) or '', '^%d+') end
redis.call('DEL', KEYS[1])

local function takeOne(key, field)
  local count = tonumber(redis.call('HGET', key, field) or 0)
  if count > 1 then redis.call('HINCRBY', key, field, -1) else redis.call('HDEL', key, field) end
end

-- Returns ms until the field matters no more: 0 when it does not already.
local function shorten(key, buckets, field, value)
  local counted, marks = string.match(value, '^(%d+)(%a+)$')
  local name, number = string.match(field, '^(.+):(%d+)$')
  local rest = counted and clearing ~= '' and string.gsub(marks, '[' .. clearing .. ']', '') or marks
  if rest ~= marks and rest ~= '' then redis.call('HSET', key, field, counted .. rest) end
  local left = counted and rest ~= '' and counted + keep - now or 0
  for _, bucket in ipairs(buckets) do
    local holds = not counted and bucket.field == name and not cleared(bucket.kind)
    if counted then holds = bucket.mark and string.find(rest, bucket.mark, 1, true) end
    if holds then left = math.max(left, ((counted or number) + 1) * bucket.width + bucket.window - now) end
  end
  return left
end

for i = 1, #KEYS - 1 do
  local key, buckets, left = KEYS[i + 1], cjson.decode(ARGV[i + 4]).buckets, 0
  redis.call('HDEL', key, act)
  for _, bucket in ipairs(buckets) do
    if at and bucket.field and bucket.counts then takeOne(key, bucket.field .. ':' .. math.floor(at / bucket.width)) end
  end
  local fields = redis.call('HGETALL', key)
  for f = 1, #fields, 2 do
    local lasts = shorten(key, buckets, fields[f], fields[f + 1])
    if lasts <= 0 then redis.call('HDEL', key, fields[f]) end
    left = math.max(left, lasts)
  end
  if left > 0 then redis.call('PEXPIRE', key, left) end
end
return at and 1 or 0
