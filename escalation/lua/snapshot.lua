-- Gives the whole queue as it is at one moment, for the audit; writes nothing.
-- Gives {tickets, waiting, leases, closed, agents, sequence, claims, lines, offers}, flat lists of
-- names and values.
local claims = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[7], '-', '+')) do
  local fields = {}
  for i = 1, #entry[2], 2 do
    fields[entry[2][i]] = entry[2][i + 1]
  end
  if fields.kind == 'claimed' or fields.kind == 'transferred' then
    table.insert(claims, fields.token)
  end
end
return {
  redis.call('HGETALL', KEYS[1]),
  redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'),
  redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES'),
  redis.call('ZRANGE', KEYS[6], 0, -1, 'WITHSCORES'),
  redis.call('HGETALL', KEYS[4]),
  redis.call('GET', KEYS[5]) or '0',
  claims,
  redis.call('ZRANGE', KEYS[8], 0, -1),
  redis.call('ZRANGE', KEYS[9], 0, -1, 'WITHSCORES'),
}
