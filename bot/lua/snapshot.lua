-- Everything under a pattern at one moment: {key, type, ms to live, content}. Writes nothing.
-- ARGV: pattern. KEYS[1] only says which Cluster node to ask.
local found = {}
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  local kind = redis.call('TYPE', key).ok
  local content = nil
  if kind == 'string' then
    content = redis.call('GET', key)
  elseif kind == 'hash' then
    content = redis.call('HGETALL', key)
  elseif kind == 'list' then
    content = redis.call('LRANGE', key, 0, -1)
  elseif kind == 'set' then
    content = redis.call('SMEMBERS', key)
  elseif kind == 'zset' then
    content = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  elseif kind == 'stream' then
    local info = redis.call('XINFO', 'STREAM', key)
    local last = nil
    for i = 1, #info, 2 do
      if info[i] == 'last-generated-id' then last = info[i + 1] end
    end
    content = {last, redis.call('XRANGE', key, '-', '+')}
  end
  if content then
    found[#found + 1] = {key, kind, redis.call('PTTL', key), content}
  end
end
return found
