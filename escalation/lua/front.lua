-- Gives the waiting tickets an agent may take that nobody is offered, the first few of each set of
-- skills, due first first.
-- ARGV: now skills after duty few
-- Gives a list of rows.
mend()
local found = fronts(ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]))
local out = {}
for _, one in ipairs(found) do
  local json = redis.call('HGET', KEYS[1], string.sub(one, 23))
  if json then
    table.insert(out, json)
  end
end
return out
