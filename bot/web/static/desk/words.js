// What the desk says of conversations and tickets, and how it tells the time.

import { find, lang, locale, t } from "../words.js";

/** Why a conversation is here, by code. */
export const REASONS = /** @type {Record<string, string>} */ (find("reasons"));

/** Names of a ticket's clocks. */
export const CLOCKS = /** @type {Record<string, string>} */ (find("clocks"));

export const PRIORITIES = /** @type {Record<string, string>} */ (find("priorities"));

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "short" });
const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const longDay = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const language = new Intl.DisplayNames(lang, { type: "language" });
const MINUTE = 60_000;
const DAY = 86_400_000;

/** @param {number} at */
export const timeOf = (at) => clock.format(at);

/** @param {number} at @param {number} [now] */
export function dayOf(at, now = Date.now()) {
  const name = longDay.format(at);
  if (name === longDay.format(now)) return t("today");
  return name === longDay.format(now - DAY) ? t("yesterday") : name;
}

/** A moment as short as it can be said. @param {number} at @param {number} [now] */
export function momentOf(at, now = Date.now()) {
  if (longDay.format(at) === longDay.format(now)) return clock.format(at);
  return Math.abs(now - at) < 6 * DAY ? `${weekday.format(at)} ${clock.format(at)}` : date.format(at);
}

/** How long, in calm steps. @param {number} ms */
export function lengthOf(ms) {
  const minutes = Math.round(ms / MINUTE);
  if (ms < MINUTE) return t("length.moment");
  if (minutes < 90) return t("length.minutes", { number: minutes });
  if (minutes < 36 * 60) return t("length.hours", { number: Math.round(minutes / 60) });
  return t("length.days", { count: Math.round(minutes / 1440) });
}

/** @param {any} row  a row of a list, or a story */
export const nameOf = (row) =>
  row.name?.trim() || row.customer?.name?.trim() || t("customer", { number: row.conversation.slice(-4) });

/** @param {any} row */
export function reasonOf(row) {
  const code = row.reasons?.[0]?.code ?? row.ticket?.reasons?.[0];
  return code ? REASONS[code] ?? code : "";
}

/** Who a conversation is with. @param {any} row @param {string} me */
export function holderWords(row, me) {
  if (row.holder === "waiting" || row.holder === "bot") return t(`holder.${row.holder}`);
  if (row.agent?.id === me) return t("holder.me");
  return row.agent?.name ? t("holder.agent", { name: row.agent.name }) : t("holder.somebody");
}

/** What the customer says of a line of the card. @type {Record<string, string>} */
export const CHECKS = { confirmed: "confirmed", corrected: "corrected by the customer" };

/** A line that the customer left out, by its kind. @type {Record<string, string>} */
export const LEFT_OUT = { want: "A need", order: "An order number", email: "An e-mail address" };

/** How a ticket ended. @param {any} ticket */
export function outcomeWords(ticket) {
  const known = find("outcomes");
  return known[ticket?.outcome] ?? (ticket?.state === "cancelled" ? known.cancelled : known.closed);
}

/** Who did something: oneself, or a colleague by name. @param {{agent?: string, name?: string}} one @param {string} me */
export const whoOf = (one, me) => (one.agent === me ? t("you") : one.name || t("colleague"));

/** The quiet line an event leaves between messages. @param {any} entry @param {string} me */
export function eventWords(entry, me) {
  const name = eventName(entry);
  if (!find(`events.${name}`)) return "";
  const times = { by: momentOf(entry.due_ms ?? 0), until: momentOf(entry.until_ms ?? 0) };
  const clock = CLOCKS[entry.clock] ?? CLOCKS.any;
  return t(`events.${name}`, { ...entry, ...times, clock, who: whoOf(entry, me), to: entry.to || t("events.a_colleague") });
}

/** @param {any} entry */
function eventName({ what, ...entry }) {
  switch (what) {
    case "ticket_opened":
      return entry.team_online === false ? "handed_alone" : "handed";
    case "handed_back":
      return entry.name || entry.agent ? what : "back";
    case "not_needed":
      return entry.instead ? "not_needed_but" : what;
    case "snooze_over":
      return entry.wrote ? "woken_wrote" : "woken";
    case "rated":
      return entry.comment ? "rated_with" : what;
    default:
      return what;
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
export const percent = (share) => t("why.percent", { number: Math.round(share * 100) });
