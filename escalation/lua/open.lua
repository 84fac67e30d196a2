-- Opens a ticket, or makes an open one due earlier; nothing happens to a closed one.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: now id conversation priority due created reasons skill
-- Gives {'ok', row}.
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id, due, created = ARGV[2], tonumber(ARGV[5]), tonumber(ARGV[6])
-- Same due time: who opened first is first. A score keeps 12 bits below the millisecond.
local function place(row)
  return string.format('%.4f', row.due + (row.order or 0) / 4096)
end
local rank = { normal = 1, high = 2, urgent = 3 }
local function event(kind, row, detail)
  redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'kind', kind, 'ticket', id,
    'conversation', row.conversation, 'agent', row.agent, 'token', row.token, 'at', now,
    'detail', detail)
end

local found = redis.call('HGET', KEYS[1], id)
if not found then
  local row = { v = 1, id = id, conversation = ARGV[3], priority = ARGV[4], due = due,
    created = created, reasons = ARGV[7], skill = ARGV[8], state = 'waiting', agent = '', token = 0,
    lease = 0, expiries = 0, stuck = false, outcome = '', closed = 0, first_claim = 0, op = '',
    order = redis.call('INCR', KEYS[5]) % 4096 }
  local json = cjson.encode(row)
  redis.call('HSET', KEYS[1], id, json)
  redis.call('ZADD', KEYS[2], place(row), id)
  event('opened', row, row.priority)
  return { 'ok', json }
end

local row = cjson.decode(found)
if row.state ~= 'waiting' and row.state ~= 'claimed' then
  return { 'ok', found }
end
local changed = false
if due < row.due then
  row.due = due
  changed = true
end
if rank[ARGV[4]] > rank[row.priority] then
  row.priority = ARGV[4]
  changed = true
end
for code in string.gmatch(ARGV[7], '[^,]+') do
  if not string.find(',' .. row.reasons .. ',', ',' .. code .. ',', 1, true) then
    row.reasons = row.reasons == '' and code or (row.reasons .. ',' .. code)
    changed = true
  end
end
if not changed then
  return { 'ok', found }
end
local json = cjson.encode(row)
redis.call('HSET', KEYS[1], id, json)
if row.state == 'waiting' then
  redis.call('ZADD', KEYS[2], place(row), id)
end
event('raised', row, row.priority)
return { 'ok', json }
