-- What stands in a counter, as redis-counters.ts describes it. Stands before the scripts that count and give back.
local function has(text, part) return string.find(text, part, 1, true) ~= nil end
local function nowWith(offset)
  local time = redis.call('TIME')
  return math.floor(time[1] * 1000 + time[2] / 1000) + offset
end
-- Ends a key, at a moment: the same acts end it at the same millisecond, whenever that is said.
local function endAfter(key, left, now, offset) redis.call('PEXPIREAT', key, now - offset + left) end

-- An act that is kept, or what a series counted in one of its sub-buckets; nil for anything else.
local function entryOf(field, value)
  local at, marks = string.match(value, '^(%d+)(%l.*)$')
  if at then return { marks = marks, began = tonumber(at), ends = at + 1, count = 1 } end
  local mark, width, number, shadow = string.match(field, '^(%l)/(%d+):(%d+)(.*)$')
  if not mark then return end
  shadow = shadow ~= '' and shadow
  local began, count = number * width, shadow and -tonumber(value) or tonumber(value)
  return { marks = mark, series = mark .. '/' .. width, began = began, ends = began + width, count = count, shadow = shadow }
end
