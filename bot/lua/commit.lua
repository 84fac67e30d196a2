-- Finish the oldest waiting message of a conversation: replies, reading, Turn and outbox together.
-- KEYS 1 meta  2 log  3 events  4 inbox  5 lock  6 pending  7 all  8 outbox  9 held
-- ARGV 1 lock token  2 event id  3 hold expected: ticket episode token  4 conversation  5 now ms
--      6 lock ms  7 Turn JSON  8 outbox JSON without its closing brace  9 number of entries N
--      10 … 9+N entry JSONs  then meta fields and values ('' deletes)
-- Returns {"done", entry ids…, 1 if more wait else 0} | {"lost"} | {"changed"}
if redis.call('GET', KEYS[5]) ~= ARGV[1] or redis.call('LINDEX', KEYS[4], 0) ~= ARGV[2] then
  return {'lost'}
end
local held = redis.call('HMGET', KEYS[1], 'ticket', 'episode', 'token')
local hold = (held[1] or '') .. ' ' .. (held[2] or '') .. ' ' .. (held[3] or '0')
if hold ~= ARGV[3] then return {'changed'} end

local n = tonumber(ARGV[9])
local record = redis.call('HGET', KEYS[3], ARGV[2])
local ids = {}
for i = 10, 9 + n do ids[#ids + 1] = redis.call('XADD', KEYS[2], '*', 'd', ARGV[i]) end
for i = 10 + n, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
    if ARGV[i] == 'ticket' then redis.call('ZREM', KEYS[9], ARGV[4]) end
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    if ARGV[i] == 'ticket' then redis.call('ZADD', KEYS[9], 'NX', ARGV[5], ARGV[4]) end
  end
end
local list = ''
if #ids > 0 then list = '"' .. table.concat(ids, '","') .. '"' end
redis.call('HSET', KEYS[3], ARGV[2],
  string.sub(record, 1, -2) .. ',"ids":[' .. list .. '],"turn":' .. ARGV[7] .. '}')
redis.call('XADD', KEYS[8], '*', 'd',
  ARGV[8] .. ',"ids":[' .. list .. '],"id":"' .. (ids[#ids] or '') .. '"}')
redis.call('ZADD', KEYS[7], ARGV[5], ARGV[4])
redis.call('LPOP', KEYS[4])
local more = redis.call('LLEN', KEYS[4])
if more == 0 then
  redis.call('ZREM', KEYS[6], ARGV[4])
  redis.call('DEL', KEYS[5])
else
  redis.call('PEXPIRE', KEYS[5], ARGV[6])
end
local answer = {'done'}
for _, id in ipairs(ids) do answer[#answer + 1] = id end
answer[#answer + 1] = more > 0 and 1 or 0
return answer
