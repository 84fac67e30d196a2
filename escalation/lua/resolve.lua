-- Closes a held ticket; resolving twice with the same token is resolving once.
-- ARGV: now id token outcome
-- Gives {'ok', row} | {'gone'} | {'stale'}.
local row, json = read(ARGV[2])
if not row then
  return { 'gone' }
end
if row.token ~= tonumber(ARGV[3]) or row.state == 'waiting' then
  return { 'stale' }
end
if row.state == 'resolved' then
  return { 'ok', json }
end
if row.state ~= 'claimed' then
  return { 'gone' }
end
redis.call('ZREM', KEYS[3], row.id)
add_load(row.agent, -1)
row.state, row.outcome, row.closed, row.lease = 'resolved', ARGV[4], now, 0
json = write(row)
redis.call('ZADD', KEYS[6], now, row.id)
event('resolved', row, row.agent, row.outcome)
return { 'ok', json }
