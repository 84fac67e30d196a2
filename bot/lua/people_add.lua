-- Write a person who has no password yet.
-- KEYS 1 people  2 emails   ARGV 1 person id  2 e-mail  3 person JSON
-- Returns 1 | 0 when the e-mail belongs to somebody.
if redis.call('HSETNX', KEYS[2], ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
