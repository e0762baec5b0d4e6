-- What of a verification was counted. Most are the only one of their number, and then it stands with the number in its block: a key
-- for each would take as much memory as all the rest. Others have a key of their own.
-- A note reads `<ms> <delivery> <verification> <network> <how>`. Network: a short digest, `-` where nobody knows it. How: `?` noted and not counted yet; `+` counted; `-` counted, but not in what
-- is wide; `a` before them: the number was counted already; `!` after them: from before the block tripped, no evidence any more.
local function readNote(text)
  local at, by, of, network, again, how, void = string.match(text or '', '^(%d+) (%S+) (%S+) (%S+) (a?)([?+-])(!?)$')
  return at and { at = tonumber(at), by = by, of = of, network = network, again = again == 'a', how = how, void = void == '!' }
end
local function noteText(at, by, of, network, how)
  return table.concat({ string.format('%.0f', at), by, of, network, how }, ' ')
end
local function noteOfNumber(block, number)
  return number ~= '' and readNote(redis.call('HGET', block, '#' .. number)) or nil
end
-- Returns  the note with its key and field, or nil when nothing of the verification was counted
local function noteOf(verification, own, block, number)
  local note = noteOfNumber(block, number)
  if note and note.of == verification and note.how ~= '?' then
    note.key, note.field = block, '#' .. number
    return note
  end
  note = readNote(redis.call('HGET', own, 'note'))
  if note then note.key, note.field = own, 'note' end
  return note
end
