-- Opens a ticket, or makes an open one due earlier or weighs it anew; a closed one stays so.
-- ARGV: now id conversation priority due created reasons skill weight weight_at abusive(0 or 1)
-- Gives {'ok', row}.
local id, due, created = ARGV[2], tonumber(ARGV[5]), tonumber(ARGV[6])
local weight, weight_at, abusive = tonumber(ARGV[9]), tonumber(ARGV[10]), ARGV[11] == '1'
local rank = { normal = 1, high = 2, urgent = 3 }

local row, found = read(id)
if not row then
  row = { v = 1, id = id, conversation = ARGV[3], priority = ARGV[4], due = due,
    created = created, reasons = ARGV[7], skill = ARGV[8], state = 'waiting', agent = '', token = 0,
    lease = 0, expiries = 0, stuck = false, outcome = '', closed = 0, first_claim = 0, op = '',
    weight = weight, weight_at = weight_at, abusive = abusive, offered = '', offer = 0, offer_until = 0,
    order = redis.call('INCR', KEYS[5]) % 4096 }
  local json = write(row)
  line_up(row)
  event('opened', row, '', row.priority)
  return { 'ok', json }
end

if row.state ~= 'waiting' and row.state ~= 'claimed' then
  return { 'ok', found }
end
local old, raised = line(row), false
if due < row.due then
  row.due = due
  raised = true
end
if rank[ARGV[4]] > rank[row.priority] then
  row.priority = ARGV[4]
  raised = true
end
for code in string.gmatch(ARGV[7], '[^,]+') do
  if not string.find(',' .. row.reasons .. ',', ',' .. code .. ',', 1, true) then
    row.reasons = row.reasons == '' and code or (row.reasons .. ',' .. code)
    raised = true
  end
end
local weighed = weigh(row, weight, weight_at, abusive)
if not raised and not weighed then
  return { 'ok', found }
end
local json = write(row)
if row.state == 'waiting' then
  redis.call('ZADD', KEYS[2], place(row), id)
  if not is_offered(row) then
    redis.call('ZREM', KEYS[8], old)
    redis.call('ZADD', KEYS[8], 0, line(row))
  end
end
if raised then
  event('raised', row, row.agent, row.priority)
end
return { 'ok', json }
