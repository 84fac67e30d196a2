-- Offers a waiting ticket to one agent for a while; the same agent again gives the same offer.
-- ARGV: now id agent for_ms most (0 = any number)
-- Gives {'ok', row} | {'gone'} | {'taken', agent} | {'busy'}.
local agent, most = ARGV[3], tonumber(ARGV[5])
local row, json = read(ARGV[2])
if not row or (row.state ~= 'waiting' and row.state ~= 'claimed') then
  return { 'gone' }
end
if row.state == 'claimed' then
  return { 'taken', row.agent }
end
if is_offered(row) then
  if row.offered == agent then
    return { 'ok', json }
  end
  return { 'taken', row.offered }
end
local me = agent_row(agent)
local mine = (me.offer or '') ~= '' and read(me.offer)
if (mine and mine.state == 'waiting' and mine.offered == agent)
  or (most > 0 and me.load >= most) then
  return { 'busy' }
end
redis.call('ZREM', KEYS[8], line(row))
row.offered, row.offer = agent, redis.call('INCR', KEYS[5])
row.offer_until = now + tonumber(ARGV[4])
json = write(row)
redis.call('ZADD', KEYS[9], row.offer_until, row.id)
me.offer = row.id
keep(agent, me)
event('offered', row, agent, '')
return { 'ok', json }
