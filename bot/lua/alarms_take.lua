-- Take the conversations whose clocks are to be looked at now, for a while.
-- KEYS 1 alarms
-- ARGV 1 now ms  2 until when they are yours, in ms  3 most at once
-- Returns the conversations.
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, one in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], one) end
return due
