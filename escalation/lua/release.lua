-- Gives a held ticket back to its old place in the queue; releasing twice is releasing once.
-- ARGV: now id token
-- Gives {'ok', row} | {'gone'} | {'stale'}.
local row, json = read(ARGV[2])
if not row then
  return { 'gone' }
end
if row.token ~= tonumber(ARGV[3]) then
  return { 'stale' }
end
if row.state == 'waiting' then
  return { 'ok', json }
end
if row.state ~= 'claimed' then
  return { 'gone' }
end
local agent = row.agent
redis.call('ZREM', KEYS[3], row.id)
add_load(agent, -1)
row.state, row.agent, row.lease = 'waiting', '', 0
json = write(row)
line_up(row)
event('released', row, agent, '')
return { 'ok', json }
