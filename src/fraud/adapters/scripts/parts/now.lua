-- Redis's clock in ms, one for all nodes. ARGV[1] of every script: ms to add to it (0 outside tests).
local time = redis.call('TIME')
local now = math.floor(time[1] * 1000 + time[2] / 1000) + tonumber(ARGV[1])
local HOUR, DAY = 3600000, 86400000
