-- Gives the first few waiting tickets an agent may take that nobody is offered, due first first.
-- ARGV: now skills after duty few
-- Gives a list of rows.
mend()
local few = tonumber(ARGV[5])
local found = fronts(ARGV[2], ARGV[3], ARGV[4], few)
table.sort(found)
local out = {}
for at = 1, math.min(few, #found) do
  local json = redis.call('HGET', KEYS[1], string.sub(found[at], 23))
  if json then
    table.insert(out, json)
  end
end
return out
