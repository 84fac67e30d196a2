-- Take one customer message in, once.
-- KEYS 1 meta  HASH    2 log    STREAM   3 events HASH   4 inbox LIST
--      5 lock  STRING  6 pending ZSET    7 all    ZSET
-- ARGV 1 event id  2 fingerprint  3 now ms  4 entry JSON  5 conversation  6 lock token  7 lock ms
--      8 most waiting  9… meta fields and values (first five only when new: see `fresh`)
-- Returns {"seen", record} | {"full"} | {"new", message id, 1 if the lock is yours else 0}
local seen = redis.call('HGET', KEYS[3], ARGV[1])
if seen then return {'seen', seen} end
if redis.call('LLEN', KEYS[4]) >= tonumber(ARGV[8]) then return {'full'} end

local now = ARGV[3]
local fresh = redis.call('EXISTS', KEYS[1]) == 0
for i = 9, #ARGV, 2 do
  if fresh or ARGV[i + 1] ~= '' then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
if fresh then redis.call('HSET', KEYS[1], 'created_ms', now, 'episode', 1, 'token', 0) end
redis.call('HSET', KEYS[1], 'last_ms', now)
redis.call('PERSIST', KEYS[1])
local id = redis.call('XADD', KEYS[2], '*', 'd', ARGV[4])
redis.call('HSET', KEYS[3], ARGV[1], '{"fp":"' .. ARGV[2] .. '","mid":"' .. id .. '"}')
redis.call('RPUSH', KEYS[4], ARGV[1])
redis.call('ZADD', KEYS[6], 'NX', now, ARGV[5])
redis.call('ZADD', KEYS[7], now, ARGV[5])
local mine = redis.call('SET', KEYS[5], ARGV[6], 'NX', 'PX', ARGV[7])
return {'new', id, mine and 1 or 0}
