-- Closes a waiting ticket that nobody needs any more; a claimed one stays with its agent.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: now id why
-- Gives 1 when the ticket is cancelled after the call, else 0.
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id = ARGV[2]
local json = redis.call('HGET', KEYS[1], id)
if not json then
  return 0
end
local row = cjson.decode(json)
if row.state == 'cancelled' then
  return 1
end
if row.state ~= 'waiting' then
  return 0
end
redis.call('ZREM', KEYS[2], id)
row.state, row.outcome, row.closed = 'cancelled', ARGV[3], now
redis.call('HSET', KEYS[1], id, cjson.encode(row))
redis.call('ZADD', KEYS[6], now, id)
redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'kind', 'cancelled', 'ticket', id,
  'conversation', row.conversation, 'agent', '', 'token', row.token, 'at', now, 'detail', ARGV[3])
return 1
