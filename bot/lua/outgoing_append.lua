-- Put events in line for their endpoints, once: cursors say how far each source was taken.
-- KEYS 1 cursors  2 endpoints  then four for each event: line  due  flying  state
-- ARGV 1 now ms ('' = Redis's)  2 most waiting  3 number of sources N (0: by hand, tried at once)
--      then three for each source: name  cursor as it was read ('' = none)  cursor afterwards
--      then four for each event: endpoint  conversation  place ('' = the last)  event JSON
-- Returns 1 | 0 when somebody took a source further meanwhile.
local now, most, sources = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local t = redis.call('TIME')
local really = t[1] * 1000 + math.floor(t[2] / 1000)
now = now or really
for i = 4, 3 + 3 * sources, 3 do
  if (redis.call('HGET', KEYS[1], ARGV[i]) or '') ~= ARGV[i + 1] then return 0 end
end
for i = 4, 3 + 3 * sources, 3 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2]) end

local k = 3
for i = 4 + 3 * sources, #ARGV, 4 do
  local name, conversation, place, event = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local line, due, flying, state = KEYS[k], KEYS[k + 1], KEYS[k + 2], KEYS[k + 3]
  k = k + 4
  local off = redis.call('HGET', state, 'halt') == 'off' and sources > 0
  if redis.call('HEXISTS', KEYS[2], name) == 1 and not off then
    if redis.call('ZCARD', line) >= most then
      redis.call('HINCRBY', state, 'lost', 1)
    else
      if place == '' then
        local number = redis.call('HINCRBY', state, 'number', 1)
        place = string.format('%013d-3-%08d-000', really, number)
      end
      redis.call('ZADD', line, 0, conversation .. '|' .. place .. '|' .. event)
      if not redis.call('ZSCORE', flying, conversation) then
        if sources == 0 then
          redis.call('ZADD', due, now, conversation)
        else
          redis.call('ZADD', due, 'NX', now, conversation)
        end
      end
    end
  end
end
return 1
