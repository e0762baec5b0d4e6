-- Forgets everything the buckets have counted.
--
-- KEYS[i]  bucket i
-- Returns  how many of them had counted anything
return redis.call('DEL', unpack(KEYS))
