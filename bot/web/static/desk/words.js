// Everything the desk says by itself, and how it tells the time.

export const REASONS = /** @type {Record<string, string>} */ ({
  safety_or_legal: "Safety or legal",
  asked_for_human: "Asked for a person",
  vulnerable: "A hard time",
  frustrated: "Out of patience",
  complex: "More than an answer can settle",
  repeated_failure: "The bot did not help",
  service_failure: "Attune could not do its part",
  language: "Another language",
  agent_joined: "A colleague stepped in",
});

/** Names of a ticket's clocks. */
export const CLOCKS = /** @type {Record<string, string>} */ ({
  first_reply: "First reply",
  next_reply: "Next reply",
  resolution: "Resolution",
});

export const PRIORITIES = /** @type {Record<string, string>} */ ({
  urgent: "Urgent",
  high: "High",
  normal: "In turn",
});

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const longDay = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const language = new Intl.DisplayNames("en", { type: "language" });
const MINUTE = 60_000;
const DAY = 86_400_000;

/** @param {number} at */
export const timeOf = (at) => clock.format(at);

/** @param {number} at @param {number} [now] */
export function dayOf(at, now = Date.now()) {
  const name = longDay.format(at);
  if (name === longDay.format(now)) return "Today";
  return name === longDay.format(now - DAY) ? "Yesterday" : name;
}

/** A moment as short as it can be said. @param {number} at @param {number} [now] */
export function momentOf(at, now = Date.now()) {
  if (longDay.format(at) === longDay.format(now)) return clock.format(at);
  return Math.abs(now - at) < 6 * DAY ? `${weekday.format(at)} ${clock.format(at)}` : date.format(at);
}

/** How long, in calm steps. @param {number} ms */
export function lengthOf(ms) {
  const minutes = Math.round(ms / MINUTE);
  if (ms < MINUTE) return "under 1 min";
  if (minutes < 90) return `${minutes} min`;
  if (minutes < 36 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}

/** @param {any} row  a row of a list, or a story */
export const nameOf = (row) =>
  row.name?.trim() || row.customer?.name?.trim() || `Customer ${row.conversation.slice(-4)}`;

/** @param {any} row */
export function reasonOf(row) {
  const code = row.reasons?.[0]?.code ?? row.ticket?.reasons?.[0];
  return code ? REASONS[code] ?? code : "";
}

/** Who a conversation is with. @param {any} row @param {string} me */
export function holderWords(row, me) {
  if (row.holder === "waiting") return "Waiting for a person";
  if (row.holder === "bot") return "With the bot";
  if (row.agent?.id === me) return "With you";
  return `With ${row.agent?.name ?? "a colleague"}`;
}

/** How a ticket ended. @param {any} ticket */
export function outcomeWords(ticket) {
  const how = /** @type {Record<string, string>} */ ({
    resolved: "Resolved",
    handed_back: "Handed back to the bot",
    customer_withdrew: "Customer let go",
  });
  return how[ticket?.outcome] ?? (ticket?.state === "cancelled" ? "Cancelled" : "Closed");
}

/** The quiet line an event leaves between messages. @param {any} entry @param {string} me */
export function eventWords(entry, me) {
  const who = entry.agent === me ? "You" : entry.name || "A colleague";
  switch (entry.what) {
    case "ticket_opened":
      return entry.team_online === false ? "Handed to the team while nobody was on duty" : "Handed to the team";
    case "agent_joined":
      return `${who} joined`;
    case "agent_released":
      return `${who} put it back in line`;
    case "transferred":
      return `${who} passed it on to ${entry.to || "a colleague"}`;
    case "resolved":
      return `${who} resolved it`;
    case "handed_back":
      return entry.name || entry.agent ? `${who} handed it back to the bot` : "Back with the bot";
    case "ticket_cancelled":
      return "The customer no longer needs a person";
    case "sla_warning":
      return `${CLOCKS[entry.clock] ?? "A clock"} was nearly due`;
    case "sla_breached":
      return `${CLOCKS[entry.clock] ?? "A clock"} became late; the lead was told`;
    case "overdue":
      return "The promised time passed; the customer was told";
    case "email_left":
      return "The customer left an e-mail address";
    case "person_declined":
      return "The customer declined a person";
    case "not_needed":
      return `${who} said that this did not need a person${entry.instead ? `: “${entry.instead}”` : ""}`;
    case "promise_made":
      return `${who} promised by ${momentOf(entry.due_ms)}: “${entry.text}”`;
    case "promise_kept":
      return `${who} kept a promise: “${entry.text}”`;
    case "promise_withdrawn":
      return `${who} withdrew a promise, “${entry.text}”: ${entry.why}`;
    case "snoozed":
      return `${who} let it rest until ${momentOf(entry.until_ms)}`;
    case "snooze_over":
      return entry.wrote ? "Back, because the customer wrote" : "Back from its rest";
    case "rated":
      return `The customer rated the help ${entry.score} of 5${entry.comment ? `: “${entry.comment}”` : ""}`;
    default:
      return "";
  }
}

/** @param {string} code */
export function languageOf(code) {
  try {
    return language.of(code) ?? code;
  } catch {
    return code;
  }
}

/** @param {number} share  0-1 */
export const percent = (share) => `${Math.round(share * 100)} %`;
