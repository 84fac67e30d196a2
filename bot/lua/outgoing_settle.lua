-- Write down how a try went: the event leaves the line, or waits; only under its own lease.
-- KEYS 1 line  2 due  3 flying  4 heads  5 state  6 log
-- ARGV 1 now ms ('' = Redis's)  2 conversation  3 lease  4 member
--      5 sent, again, dead, or late: dead without a try  6 tried again in ms
--      7 the endpoint rests for ms  8 log JSON  9 most log entries  10 log lives for ms
--      11 failures in a row after which a success sets everything going
-- Returns {failures in a row, since when in ms} | {} when the lease is another's by now.
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local one, outcome = ARGV[2], ARGV[5]
local lease, tries, place = string.match(
  redis.call('HGET', KEYS[4], one) or '', '^(%d+) (%d+) (.+)$')
if lease ~= ARGV[3] then return {} end
local fails = tonumber(redis.call('HGET', KEYS[5], 'fails') or '0')

redis.call('ZREM', KEYS[3], one)
if outcome == 'again' then
  redis.call('HSET', KEYS[4], one, '0 ' .. (tries + 1) .. ' ' .. place)
  redis.call('ZADD', KEYS[2], now + tonumber(ARGV[6]), one)
else
  redis.call('ZREM', KEYS[1], ARGV[4])
  redis.call('HDEL', KEYS[4], one)
  local from, to = '[' .. one .. '|', '(' .. one .. '}'
  if redis.call('ZRANGEBYLEX', KEYS[1], from, to, 'LIMIT', 0, 1)[1] then
    redis.call('ZADD', KEYS[2], now, one)
  end
end
if outcome == 'sent' then
  redis.call('HDEL', KEYS[5], 'fails', 'since_ms', 'rest_ms')
  redis.call('HSET', KEYS[5], 'sent_ms', now)
  if fails >= tonumber(ARGV[11]) then
    redis.call('ZUNIONSTORE', KEYS[2], 1, KEYS[2], 'WEIGHTS', 0)
  end
  fails = 0
elseif outcome ~= 'late' then
  fails = redis.call('HINCRBY', KEYS[5], 'fails', 1)
  redis.call('HSETNX', KEYS[5], 'since_ms', now)
  if tonumber(ARGV[7]) > 0 then redis.call('HSET', KEYS[5], 'rest_ms', now + tonumber(ARGV[7])) end
end
local counts = { sent = 'sent', again = 'failed', dead = 'dead', late = 'dead' }
redis.call('HINCRBY', KEYS[5], counts[outcome], 1)
redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[9], '*', 'd', ARGV[8])
redis.call('XTRIM', KEYS[6], 'MINID', '~', math.max(0, now - tonumber(ARGV[10])))
redis.call('PEXPIRE', KEYS[6], ARGV[10])
local since = redis.call('HGET', KEYS[5], 'since_ms') or '0'
return { tostring(fails), since }
