-- Hands a held ticket to another agent under a new token; the same op again gives the same answer.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: now id token to_agent op lease_ms
-- Gives {'ok', row} | {'gone'} | {'stale'}.
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id, to, op = ARGV[2], ARGV[4], ARGV[5]
local json = redis.call('HGET', KEYS[1], id)
if not json then
  return { 'gone' }
end
local row = cjson.decode(json)
if row.state == 'claimed' and row.op == op and row.agent == to then
  return { 'ok', json }
end
if row.token ~= tonumber(ARGV[3]) or row.state == 'waiting' then
  return { 'stale' }
end
if row.state ~= 'claimed' then
  return { 'gone' }
end

local function load(agent, by)
  local kept = redis.call('HGET', KEYS[4], agent)
  local one = kept and cjson.decode(kept) or { load = 0, ops = {} }
  one.load = one.load + by
  redis.call('HSET', KEYS[4], agent, cjson.encode(one))
end
local from = row.agent
redis.call('ZREM', KEYS[3], id)
load(from, -1)
load(to, 1)
row.agent, row.op = to, op
row.token = redis.call('INCR', KEYS[5])
row.lease = now + tonumber(ARGV[6])
json = cjson.encode(row)
redis.call('HSET', KEYS[1], id, json)
redis.call('ZADD', KEYS[3], row.lease, id)
redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'kind', 'transferred', 'ticket', id,
  'conversation', row.conversation, 'agent', to, 'token', row.token, 'at', now, 'detail', from)
return { 'ok', json }
