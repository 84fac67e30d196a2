-- Say when a conversation that was taken is to be looked at next, and since when it is breached.
-- KEYS 1 alarms  2 breached
-- ARGV 1 conversation  2 until when it was taken  3 next ms ('' = never)  4 breached ms ('' = not)
-- Returns 1, or 0 when something happened meanwhile: then it is due again already.
if ARGV[4] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
end
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
end
return 1
