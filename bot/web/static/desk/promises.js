// Promises on the card: what, who, by when, until they are kept or withdrawn with a word.

import { askWord } from "./dialogs.js";
import { el } from "./dom.js";
import { lengthOf, momentOf } from "./words.js";

/**
 * @param {any[]} promises
 * @param {string} me
 * @param {(promise: string, why: string | null) => Promise<any>} end
 */
export function promisePart(promises, me, end) {
  if (!promises.length) return null;
  return el("section", { className: "story-part" }, el("h3", {}, "Promised"),
    el("ul", { className: "promises" }, ...promises.map((one) => promise(one, me, end))));
}

/** @param {any} one @param {string} me @param {(promise: string, why: string | null) => Promise<any>} end */
function promise(one, me, end) {
  const { words, level } = dueWords(one.due_ms);
  const who = one.agent === me ? "You" : one.name || "A colleague";
  const withdraw = async () => {
    const why = await askWord(`Why is “${one.text}” not kept? The customer is not told by this.`, "Withdraw it");
    if (why) await end(one.id, why);
  };
  return el("li", {},
    el("p", { dir: "auto" }, one.text),
    el("p", { className: "small" }, el("span", { className: "soft" }, `${who}, `), el("span", { className: level }, words)),
    el("p", { className: "row" },
      el("button", { className: "button tight", type: "button", "aria-label": `Kept: ${one.text}`, on: { click: () => end(one.id, null) } }, "Kept"),
      el("button", { className: "button plain tight", type: "button", "aria-label": `Withdraw: ${one.text}`, on: { click: withdraw } }, "Withdraw…")));
}

/**
 * When a promise has to be kept, and how pressing that is.
 * @param {number} due @param {number} [now]
 * @returns {{words: string, level: "late" | "later"}}
 */
export function dueWords(due, now = Date.now()) {
  const left = due - now;
  if (left < 0) return { words: `${lengthOf(-left)} late`, level: "late" };
  return { words: left < 12 * 3_600_000 ? `due in ${lengthOf(left)}` : `due ${momentOf(due, now)}`, level: "later" };
}
