-- How long a tripped breaker lets nothing through. After its time it lets a few try it out: of one block, and of one network, one
-- at a time, so that whoever comes first from one place does not try for all of a country.
-- b        what is in the breaker, with {places} that the send comes from; `p:<place>` is when one of it was let through to try
-- life     ms after which a code can not be typed any more
-- probes   how many are let through to try
-- known    whether the send was counted before
-- Returns  ms, 0 when it lets through
local function waitOf(b, life, probes, known)
  local till = b['until'] or 0
  if till > now then return till - now end
  if till == 0 or known then return 0 end
  local wait = (b.tried or 0) >= probes and (b.last or 0) + life - now or 0
  for _, place in ipairs(b.places) do
    local at = b['p:' .. place] or 0
    if at >= till then wait = math.max(wait, at + life - now) end
  end
  return math.max(0, wait)
end
