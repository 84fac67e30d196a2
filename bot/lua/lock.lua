-- Take the turn lock of a conversation if it is free.
-- KEYS 1 lock STRING   ARGV 1 token  2 lock ms.   Returns 1 if it is yours now, else 0.
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
