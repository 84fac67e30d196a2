-- Ends offers that were not taken: one that its agent declines, or at most 100 that ran out. The
-- ticket stands in line again at its old place.
-- ARGV: now id-or-empty agent offer
-- Gives {'stale'} when the named offer is not theirs to decline, else {'ok', row, agent, how many
-- they let pass in a row, row, …}; no row when it was declined before.
local out = { 'ok' }
local function pass(row, kind)
  local agent = row.offered
  row.passed = row.passed or {}
  table.insert(row.passed, { agent, now })
  while #row.passed > 20 do
    table.remove(row.passed, 1)
  end
  end_offer(row)
  local json = write(row)
  redis.call('ZADD', KEYS[8], 0, line(row))
  local me = agent_row(agent)
  me.passes = (me.passes or 0) + 1
  keep(agent, me)
  event(kind, row, agent, '')
  table.insert(out, json)
  table.insert(out, agent)
  table.insert(out, tostring(me.passes))
end

if ARGV[2] ~= '' then
  local row = read(ARGV[2])
  if not row or row.offer ~= tonumber(ARGV[4]) or row.state ~= 'waiting' then
    return { 'stale' }
  end
  if row.offered == ARGV[3] then
    pass(row, 'declined')
  elseif is_offered(row) then
    return { 'stale' }
  end
  return out
end
mend()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[9], '-inf', '(' .. now, 'LIMIT', 0, 100)) do
  local row = read(id)
  if row and row.state == 'waiting' and is_offered(row) then
    pass(row, 'lapsed')
  else
    redis.call('ZREM', KEYS[9], id)
  end
end
return out
