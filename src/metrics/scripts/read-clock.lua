--[[
  What time Redis has.

  KEYS[1]  any key: it only chooses the node of a cluster
  Returns  microseconds since the epoch, as text
]]
local time = redis.call('TIME')
return time[1] .. string.format('%06d', time[2])
