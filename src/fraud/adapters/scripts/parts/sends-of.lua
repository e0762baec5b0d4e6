-- What a breaker of sends has counted; reads its other fields into b, and drops what is too old.
-- b        {window, width}
-- life     ms after which a code can not be typed any more
-- Returns  of the sends whose codes are over how many, and how many approved; approvals of a day; sends that nobody has answered yet
local function sendsOf(breaker, b, life)
  local fields, since = redis.call('HGETALL', breaker), tonumber(redis.call('HGET', breaker, 'since') or 0)
  local over, open, day = { s = 0, a = 0 }, { s = 0, a = 0 }, 0
  for f = 1, #fields, 2 do
    local kind, number = string.match(fields[f], '^([sad]):(%d+)$')
    local width, kept = b.width, b.window + life
    if kind == 'd' then width, kept = HOUR, DAY end
    local from, value = kind and number * width, tonumber(fields[f + 1])
    if not kind then
      b[fields[f]] = value
      if string.match(fields[f], '^p:') and value + life <= now then redis.call('HDEL', breaker, fields[f]) end
    elseif from + width + kept <= now then redis.call('HDEL', breaker, fields[f])
    elseif kind == 'd' then day = day + value
    else
      local sums = (from < since or from + width + life > now) and open or over
      sums[kind] = sums[kind] + value
    end
  end
  return over.s, over.a, day, over.s + open.s - over.a - open.a
end
