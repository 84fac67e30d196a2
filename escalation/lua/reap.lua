-- Gives tickets whose lease has ended back to the queue, at most 100 a call; their place is the old
-- one, and the third expiry marks them stuck.
-- ARGV: now stuck_after
-- Gives a list of rows.
local out = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. now, 'LIMIT', 0, 100)) do
  local row = read(id)
  local agent = row.agent
  redis.call('ZREM', KEYS[3], id)
  add_load(agent, -1)
  row.state, row.agent, row.lease, row.expiries = 'waiting', '', 0, row.expiries + 1
  row.stuck = row.expiries >= tonumber(ARGV[2])
  table.insert(out, write(row))
  line_up(row)
  event('expired', row, agent, row.stuck and 'stuck' or '')
end
return out
