-- Use a sign-in link up: its person gets a name, an e-mail and a password.
-- KEYS 1 link  2 people  3 emails
-- ARGV 1 e-mail  2 name  3 password hash  4 now ms  5 person id if this is somebody new
-- Returns {"done", person id} | {"gone"} | {"taken"}
local link = redis.call('GET', KEYS[1])
if not link then return {'gone'} end
link = cjson.decode(link)
local owner = redis.call('HGET', KEYS[3], ARGV[1])
local id = link['person']
local person
if id == 'first' then
  id = owner or ARGV[5]
  person = cjson.decode(redis.call('HGET', KEYS[2], id) or '{}')
  person['role'] = 'admin'
else
  local stored = redis.call('HGET', KEYS[2], id)
  if not stored then return {'gone'} end
  person = cjson.decode(stored)
  if person['version'] ~= link['version'] then return {'gone'} end
  if owner and owner ~= id then return {'taken'} end
end
if person['email'] then redis.call('HDEL', KEYS[3], person['email']) end
person['email'], person['name'], person['password'] = ARGV[1], ARGV[2], ARGV[3]
person['version'] = (person['version'] or 0) + 1
person['created_ms'] = person['created_ms'] or tonumber(ARGV[4])
redis.call('HSET', KEYS[3], ARGV[1], id)
redis.call('HSET', KEYS[2], id, cjson.encode(person))
redis.call('DEL', KEYS[1])
return {'done', id}
