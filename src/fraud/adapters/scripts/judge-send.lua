-- Judges a send: every breaker lets it through and counts it, or one that refuses is tripped and none does. A number counts once, while noted.
-- KEYS[1]    the verification's own key; KEYS[2] the application's trips; KEYS[3] is there while new codes are longer
-- KEYS[4]    the number's block; KEYS[i+4] breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    ms to add to Redis's clock; ARGV[2] the delivery, ARGV[3] the verification, both by their ends
-- ARGV[4]    ms after which a code can not be typed any more; ARGV[5] ms for which a note in the verification's own key is kept
-- ARGV[6]    how many pass a tripped breaker to try it; ARGV[7] the number's keyed name, or ''; ARGV[8] most of one narrow place in a wide one
-- ARGV[i+8]  JSON of breaker i: {name, refuses, window, width, least, share, block, wide, places}; with least 0 others trip it
-- Returns    {now in epoch ms, ms for which codes are longer; then per breaker: ms until it lets through, 1 tripped by this, sends, approvals}
-- Parts      now, trip, note, sends-of, wait
local delivery, verification, number = ARGV[2], ARGV[3], ARGV[7]
local life, kept, probes, most = tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[8])
local marked, noted = noteOf(verification, KEYS[1], KEYS[4], number) ~= nil, noteOfNumber(KEYS[4], number)
local again = not marked and noted and not noted.void and noted.by ~= delivery

local function look(key, b)
  local sends, good, day, unanswered = sendsOf(key, b, life)
  local undecided = (b.last or 0) + life - now -- ms for which the last that was let through to try can still be approved
  local triedOut = b['until'] and b['until'] <= now and b.tried >= probes
  local fails = not b['until'] and b.least > 0 and sends >= math.max(b.least, day / 10) and good < b.share * sends
  if triedOut and undecided <= 0 then sends, good, fails = b.tried, b.right, true end
  if fails then b['until'], b.tried = trip(key, KEYS[2], b, sends, good), 0 end
  b.wait = waitOf(b, life, probes, marked or again)
  return { b.wait, fails and 1 or 0, sends, good }, b.wide and 0 or unanswered
end
local function count(key, b, narrow)
  if b.wait == 0 and b['until'] then
    redis.call('HINCRBY', key, 'tried', 1)
    redis.call('HSET', key, 'last', now)
    for _, place in ipairs(b.places) do redis.call('HSET', key, 'p:' .. place, now) end
  end
  if b.wait == 0 and b.least > 0 and not (b.wide and narrow) then redis.call('HINCRBY', key, 's:' .. math.floor(now / b.width), 1) end
  redis.call('PEXPIRE', key, math.max(b.window + life + 2 * b.width, redis.call('PTTL', key)))
end

local breakers, reply, refused, narrow = {}, { now, math.max(0, redis.call('PTTL', KEYS[3])) }, false, false
for i = 1, #KEYS - 4 do
  local b = cjson.decode(ARGV[i + 8])
  local told, unanswered = look(KEYS[i + 4], b)
  for _, figure in ipairs(told) do table.insert(reply, figure) end
  refused, narrow, breakers[i] = refused or (b.refuses and b.wait > 0), narrow or unanswered >= most, b
end
if marked or refused then return reply end

local how = (again and 'a' or '') .. (narrow and '-' or '+')
if noted and noted.by == delivery and noted.of == verification then
  redis.call('HSET', KEYS[4], '#' .. number, noteText(now, delivery, verification, noted.network, how .. (noted.void and '!' or '')))
else
  redis.call('HSET', KEYS[1], 'note', noteText(again and noted.at or now, delivery, verification, '-', how))
  redis.call('PEXPIRE', KEYS[1], kept)
end
for i, b in ipairs(again and {} or breakers) do count(KEYS[i + 4], b, narrow) end
return reply
