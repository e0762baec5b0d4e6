-- Notes of numbers, tallied by network; `-` stands for those whose network nobody knows, which are counted in full.
local function add(tally, note) tally[note.network] = (tally[note.network] or 0) + 1 end
local function sum(tally, mostOfOne)
  local total = 0
  for of, count in pairs(tally) do total = total + (of == '-' and count or math.min(count, mostOfOne)) end
  return total
end
-- Returns  2 enough for everybody, of which one network brings no more than half; 1 enough for this network only; 0
local function reachOf(tally, own, least)
  if sum(tally, math.max(1, math.floor(least / 2))) >= least then return 2 end
  return own ~= '-' and (tally[own] or 0) >= least and 1 or 0
end
