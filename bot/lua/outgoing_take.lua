-- Take the oldest event of the conversation that is due first, under a lease; ends old leases.
-- KEYS 1 line  2 due  3 flying  4 heads  5 state  6 sequence  7 endpoints
-- ARGV 1 endpoint  2 now ms ('' = Redis's)  3 lease ms  4 most at once
--      5 failures in a row after which only one is tried at a time
-- Returns {conversation, lease, tries before, failures in a row, member} | {} when nothing is due.
local now = tonumber(ARGV[2])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
if redis.call('HEXISTS', KEYS[7], ARGV[1]) == 0 or redis.call('HEXISTS', KEYS[5], 'halt') == 1 then
  return {}
end
for _, one in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 100)) do
  redis.call('ZREM', KEYS[3], one)
  redis.call('ZADD', KEYS[2], now, one)
end
if tonumber(redis.call('HGET', KEYS[5], 'rest_ms') or '0') > now then return {} end
local fails = tonumber(redis.call('HGET', KEYS[5], 'fails') or '0')
local most = fails >= tonumber(ARGV[5]) and 1 or tonumber(ARGV[4])
if redis.call('ZCARD', KEYS[3]) >= most then return {} end
while true do
  local one = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1)[1]
  if not one then return {} end
  redis.call('ZREM', KEYS[2], one)
  local from, to = '[' .. one .. '|', '(' .. one .. '}'
  local member = redis.call('ZRANGEBYLEX', KEYS[1], from, to, 'LIMIT', 0, 1)[1]
  if member then
    local place = string.match(member, '^[^|]*|([^|]*)|')
    local tries, tried = string.match(redis.call('HGET', KEYS[4], one) or '', '^%d+ (%d+) (.+)$')
    if tried ~= place then tries = '0' end
    local lease = redis.call('INCR', KEYS[6])
    redis.call('HSET', KEYS[4], one, lease .. ' ' .. tries .. ' ' .. place)
    redis.call('ZADD', KEYS[3], now + tonumber(ARGV[3]), one)
    return { one, tostring(lease), tries, tostring(fails), member }
  end
  redis.call('HDEL', KEYS[4], one)
end
