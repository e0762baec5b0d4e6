-- How long a bucket has no room for an act. Stands before the script that counts, after window.lua.
local function msUntilRoom(bucket) -- full until what is in the way of the act's weight has left
  local lefts, used = {}, 0
  if bucket.weight > bucket.max then return bucket.window end
  if bucket.used + bucket.weight <= bucket.max then return 0 end
  for left in pairs(bucket.held) do table.insert(lefts, left) end
  table.sort(lefts, function(a, b) return a > b end)
  for _, left in ipairs(lefts) do
    used = used + bucket.held[left]
    if used + bucket.weight > bucket.max then return left end
  end
  return 0
end
