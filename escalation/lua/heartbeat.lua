-- Extends the lease of a held ticket; it never gets shorter.
-- ARGV: now id token lease_ms
-- Gives {'ok', row} | {'gone'} | {'stale'}.
local row, json = read(ARGV[2])
if not row then
  return { 'gone' }
end
if row.token ~= tonumber(ARGV[3]) or row.state == 'waiting' then
  return { 'stale' }
end
if row.state ~= 'claimed' then
  return { 'gone' }
end
local lease = now + tonumber(ARGV[4])
if lease <= row.lease then
  return { 'ok', json }
end
row.lease = lease
redis.call('ZREM', KEYS[3], row.id)
redis.call('ZADD', KEYS[3], lease, row.id)
return { 'ok', write(row) }
