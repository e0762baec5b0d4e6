-- Gives a send back wherever this very delivery was counted. What nobody knows changes nothing.
-- KEYS[1]    the verification's own key; KEYS[2] the number's block
-- KEYS[i+2]  breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    the delivery, ARGV[2] the verification, both by their ends
-- ARGV[3]    the number's keyed name, or ''
-- ARGV[i+3]  JSON of breaker i: {width, least, wide, places}
-- Returns    1 given back, 0 it was not counted
-- Parts      note
local delivery, verification, number = ARGV[1], ARGV[2], ARGV[3]
local note, noted = noteOf(verification, KEYS[1], KEYS[2], number), noteOfNumber(KEYS[2], number)
if noted and noted.by == delivery then redis.call('HDEL', KEYS[2], '#' .. number) end
if not note or note.by ~= delivery then return 0 end
redis.call('HDEL', note.key, note.field)
if note.again then return 1 end

local function takeOne(key, field)
  local count = tonumber(redis.call('HGET', key, field) or 0)
  if count > 0 then redis.call('HINCRBY', key, field, -1) end
end
for i = 3, #KEYS do
  local b, till = cjson.decode(ARGV[i + 1]), tonumber(redis.call('HGET', KEYS[i], 'until') or 0)
  if b.least > 0 and not (b.wide and note.how == '-') then takeOne(KEYS[i], 's:' .. math.floor(note.at / b.width)) end
  if till > 0 and note.at >= till then
    takeOne(KEYS[i], 'tried')
    for _, place in ipairs(b.places) do redis.call('HDEL', KEYS[i], 'p:' .. place) end
  end
end
return 1
