-- Removes every trace of one ticket but its events, whatever its state.
-- ARGV: now id
-- Gives 1 when there was one, else 0.
local row = read(ARGV[2])
if not row then
  return 0
end
step_out(row)
redis.call('ZREM', KEYS[3], row.id)
redis.call('ZREM', KEYS[6], row.id)
redis.call('HDEL', KEYS[1], row.id)
if row.state == 'claimed' then
  add_load(row.agent, -1)
end
return 1
