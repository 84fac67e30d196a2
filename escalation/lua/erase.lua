-- Removes every trace of one ticket but its events, whatever its state.
-- KEYS: tickets waiting leases agents sequence closed events
-- ARGV: id
-- Gives 1 when there was one, else 0.
local id = ARGV[1]
local json = redis.call('HGET', KEYS[1], id)
if not json then
  return 0
end
local row = cjson.decode(json)
redis.call('ZREM', KEYS[2], id)
redis.call('ZREM', KEYS[3], id)
redis.call('ZREM', KEYS[6], id)
redis.call('HDEL', KEYS[1], id)
if row.state == 'claimed' then
  local me = cjson.decode(redis.call('HGET', KEYS[4], row.agent))
  me.load = me.load - 1
  redis.call('HSET', KEYS[4], row.agent, cjson.encode(me))
end
return 1
