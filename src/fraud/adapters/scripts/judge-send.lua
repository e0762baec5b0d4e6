-- Judges a send: every breaker lets it through and counts it, or one that refuses is open and none does. A number counts once, while noted.
-- KEYS[1]    the verification's marker; KEYS[2] the application's trips; KEYS[3] is there while new codes are longer
-- KEYS[4]    the block's numbers; KEYS[i+4] breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    ms to add to Redis's clock (0 outside tests); ARGV[2] the delivery
-- ARGV[3]    ms after which a code can not be typed any more; ARGV[4] ms for which the marker is kept
-- ARGV[5]    how many pass an open breaker to try it; ARGV[6] the number's keyed name, or ''; ARGV[7] most of one narrow place in a wide one
-- ARGV[i+7]  JSON of breaker i: {name, refuses, window, width, least, share, block, wide}; with least 0 others trip it
-- Returns    {now in epoch ms, ms for which codes are longer; then per breaker: ms until it lets through, 1 tripped by this, sends, approvals}
local time, life, probes = redis.call('TIME'), tonumber(ARGV[3]), tonumber(ARGV[5])
local now = math.floor(time[1] * 1000 + time[2] / 1000) + tonumber(ARGV[1])
local marked, refused, breakers, narrow = redis.call('HEXISTS', KEYS[1], 'by') == 1, false, {}, 0
local noted, by = string.match(redis.call('HGET', KEYS[4], ARGV[6]) or '', '^(%d+) (.+)$')
local again = not marked and by and by ~= ARGV[2]
local reply, HOUR, DAY = { now, math.max(0, redis.call('PTTL', KEYS[3])) }, 3600000, 86400000
local function count(key, b) -- of the sends whose code is over: how many, and how many approved; the approvals of a day
  local fields, since = redis.call('HGETALL', key), tonumber(redis.call('HGET', key, 'since') or 0)
  local sums = { s = 0, a = 0, d = 0, S = 0, A = 0 } -- S, A: of codes that can still be typed
  for f = 1, #fields, 2 do
    local kind, number = string.match(fields[f], '^(%a):(%d+)$')
    local width, kept = b.width, b.window + life
    if kind == 'd' then width, kept = HOUR, DAY end
    local from = kind and number * width
    if not kind then b[fields[f]] = tonumber(fields[f + 1])
    elseif from + width + kept <= now then redis.call('HDEL', key, fields[f])
    else
      if kind ~= 'd' and (from < since or from + width + life > now) then kind = string.upper(kind) end
      sums[kind] = sums[kind] + fields[f + 1]
    end
  end
  if not b.wide then narrow = math.max(narrow, sums.s + sums.S - sums.a - sums.A) end
  return sums.s, sums.a, sums.d
end
for i = 1, #KEYS - 4 do
  local b, key, day = cjson.decode(ARGV[i + 7]), KEYS[i + 4]
  b.sends, b.good, day = count(key, b)
  local undecided = (b.last or 0) + life - now -- ms for which the last that was let through to try can still be approved
  local failed = b['until'] and b['until'] <= now and b.tried >= probes and undecided <= 0
  if failed then b.sends, b.good = b.tried, b.right end
  if not b['until'] and b.least > 0 and b.sends >= math.max(b.least, day / 10) then failed = b.good < b.share * b.sends end
  if failed then
    b['until'], b.tried, b.trips = now + b.block, 0, 1
    redis.call('HSET', key, 'until', b['until'], 'since', now, 'tried', 0, 'right', 0)
    redis.call('HSET', KEYS[2], b.name, cjson.encode({ since = now, ['until'] = b['until'], counted = b.sends, good = b.good }))
    redis.call('PEXPIRE', key, b.block + DAY); redis.call('PEXPIRE', KEYS[2], 2 * DAY)
  end
  b.wait = math.max(0, (b['until'] or 0) - now)
  if b['until'] and b.wait == 0 and b.tried >= probes and not marked and not again then b.wait = undecided end
  refused, breakers[i] = refused or (b.refuses and b.wait > 0), b
  for _, told in ipairs({ b.wait, b.trips or 0, b.sends, b.good }) do table.insert(reply, told) end
end
if marked or refused then return reply end
narrow = narrow >= tonumber(ARGV[7])
redis.call('HSET', KEYS[1], 'by', ARGV[2], 'at', again and noted or now, 'again', again and 1 or 0, 'narrow', narrow and 1 or 0)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
for i, b in ipairs(again and {} or breakers) do local key = KEYS[i + 4]
  if b.wait == 0 and b['until'] then redis.call('HINCRBY', key, 'tried', 1); redis.call('HSET', key, 'last', now) end
  if b.wait == 0 and b.least > 0 and not (b.wide and narrow) then redis.call('HINCRBY', key, 's:' .. math.floor(now / b.width), 1) end
  redis.call('PEXPIRE', key, math.max(b.window + life + 2 * b.width, redis.call('PTTL', key)))
end
return reply
