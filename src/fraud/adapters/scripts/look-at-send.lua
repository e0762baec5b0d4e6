-- Tells what is in a send's way. Changes nothing: whoever is over a limit must not trip anything by asking.
-- KEYS[1]    the verification's own key; KEYS[2] is there while new codes are longer; KEYS[3] the number's block
-- KEYS[i+3]  breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    ms to add to Redis's clock; ARGV[2] the delivery, ARGV[3] the verification, both by their ends
-- ARGV[4]    ms after which a code can not be typed any more; ARGV[5] how many pass a tripped breaker to try it
-- ARGV[6]    the number's keyed name, or ''
-- ARGV[i+6]  JSON of breaker i: {places}
-- Returns    {ms for which codes are longer; then per breaker: ms until it lets through}
-- Parts      now, note, wait
local life, probes, number = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local noted = noteOfNumber(KEYS[3], number)
local known = noteOf(ARGV[3], KEYS[1], KEYS[3], number) ~= nil or (noted and not noted.void and noted.by ~= ARGV[2])

local reply = { math.max(0, redis.call('PTTL', KEYS[2])) }
for i = 1, #KEYS - 3 do
  local b = cjson.decode(ARGV[i + 6])
  local names = { 'until', 'tried', 'last' }
  for _, place in ipairs(b.places) do table.insert(names, 'p:' .. place) end
  local values = redis.call('HMGET', KEYS[i + 3], unpack(names))
  for n, name in ipairs(names) do b[name] = tonumber(values[n] or nil) end
  table.insert(reply, waitOf(b, life, probes, known))
end
return reply
