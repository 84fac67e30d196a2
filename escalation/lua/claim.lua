-- Gives an agent a named waiting ticket, or of those they may take the one that is due first; the
-- same op again gives the same answer. On Redis 6.2 a draining script runs in full memory because
-- its first write frees.
-- ARGV: now agent op id-or-empty lease_ms skills (joined by +, empty = all)
--       most (0 = any number) offer (0 = none) after duty
-- Gives {'ok', row} | {'none'} | {'full', load} | {'taken', agent} | {'gone'} | {'stale'} | {'late'}.
local agent, op, id, offer = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[8])
local me = agent_row(agent)
-- A line whose ticket an older version claimed meanwhile is dropped.
local function first_within_reach()
  while true do
    local found, whole = fronts(ARGV[6], ARGV[9], ARGV[10], 1)
    local id = found[1] and string.sub(found[1], 23)
    local row = id and read(id)
    if not id or (row and row.state == 'waiting') then
      return id
    end
    redis.call('ZREM', KEYS[8], whole[found[1]])
  end
end

for _, past in ipairs(me.ops) do
  if past[1] == op then
    local row, json = read(past[2])
    if row and row.state == 'claimed' and row.token == past[3] then
      return { 'ok', json }
    end
    return { 'stale' }
  end
end

local most = tonumber(ARGV[7])
if most > 0 and me.load >= most then
  return { 'full', tostring(me.load) }
end
if id == '' then
  mend()
  id = first_within_reach()
  if not id then
    return { 'none' }
  end
end

local row = read(id)
if not row then
  return { 'gone' }
end
if row.state == 'claimed' then
  return { 'taken', row.agent }
end
if row.state ~= 'waiting' then
  return { 'gone' }
end
if offer > 0 and (row.offer ~= offer or row.offered ~= agent or row.offer_until < now) then
  return { 'late' }
end

step_out(row)
row.state, row.agent, row.op = 'claimed', agent, op
row.token = redis.call('INCR', KEYS[5])
row.lease = now + tonumber(ARGV[5])
if row.first_claim == 0 then
  row.first_claim = now
end
local json = write(row)
redis.call('ZADD', KEYS[3], row.lease, id)
me.load, me.passes = me.load + 1, 0
note_taken(me, row)
table.insert(me.ops, { op, id, row.token })
while #me.ops > 16 do
  table.remove(me.ops, 1)
end
keep(agent, me)
event('claimed', row, agent, '')
return { 'ok', json }
