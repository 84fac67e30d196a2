-- Remove a person, but never the last admin who can sign in.
-- KEYS 1 people  2 emails   ARGV 1 person id
-- Returns "done" | "gone" | "last"
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return 'gone' end
local others = 0
for _, row in ipairs(redis.call('HVALS', KEYS[1])) do
  local one = cjson.decode(row)
  if row ~= stored and one['role'] == 'admin' and one['password'] ~= '' then others = others + 1 end
end
if cjson.decode(stored)['role'] == 'admin' and others == 0 then return 'last' end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], cjson.decode(stored)['email'])
return 'done'
