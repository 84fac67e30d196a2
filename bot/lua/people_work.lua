-- Say what somebody can do and how many conversations they take at once.
-- KEYS 1 people   ARGV 1 person id  2 skills joined by +  3 capacity
-- Returns 1 | 0 when there is no such person.
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return 0 end
local person = cjson.decode(stored)
person['skills'], person['capacity'] = ARGV[2], tonumber(ARGV[3])
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(person))
return 1
