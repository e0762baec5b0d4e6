-- Notes that a number was written to, and trips its block when too many of its neighbours, or of the block, typed no code: for one
-- network while all of it came from there, for everybody when it came from several.
-- KEYS[1]  the number's block; KEYS[2] the application's trips; fraud-keys.ts says what is in them
-- KEYS[3]  the block's breaker of sequences, KEYS[4] that of the whole block; KEYS[5] and KEYS[6] those of the network in it
-- ARGV[1]  ms to add to Redis's clock; ARGV[2] the delivery, ARGV[3] the verification, both by their ends
-- ARGV[4]  ms after which a code can not be typed any more
-- ARGV[5]  ms for which numbers belong together; ARGV[6] how many of a block are noted
-- ARGV[7]  JSON of {name, least, block} for sequences, or ''; ARGV[8] that for the whole block, with {burst}
-- ARGV[9]  the network, or ''; ARGV[10] the number; ARGV[11…] its neighbours; numbers under keyed names
-- Returns  {now in epoch ms; 1 sequence tripped for the network, 2 for all, neighbours; the same for the block, numbers}
-- Parts    now, trip, note, evidence
local life, window, most, network, number = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[9], ARGV[10]
local remembered, own = life + window, network == '' and '-' or string.sub(redis.sha1hex(network), 1, 4)

local fields, at, near, held, over, approved = redis.call('HGETALL', KEYS[1]), {}, {}, {}, {}, false
for f = 1, #fields, 2 do
  local name, note = string.match(fields[f], '^#(.+)$'), readNote(fields[f + 1])
  if name and (not note or note.at + remembered <= now) then redis.call('HDEL', KEYS[1], fields[f])
  elseif name and not note.void then
    at[name] = note
    add(held, note)
    if note.at + life <= now then add(over, note) end
  elseif fields[f] == 'approved' then approved = fields[f + 1] + remembered > now end
end
for n = 11, #ARGV do
  local note = at[ARGV[n]]
  if note and note.at + window > now then add(near, note) end
end
if not at[number] and sum(held, most) < most then
  redis.call('HSET', KEYS[1], '#' .. number, noteText(now, ARGV[2], ARGV[3], own, '?'))
  add(held, { network = own })
end
redis.call('PEXPIRE', KEYS[1], math.max(remembered, redis.call('PTTL', KEYS[1])))

local function tripBy(i, json, counted, judged)
  local b = json ~= '' and cjson.decode(json)
  local reach = b and judged(b) or 0
  local key = KEYS[reach == 1 and i + 2 or i]
  if reach == 0 or redis.call('HEXISTS', key, 'until') == 1 then return 0 end
  if reach == 1 then b.name = b.name .. ' from ' .. network end
  trip(key, KEYS[2], b, counted, 0)
  return reach
end
local nearby, numbers = sum(near, most) + 1, sum(held, most)
local sequence = tripBy(3, ARGV[7], nearby, function(b) return reachOf(near, own, b.least) end)
local spread = tripBy(4, ARGV[8], numbers, function(b) return approved and 0 or math.max(reachOf(over, own, b.least), reachOf(held, own, b.burst)) end)
if math.max(sequence, spread) == 2 then
  redis.call('HDEL', KEYS[1], 'approved')
  local all = redis.call('HGETALL', KEYS[1])
  for f = 1, #all, 2 do
    local isEvidence = string.match(all[f], '^#') and not readNote(all[f + 1]).void
    if isEvidence then redis.call('HSET', KEYS[1], all[f], all[f + 1] .. '!') end
  end
end
return { now, sequence, nearby, spread, numbers }
