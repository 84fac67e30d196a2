// The clocks of a ticket, counted down in business time: only open hours pass, as the server told them.

import { t } from "../words.js";
import { icon, say } from "./dom.js";
import { CLOCKS, lengthOf, momentOf } from "./words.js";

/**
 * @typedef {{name: string, state: string, since_ms: number, warn_ms: number, due_ms: number, stopped_ms: number | null, left_ms: number, resumes_ms: number | null}} Clock
 * @typedef {{now_ms: number, open: [number, number][]}} Hours
 * @typedef {"late" | "near" | "later"} Level
 */

const FAR_MS = 12 * 3_600_000;
const DUE = /** @type {Record<string, string>} */ ({ first_reply: "due", next_reply: "next", resolution: "close" });
const MARKS = /** @type {Record<Level, string>} */ ({ late: "triangle-alert", near: "clock", later: "" });

let hours = /** @type {[number, number][]} */ ([]);
let ahead = 0;

/** Take over what the server says of its time and its open hours. @param {Hours} told */
export function setHours(told) {
  hours = told.open;
  ahead = told.now_ms - Date.now();
}

/** The server's time. */
export const serverNow = () => Date.now() + ahead;

/** Open time between two moments, in ms. @param {number} start @param {number} end */
function openBetween(start, end) {
  return hours.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)), 0);
}

/** When the shop opens next, null while it is open or if nobody knows. @param {number} now */
function resumes(now) {
  if (hours.some(([from, to]) => from <= now && now < to)) return null;
  return hours.find(([from]) => from > now)?.[0] ?? null;
}

/**
 * What a list says of a running clock, and how pressing it is.
 * @param {Pick<Clock, "name" | "warn_ms" | "due_ms">} clock @param {number} [now]
 * @returns {{words: string, level: Level}}
 */
export function clockWords(clock, now = serverNow()) {
  const verb = DUE[clock.name];
  const level = now > clock.due_ms ? "late" : now >= clock.warn_ms ? "near" : "later";
  if (level === "late") return { words: t(verb === "due" ? "clock.late" : `clock.${verb}_late`, { length: lateness(clock, now) }), level };
  const opens = resumes(now);
  if (opens !== null) return { words: t("clock.paused", { until: momentOf(opens, now) }), level };
  const left = hours.length ? openBetween(now, clock.due_ms) : clock.due_ms - now;
  const near = left < FAR_MS && (!hours.length || clock.due_ms <= hours[hours.length - 1][1]);
  return { words: near ? t(`clock.${verb}`, { left: lengthOf(left) }) : t(`clock.${verb}_at`, { when: momentOf(clock.due_ms, now) }), level };
}

/** How late a clock is, in open time where that is known. @param {Pick<Clock, "due_ms">} clock @param {number} [now] */
export const lateWords = (clock, now = serverNow()) => t("clock.late", { length: lateness(clock, now) });

/** @param {Pick<Clock, "due_ms">} clock @param {number} now */
function lateness(clock, now) {
  const known = hours.length && hours[0][0] <= clock.due_ms;
  return lengthOf(known ? openBetween(clock.due_ms, now) : now - clock.due_ms);
}

/**
 * Show a clock in its place: words, an icon once it is near or late, and the level as a class.
 * @param {Element} place @param {Clock} clock @param {string} base  the place's own class
 */
export function showClock(place, clock, base) {
  const { words, level } = clockWords(clock);
  const name = `${base} ${level}`;
  if (place.className !== name) {
    place.className = name;
    place.replaceChildren(...(MARKS[level] ? [icon(MARKS[level])] : []), document.createElement("span"));
  }
  if (!place.lastElementChild) place.replaceChildren(document.createElement("span"));
  say(/** @type {HTMLElement} */ (place.lastElementChild), words);
}

/** All that the card says of one clock. @param {Clock} clock */
export function cardWords(clock) {
  const name = CLOCKS[clock.name];
  if (clock.stopped_ms === null) return { name, ...clockWords(clock) };
  const length = lengthOf(openBetween(clock.since_ms, clock.stopped_ms));
  const late = clock.state === "breached";
  return { name, words: t(late ? "clock.after_late" : "clock.after", { length }), level: /** @type {Level} */ (late ? "late" : "later") };
}
