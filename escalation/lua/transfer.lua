-- Hands a held ticket to another agent under a new token; the same op again gives the same answer.
-- ARGV: now id token to_agent op lease_ms
-- Gives {'ok', row} | {'gone'} | {'stale'}.
local to, op = ARGV[4], ARGV[5]
local row, json = read(ARGV[2])
if not row then
  return { 'gone' }
end
if row.state == 'claimed' and row.op == op and row.agent == to then
  return { 'ok', json }
end
if row.token ~= tonumber(ARGV[3]) or row.state == 'waiting' then
  return { 'stale' }
end
if row.state ~= 'claimed' then
  return { 'gone' }
end
local from = row.agent
redis.call('ZREM', KEYS[3], row.id)
add_load(from, -1)
local me = agent_row(to)
me.load = me.load + 1
note_taken(me, row)
keep(to, me)
row.agent, row.op = to, op
row.token = redis.call('INCR', KEYS[5])
row.lease = now + tonumber(ARGV[6])
json = write(row)
redis.call('ZADD', KEYS[3], row.lease, row.id)
event('transferred', row, to, from)
return { 'ok', json }
