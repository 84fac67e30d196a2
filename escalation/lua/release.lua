-- Gives a held ticket back to its old place in the queue; releasing twice is releasing once.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: now id token
-- Gives {'ok', row} | {'gone'} | {'stale'}.
-- Same due time: who opened first is first. A score keeps 12 bits below the millisecond.
local function place(row)
  return string.format('%.4f', row.due + (row.order or 0) / 4096)
end
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id = ARGV[2]
local json = redis.call('HGET', KEYS[1], id)
if not json then
  return { 'gone' }
end
local row = cjson.decode(json)
if row.token ~= tonumber(ARGV[3]) then
  return { 'stale' }
end
if row.state == 'waiting' then
  return { 'ok', json }
end
if row.state ~= 'claimed' then
  return { 'gone' }
end

local agent = row.agent
local me = cjson.decode(redis.call('HGET', KEYS[4], agent))
redis.call('ZREM', KEYS[3], id)
me.load = me.load - 1
redis.call('HSET', KEYS[4], agent, cjson.encode(me))
row.state, row.agent, row.lease = 'waiting', '', 0
json = cjson.encode(row)
redis.call('HSET', KEYS[1], id, json)
redis.call('ZADD', KEYS[2], place(row), id)
redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'kind', 'released', 'ticket', id,
  'conversation', row.conversation, 'agent', agent, 'token', row.token, 'at', now, 'detail', '')
return { 'ok', json }
