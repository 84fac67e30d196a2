// The conversation: messages grouped by speaker and time, evidence marked, notes unmistakable.

import { find, t } from "../words.js";
import { el, icon, keyed, whole } from "./dom.js";
import { whyPart } from "./why.js";
import { dayOf, eventWords, languageOf, percent, timeOf, whoOf } from "./words.js";

const TOGETHER_MS = 4 * 60_000;
const { neutral: NEUTRAL, ...FEELINGS } = /** @type {Record<string, string>} */ (find("log.feelings"));

/** @typedef {{kind: string, entry: any, first: boolean, day: string, reading: any, marks: any[]}} Line */

/**
 * Show a story in the log; known lines stay where they are.
 * @param {Element} log
 * @param {any} story
 * @param {string} me
 * @param {(entry: string) => Promise<any>} ask  why a reading came out so
 */
export function showLog(log, story, me, ask) {
  const context = { me, ask, titles: story.titles ?? {}, name: story.shownName };
  keyed(
    log,
    lines(story, me),
    (line) => line.entry.id,
    (line) => make(line, context),
    (element, line) => element.dataset.seen !== stamp(line) && refresh(element, line, context),
  );
}

/** @param {any} story @param {string} me @returns {Line[]} */
function lines(story, me) {
  const readings = new Map();
  for (const one of story.entries) if (one.kind === "reading") readings.set(one.message_id, one);
  const marks = new Map();
  for (const reason of story.card?.reasons ?? []) {
    for (const one of reason.evidence) {
      marks.set(one.message, [...(marks.get(one.message) ?? []), { ...one, why: reason.sentence }]);
    }
  }
  const shown = [];
  const day = days();
  /** @type {any} */
  let before = null;
  for (const entry of story.entries) {
    if (entry.kind === "reading") continue;
    if (entry.kind === "event" && !eventWords(entry, me)) continue;
    const newDay = !before || day(before.at) !== day(entry.at);
    const together = !newDay && before?.kind === entry.kind && speaker(before) === speaker(entry)
      && entry.at - before.at < TOGETHER_MS;
    shown.push({
      kind: entry.kind, entry, first: !together, day: newDay ? day(entry.at) : "",
      reading: readings.get(entry.id), marks: marks.get(entry.id) ?? [],
    });
    before = entry;
  }
  for (const one of story.sending ?? []) {
    const entry = { ...one, id: `sending-${one.op}`, kind: "message", author: "agent", at: Date.now(), sending: true };
    shown.push({ kind: "message", entry, first: true, day: "", reading: null, marks: [] });
  }
  return shown;
}

/** The days of moments, each named once: naming one is slow, and no zone is off by less than 15 min. */
function days() {
  const names = new Map();
  return (/** @type {number} */ at) => {
    const quarter = Math.floor(at / 900_000);
    if (!names.has(quarter)) names.set(quarter, dayOf(at));
    return names.get(quarter);
  };
}

/** @param {any} entry */
const speaker = (entry) => `${entry.kind}:${entry.author ?? ""}:${entry.agent ?? ""}`;

/** @param {Line} line */
const stamp = (line) => `${line.first}|${line.day}|${!!line.reading}|${line.marks.map((one) => one.span).join()}`;

/** @param {Line} line @param {any} context */
function make(line, context) {
  const element = el("article", { className: "line" });
  refresh(element, line, context);
  return element;
}

/** @param {HTMLElement} element @param {Line} line @param {any} context */
function refresh(element, line, context) {
  const open = element.querySelector("details")?.open ?? false;
  element.dataset.seen = stamp(line);
  const { entry } = line;
  const kind = entry.kind === "message" ? entry.author : entry.kind;
  element.className = `line ${kind}${line.first ? " first" : ""}${entry.sending ? " sending" : ""}`;
  /** @type {HTMLElement[]} */
  const parts = line.day ? [el("h3", { className: "day" }, line.day)] : [];
  if (entry.kind === "event") parts.push(el("p", { className: "event-words" }, `${eventWords(entry, context.me)} `, clock(entry)));
  else if (entry.kind === "note") parts.push(note(entry, context));
  else parts.push(...message(line, context));
  element.replaceChildren(...parts);
  if (open) unfold(element.querySelector("details"));
}

/** Open a part and have it filled at once; by itself the browser would tell it later. @param {Element | null | undefined} part */
export function unfold(part) {
  if (!(part instanceof HTMLDetailsElement)) return;
  part.open = true;
  part.dispatchEvent(new Event("toggle"));
}

/** @param {any} entry */
const clock = (entry) =>
  el("time", { dateTime: new Date(entry.at).toISOString() }, timeOf(entry.at));

/** @param {any} entry @param {any} context */
function note(entry, context) {
  const who = whoOf(entry, context.me);
  return el("div", { className: "note-card" },
    el("p", { className: "note-head" }, icon("lock-keyhole"), " ", el("b", {}, t("log.note", { who })), t("log.note_more"), clock(entry)),
    el("p", { className: "text", dir: "auto" }, ...named(entry)));
}

/** A note's text with the colleagues it calls set off. @param {any} entry */
function named(entry) {
  const names = /** @type {string[]} */ (entry.mentions ?? []);
  const signs = names.flatMap((name) => [`@${name}`, `@${name.split(" ")[0]}`]).sort((a, b) => b.length - a.length);
  /** @type {(string | Node)[]} */
  const parts = [];
  let rest = /** @type {string} */ (entry.text);
  while (rest) {
    const lower = rest.toLowerCase();
    const found = signs.map((sign) => ({ sign, at: lower.indexOf(sign.toLowerCase()) })).filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
    if (!found) break;
    parts.push(rest.slice(0, found.at), el("b", { className: "mention" }, rest.slice(found.at, found.at + found.sign.length)));
    rest = rest.slice(found.at + found.sign.length);
  }
  return [...parts, rest];
}

/** @param {Line} line @param {any} context */
function message(line, context) {
  const { entry } = line;
  /** @type {HTMLElement[]} */
  const parts = [];
  if (line.first) parts.push(el("p", { className: "who" }, el("b", { dir: "auto" }, author(entry, context)), " ", entry.sending ? el("span", { className: "soft" }, t("log.sending")) : clock(entry)));
  const bubble = el("p", { className: "text bubble", dir: "auto" });
  bubble.append(...marked(entry.text, line.marks));
  parts.push(bubble);
  if (line.reading) parts.push(reading(line.reading, context));
  return parts;
}

/** @param {any} entry @param {any} context */
function author(entry, context) {
  if (entry.author === "customer") return context.name;
  return entry.author === "bot" ? t("bot") : whoOf(entry, context.me);
}

/**
 * The text with its evidence marked. Spans count code points, as the server does.
 * @param {string} text
 * @param {{span: [number, number], why: string}[]} marks
 */
function marked(text, marks) {
  const letters = [...text];
  const sorted = [...marks].sort((a, b) => a.span[0] - b.span[0]);
  const parts = [];
  let at = 0;
  for (const { span: [start, end], why } of sorted) {
    if (start < at || end > letters.length) continue;
    if (start > at) parts.push(...whole(letters.slice(at, start).join("")));
    parts.push(el("mark", { title: why }, ...whole(letters.slice(start, end).join(""))));
    at = end;
  }
  parts.push(...whole(letters.slice(at).join("")));
  return parts;
}

/** @param {string | null} name @param {any} context */
const titleOf = (name, context) => (name ? context.titles[name] ?? name : t("log.unsure"));

/** What the bot read in a message, for whoever wants to know: made when it is opened. @param {any} entry @param {any} context */
function reading(entry, context) {
  const row = entry.reading;
  if (!row) return el("p", { className: "reading soft small" }, t("log.unread"));
  const felt = FEELINGS[row.emotion];
  const words = t(felt ? "log.read_as_felt" : "log.read_as", { title: titleOf(row.intent, context), felt });
  const part = el("details", { className: "reading" }, el("summary", {}, words));
  part.addEventListener("toggle", () => part.open && part.childElementCount === 1 && part.append(...readingParts(entry, context)));
  return part;
}

/** @param {any} entry @param {any} context */
function readingParts(entry, context) {
  const row = entry.reading;
  const felt = FEELINGS[row.emotion];
  const rows = [
    [t("log.wants"), row.ranking.slice(0, 3).map((/** @type {any} */ one) => `${titleOf(one.intent, context)} ${percent(one.confidence)}`).join(" · ")],
    [t("log.feels"), t("log.feels_words", { felt: felt ?? NEUTRAL, sentiment: t(`log.sentiments.${row.sentiment}`) })],
    [t("log.patience"), percent(row.frustration)],
    [t("log.urgent"), percent(row.urgency)],
    [t("log.hard"), percent(row.vulnerable ?? 0)],
    [t("log.language"), languageOf(row.language)],
    entry.answered && [t("log.said"), t("log.said_words", { title: context.titles[entry.answered] ?? entry.answered.replaceAll("_", " "), tone: entry.tone })],
    entry.offer && [t("log.offered"), t("log.offered_person")],
    ...(entry.reasons ?? []).map((/** @type {any} */ one) => [t("log.reason"), one.counterfactual ? `${one.sentence}; ${one.counterfactual}` : one.sentence]),
  ].filter(Boolean);
  return [
    el("dl", {}, ...rows.flatMap(([term, words]) => [el("dt", {}, term), el("dd", { dir: "auto" }, words)])),
    whyPart(entry, context.ask),
  ];
}
