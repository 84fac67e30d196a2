-- Shared head of every script of the queue: the clock, a ticket's places, agents, offers, events.
-- KEYS: tickets waiting leases agents sequence closed events lines offers mending
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end

-- Same due time: who opened first is first. A score keeps 12 bits below the millisecond.
local function place(row)
  return string.format('%.4f', row.due + (row.order or 0) / 4096)
end

-- A waiting ticket's member of `lines`: by skills, then due time, then order of opening.
local function line(row)
  return string.format('%s|%016.0f|%04d|%s', row.skill, row.due, row.order or 0, row.id)
end

local function read(id)
  local json = redis.call('HGET', KEYS[1], id)
  return json and cjson.decode(json), json
end

local function write(row)
  local json = cjson.encode(row)
  redis.call('HSET', KEYS[1], row.id, json)
  return json
end

local function agent_row(name)
  local kept = redis.call('HGET', KEYS[4], name)
  return kept and cjson.decode(kept) or { load = 0, ops = {} }
end

local function keep(name, me)
  redis.call('HSET', KEYS[4], name, cjson.encode(me))
end

local function add_load(name, by)
  local me = agent_row(name)
  me.load = me.load + by
  keep(name, me)
end

local function is_offered(row)
  return (row.offered or '') ~= ''
end

-- Puts a ticket in line at the place its due time gives it.
local function line_up(row)
  redis.call('ZADD', KEYS[2], place(row), row.id)
  redis.call('ZADD', KEYS[8], 0, line(row))
end

-- Ends a ticket's offer; its number stays, so that a repeated answer to it is known.
local function end_offer(row)
  redis.call('ZREM', KEYS[9], row.id)
  row.offered, row.offer_until = '', 0
end

-- Takes a waiting ticket out of line, whether it is offered or not.
local function step_out(row)
  redis.call('ZREM', KEYS[2], row.id)
  redis.call('ZREM', KEYS[8], line(row))
  if is_offered(row) then
    end_offer(row)
  end
end

-- Notes that somebody took a ticket, for what is fair to give them next; the last eight are kept.
local function note_taken(me, row)
  me.took = me.took or {}
  table.insert(me.took, { id = row.id, at = now, weight = row.weight or 0,
    weight_at = row.weight_at or 0, abusive = row.abusive or false })
  while #me.took > 8 do
    table.remove(me.took, 1)
  end
end

-- Gives a ticket a later weight than it has, also where its agent's last ones are kept.
local function weigh(row, weight, at, abusive)
  if at <= (row.weight_at or 0) then
    return false
  end
  row.weight, row.weight_at = weight, at
  row.abusive = abusive or row.abusive or false
  if row.state == 'claimed' then
    local me = agent_row(row.agent)
    for _, one in ipairs(me.took or {}) do
      if one.id == row.id then
        one.weight, one.weight_at, one.abusive = weight, at, row.abusive
      end
    end
    keep(row.agent, me)
  end
  return true
end

local function event(kind, row, agent, detail)
  redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'kind', kind, 'ticket', row.id,
    'conversation', row.conversation, 'agent', agent, 'token', row.token, 'at', now,
    'detail', detail)
end

-- Puts a waiting ticket, as its row says, where an older version did not: into `lines` or `offers`.
local function line_up_again(id)
  local row = read(id)
  if not row or row.state ~= 'waiting' then
    redis.call('ZREM', KEYS[2], id)
  elseif is_offered(row) then
    redis.call('ZADD', KEYS[9], row.offer_until, id)
  else
    redis.call('ZADD', KEYS[8], 0, line(row))
  end
end

-- Makes `lines` and `offers` again from the rows where their counts do not add up, as when an older
-- version wrote `waiting` alone: about 1,000 tickets a call, due first first, so that none waits
-- for it. Where it went on is kept in `mending`.
local function mend()
  local waiting = redis.call('ZCARD', KEYS[2])
  if redis.call('ZCARD', KEYS[8]) + redis.call('ZCARD', KEYS[9]) == waiting then
    return
  end
  local from = redis.call('GET', KEYS[10])
  if not from then
    redis.call('UNLINK', KEYS[8], KEYS[9])
    from = '-inf'
  end
  local page = redis.call('ZRANGEBYSCORE', KEYS[2], from, '+inf', 'WITHSCORES', 'LIMIT', 0, 1000)
  for at = 1, #page, 2 do
    line_up_again(page[at])
  end
  if #page < 2000 then
    redis.call('DEL', KEYS[10])
    return
  end
  local last = page[#page]
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], last, last)) do
    line_up_again(id)
  end
  redis.call('SET', KEYS[10], '(' .. last)
end

local function words(text, mark)
  local found = {}
  for word in string.gmatch(text, '[^' .. mark .. ']+') do
    table.insert(found, word)
  end
  return found
end

local function covers(have, needed)
  for _, skill in ipairs(needed) do
    if not string.find('+' .. have .. '+', '+' .. skill .. '+', 1, true) then
      return false
    end
  end
  return true
end

-- Gives the first `few` lines of each set of skills that somebody may take, due first first.
-- have: their skills, joined by + ('' = all); after: ms past due when anyone may take one, '' never;
-- duty: the skills of each agent on duty, joined by ; ('' = some of them have all)
-- Each is given as `due|order|ticket id`, which sorts; `whole` holds the members they came from.
local function fronts(have, after, duty, few)
  local found, whole, from = {}, {}, '-'
  while true do
    local first = redis.call('ZRANGEBYLEX', KEYS[8], from, '+', 'LIMIT', 0, 1)[1]
    if not first then
      table.sort(found)
      return found, whole
    end
    local skills = string.match(first, '^[^|]*')
    local needed = words(skills, '+')
    local all = have == '' or covers(have, needed)
    if not all and duty ~= '' then
      all = true
      for _, one in ipairs(words(duty, ';')) do
        all = all and not covers(one, needed)
      end
    end
    local last = '(' .. skills .. '}'
    for _, one in ipairs(redis.call('ZRANGEBYLEX', KEYS[8], '[' .. first, last, 'LIMIT', 0, few)) do
      local due = tonumber(string.sub(one, #skills + 2, #skills + 17))
      if all or (after ~= '' and due + tonumber(after) < now) then
        local short = string.sub(one, #skills + 2)
        table.insert(found, short)
        whole[short] = one
      end
    end
    from = last
  end
end
