-- Gives a send back wherever this very delivery was counted. What nobody knows changes nothing.
-- KEYS[1]    the verification's marker; KEYS[2] the block's numbers
-- KEYS[i+2]  breaker i; fraud-keys.ts says what is in each of them
-- ARGV[1]    the delivery
-- ARGV[2]    the number's keyed name, or ''
-- ARGV[i+2]  JSON of breaker i: {width, least, wide}
-- Returns    1 given back, 0 it was not counted
local delivery, number = ARGV[1], ARGV[2]
if number ~= '' and string.match(redis.call('HGET', KEYS[2], number) or '', ' (.+)$') == delivery then
  redis.call('HDEL', KEYS[2], number)
end
local by, at, again, narrow = unpack(redis.call('HMGET', KEYS[1], 'by', 'at', 'again', 'narrow'))
if by ~= delivery then return 0 end
redis.call('HDEL', KEYS[1], 'by', 'at', 'again', 'narrow')
if again == '1' then return 1 end
local function takeOne(key, field)
  local count = tonumber(redis.call('HGET', key, field) or 0)
  if count > 0 then redis.call('HINCRBY', key, field, -1) end
end
for i = 3, #KEYS do
  local b, till = cjson.decode(ARGV[i]), tonumber(redis.call('HGET', KEYS[i], 'until') or 0)
  if b.least > 0 and not (b.wide and narrow == '1') then takeOne(KEYS[i], 's:' .. math.floor(at / b.width)) end
  if till > 0 and tonumber(at) >= till then takeOne(KEYS[i], 'tried') end
end
return 1
