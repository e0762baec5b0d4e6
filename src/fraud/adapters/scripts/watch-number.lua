-- Notes that a number was written to, and trips its block when too many of its neighbours, or of the block, typed no code.
-- KEYS[1]  the number's block; KEYS[2] the application's trips; fraud-keys.ts says what is in them
-- KEYS[3]  the block's breaker of sequences; KEYS[4] that of the whole block
-- ARGV[1]  ms to add to Redis's clock; ARGV[2] the delivery, ARGV[3] the verification, both by their ends
-- ARGV[4]  ms after which a code can not be typed any more
-- ARGV[5]  ms for which numbers belong together; ARGV[6] how many of a block are noted
-- ARGV[7]  JSON of {name, least, block} for sequences, or ''; ARGV[8] that for the whole block, with {burst}
-- ARGV[9]  the number; ARGV[10…] its neighbours; all under keyed names
-- Returns  {now in epoch ms; 1 sequence tripped by this, neighbours; 1 block tripped by this, numbers}
-- Parts    now, trip, note
local life, window, most, number = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[9]
local remembered = life + window

local fields, at, held, over, approved = redis.call('HGETALL', KEYS[1]), {}, 0, 0, false
for f = 1, #fields, 2 do
  local name, note = string.match(fields[f], '^#(.+)$'), readNote(fields[f + 1])
  if name and note.at + remembered <= now then redis.call('HDEL', KEYS[1], fields[f])
  elseif name and not note.void then
    at[name], held = note.at, held + 1
    if note.at + life <= now then over = over + 1 end
  elseif fields[f] == 'approved' then approved = fields[f + 1] + remembered > now end
end
local near = 0
for n = 10, #ARGV do
  if at[ARGV[n]] and at[ARGV[n]] + window > now then near = near + 1 end
end
if not at[number] and held < most then
  redis.call('HSET', KEYS[1], '#' .. number, noteText(now, ARGV[2], ARGV[3], '?'))
  held = held + 1
end
redis.call('PEXPIRE', KEYS[1], math.max(remembered, redis.call('PTTL', KEYS[1])))

local function tripBy(key, json, counted, isEnough)
  if json == '' or redis.call('HEXISTS', key, 'until') == 1 then return 0 end
  local b = cjson.decode(json)
  if not isEnough(b) then return 0 end
  trip(key, KEYS[2], b, counted, 0)
  return 1
end
local sequence = tripBy(KEYS[3], ARGV[7], near + 1, function(b) return near >= b.least end)
local spread = tripBy(KEYS[4], ARGV[8], held, function(b) return not approved and (over >= b.least or held >= b.burst) end)
if sequence + spread > 0 then
  redis.call('HDEL', KEYS[1], 'approved')
  local all = redis.call('HGETALL', KEYS[1])
  for f = 1, #all, 2 do
    local isEvidence = string.match(all[f], '^#') and not readNote(all[f + 1]).void
    if isEvidence then redis.call('HSET', KEYS[1], all[f], all[f + 1] .. '!') end
  end
end
return { now, sequence, near + 1, spread, held }
