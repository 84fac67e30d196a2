-- Gives an agent a named waiting ticket, or the one that is due first; the same op again gives the
-- same answer. On Redis 6.2 a draining script runs in full memory because its first write frees.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: now agent op id-or-empty lease_ms skills (comma separated, empty = all)
-- Gives {'ok', row} | {'none'} | {'taken', agent} | {'gone'} | {'stale'}.
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local agent, op, id, skills = ARGV[2], ARGV[3], ARGV[4], ARGV[6]
local kept = redis.call('HGET', KEYS[4], agent)
local me = kept and cjson.decode(kept) or { load = 0, ops = {} }

for _, past in ipairs(me.ops) do
  if past[1] == op then
    local json = redis.call('HGET', KEYS[1], past[2])
    local row = json and cjson.decode(json)
    if row and row.state == 'claimed' and row.token == past[3] then
      return { 'ok', json }
    end
    return { 'stale' }
  end
end

local function serves(json)
  return skills == '' or
    string.find(',' .. skills .. ',', ',' .. cjson.decode(json).skill .. ',', 1, true) ~= nil
end
if id == '' then
  local from = 0
  repeat
    local page = redis.call('ZRANGE', KEYS[2], from, from + 99)
    for _, one in ipairs(page) do
      if id == '' and serves(redis.call('HGET', KEYS[1], one)) then
        id = one
      end
    end
    from = from + 100
  until id ~= '' or #page < 100
  if id == '' then
    return { 'none' }
  end
end

local json = redis.call('HGET', KEYS[1], id)
if not json then
  return { 'gone' }
end
local row = cjson.decode(json)
if row.state == 'claimed' then
  return { 'taken', row.agent }
end
if row.state ~= 'waiting' then
  return { 'gone' }
end

redis.call('ZREM', KEYS[2], id)
row.state, row.agent, row.op = 'claimed', agent, op
row.token = redis.call('INCR', KEYS[5])
row.lease = now + tonumber(ARGV[5])
if row.first_claim == 0 then
  row.first_claim = now
end
json = cjson.encode(row)
redis.call('HSET', KEYS[1], id, json)
redis.call('ZADD', KEYS[3], row.lease, id)
me.load = me.load + 1
table.insert(me.ops, { op, id, row.token })
while #me.ops > 16 do
  table.remove(me.ops, 1)
end
redis.call('HSET', KEYS[4], agent, cjson.encode(me))
redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'kind', 'claimed', 'ticket', id,
  'conversation', row.conversation, 'agent', agent, 'token', row.token, 'at', now, 'detail', '')
return { 'ok', json }
