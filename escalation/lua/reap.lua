-- Gives tickets whose lease has ended back to the queue, at most 100 a call; their place is the old
-- one, and the third expiry marks them stuck.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: now stuck_after
-- Gives a list of rows.
-- Same due time: who opened first is first. A score keeps 12 bits below the millisecond.
local function place(row)
  return string.format('%.4f', row.due + (row.order or 0) / 4096)
end
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local out = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. now, 'LIMIT', 0, 100)) do
  local row = cjson.decode(redis.call('HGET', KEYS[1], id))
  local agent = row.agent
  local me = cjson.decode(redis.call('HGET', KEYS[4], agent))
  redis.call('ZREM', KEYS[3], id)
  me.load = me.load - 1
  redis.call('HSET', KEYS[4], agent, cjson.encode(me))
  row.state, row.agent, row.lease, row.expiries = 'waiting', '', 0, row.expiries + 1
  row.stuck = row.expiries >= tonumber(ARGV[2])
  local json = cjson.encode(row)
  redis.call('HSET', KEYS[1], id, json)
  redis.call('ZADD', KEYS[2], place(row), id)
  redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'kind', 'expired', 'ticket', id,
    'conversation', row.conversation, 'agent', agent, 'token', row.token, 'at', now,
    'detail', row.stuck and 'stuck' or '')
  table.insert(out, json)
end
return out
