-- Write entries that no customer message led to: an agent's words, a note, a handback.
-- KEYS 1 meta  2 log  3 events  4 all  5 outbox  6 held  7 due
-- ARGV 1 op id ('' = none)  2 ticket expected ('' = none, '*' = any)  3 fencing token ('' = none)
--      4 conversation  5 now ms  6 outbox JSON without its closing brace  7 number of entries N
--      8 … 7+N entry JSONs  then meta fields and values ('' deletes); of the fields `due:kind:id`
--      (JSON with due_ms) the earliest of each kind is kept in KEYS 7 as "kind conversation"
-- Returns {"done", entry ids…} | {"seen", record} | {"gone"} | {"changed"} | {"stale"}
if redis.call('EXISTS', KEYS[1]) == 0 then return {'gone'} end
if ARGV[1] ~= '' then
  local seen = redis.call('HGET', KEYS[3], ARGV[1])
  if seen then return {'seen', seen} end
end
local ticket = redis.call('HGET', KEYS[1], 'ticket') or ''
if ARGV[2] ~= '*' and ticket ~= ARGV[2] then return {'changed'} end
if ARGV[3] ~= '' then
  local token = tonumber(ARGV[3])
  local highest = tonumber(redis.call('HGET', KEYS[1], 'token') or '0')
  if token < highest then return {'stale'} end
  if token > highest then redis.call('HSET', KEYS[1], 'token', ARGV[3]) end
end

local n = tonumber(ARGV[7])
local kinds = {}
for i = 8 + n, #ARGV, 2 do
  local kind = string.match(ARGV[i], '^due:(%l+):')
  if kind then kinds[kind] = true end
end
local answer = {'done'}
local ids = {}
local last = ''
for i = 8, 7 + n do
  last = redis.call('XADD', KEYS[2], '*', 'd', ARGV[i])
  answer[#answer + 1] = last
  ids[#ids + 1] = '"' .. last .. '"'
end
for i = 8 + n, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
    if ARGV[i] == 'ticket' then redis.call('ZREM', KEYS[6], ARGV[4]) end
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    if ARGV[i] == 'ticket' then redis.call('ZADD', KEYS[6], 'NX', ARGV[5], ARGV[4]) end
  end
end
for kind in pairs(kinds) do
  local fields = redis.call('HGETALL', KEYS[1])
  local earliest = nil
  for i = 1, #fields, 2 do
    if string.match(fields[i], '^due:(%l+):') == kind then
      local at = cjson.decode(fields[i + 1]).due_ms
      if not earliest or at < earliest then earliest = at end
    end
  end
  if earliest then
    redis.call('ZADD', KEYS[7], string.format('%.0f', earliest), kind .. ' ' .. ARGV[4])
  else
    redis.call('ZREM', KEYS[7], kind .. ' ' .. ARGV[4])
  end
end
if ARGV[1] ~= '' then
  redis.call('HSET', KEYS[3], ARGV[1], '{"fp":"","mid":"' .. last .. '"}')
end
redis.call('HSET', KEYS[1], 'last_ms', ARGV[5])
redis.call('PERSIST', KEYS[1])
redis.call('ZADD', KEYS[4], ARGV[5], ARGV[4])
redis.call('XADD', KEYS[5], '*', 'd',
  ARGV[6] .. ',"ids":[' .. table.concat(ids, ',') .. '],"id":"' .. last .. '"}')
return answer
