-- Gives an open ticket a later weight; nothing else of it changes.
-- ARGV: now id weight weight_at abusive(0 or 1)
-- Gives 1 when its weight is that one now, else 0.
local row = read(ARGV[2])
if not row or (row.state ~= 'waiting' and row.state ~= 'claimed') then
  return 0
end
if not weigh(row, tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == '1') then
  return 0
end
write(row)
return 1
