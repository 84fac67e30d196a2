-- Closes a waiting ticket that nobody needs any more; a claimed one stays with its agent.
-- ARGV: now id why
-- Gives 1 when the ticket is cancelled after the call, else 0.
local row = read(ARGV[2])
if not row then
  return 0
end
if row.state == 'cancelled' then
  return 1
end
if row.state ~= 'waiting' then
  return 0
end
step_out(row)
row.state, row.outcome, row.closed = 'cancelled', ARGV[3], now
write(row)
redis.call('ZADD', KEYS[6], now, row.id)
event('cancelled', row, '', ARGV[3])
return 1
