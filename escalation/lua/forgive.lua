-- Counts an agent's passed offers from nothing again.
-- ARGV: now agent
-- Gives 1 when there were some, else 0.
local me = agent_row(ARGV[2])
if (me.passes or 0) == 0 then
  return 0
end
me.passes = 0
keep(ARGV[2], me)
return 1
