-- Extends the lease of a held ticket; it never gets shorter.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: now id token lease_ms
-- Gives {'ok', row} | {'gone'} | {'stale'}.
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id = ARGV[2]
local json = redis.call('HGET', KEYS[1], id)
if not json then
  return { 'gone' }
end
local row = cjson.decode(json)
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
json = cjson.encode(row)
redis.call('ZREM', KEYS[3], id)
redis.call('ZADD', KEYS[3], lease, id)
redis.call('HSET', KEYS[1], id, json)
return { 'ok', json }
