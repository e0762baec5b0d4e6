-- Puts the digest of a delivery's code into its slot, only while the verification is pending. Three slots; the oldest goes.
-- KEYS[1]  state of the verification
-- ARGV[1]  clock offset in ms (0 in production)
-- ARGV[2]  delivery id
-- ARGV[3]  the slot: channel, ':', digest
-- ARGV[4]  when it was asked for, in epoch ms, where several may ask for the same delivery's at once; else 0
-- Returns  1 stored, 0 no such state, -1 ended or expired, -2 the slot holds the answer to a question as late or later
local key, offset, delivery, slot, asked = KEYS[1], tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])

local state = redis.call('HMGET', key, 'ends', 'status', 'slots')
if not state[1] then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + offset
if state[2] ~= 'pending' or now >= tonumber(state[1]) then return -1 end

if asked > 0 then
  if tonumber(redis.call('HGET', key, 'asked:' .. delivery) or 0) >= asked then return -2 end
  redis.call('HSET', key, 'asked:' .. delivery, ARGV[4])
end

local order = {}
for id in string.gmatch(state[3] or '', '[^,]+') do
  if id ~= delivery then table.insert(order, id) end
end
table.insert(order, delivery)
if #order > 3 then redis.call('HDEL', key, 'slot:' .. table.remove(order, 1)) end

redis.call('HSET', key, 'slots', table.concat(order, ','), 'slot:' .. delivery, slot)
return 1
