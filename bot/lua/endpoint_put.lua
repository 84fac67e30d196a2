-- Write an endpoint down if it is still as it was read, so that two edits never undo each other.
-- KEYS 1 endpoints   ARGV 1 name  2 row as it was read ('' = none)  3 new row
-- Returns 1 | 0 when it was changed meanwhile.
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
