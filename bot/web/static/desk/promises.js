// Promises on the card: what, who, by when, until they are kept or withdrawn with a word.

import { t } from "../words.js";
import { askWord } from "./dialogs.js";
import { el } from "./dom.js";
import { lengthOf, momentOf, whoOf } from "./words.js";

/**
 * @param {any[]} promises
 * @param {string} me
 * @param {(promise: string, why: string | null) => Promise<any>} end
 */
export function promisePart(promises, me, end) {
  if (!promises.length) return null;
  return el("section", { className: "story-part" }, el("h3", {}, t("promised.title")),
    el("ul", { className: "promises" }, ...promises.map((one) => promise(one, me, end))));
}

/** @param {any} one @param {string} me @param {(promise: string, why: string | null) => Promise<any>} end */
function promise(one, me, end) {
  const { words, level } = dueWords(one.due_ms);
  const who = whoOf(one, me);
  const withdraw = async () => {
    const why = await askWord(t("promised.ask_why", { text: one.text }), t("promised.withdraw_it"));
    if (why) await end(one.id, why);
  };
  return el("li", {},
    el("p", { dir: "auto" }, one.text),
    el("p", { className: "small" }, el("span", { className: "soft" }, t("promised.who", { who })), el("span", { className: level }, words)),
    el("p", { className: "row" },
      el("button", { className: "button tight", type: "button", "aria-label": t("promised.kept_label", { text: one.text }), on: { click: () => end(one.id, null) } }, t("promised.kept")),
      el("button", { className: "button plain tight", type: "button", "aria-label": t("promised.withdraw_label", { text: one.text }), on: { click: withdraw } }, t("promised.withdraw"))));
}

/**
 * When a promise has to be kept, and how pressing that is.
 * @param {number} due @param {number} [now]
 * @returns {{words: string, level: "late" | "later"}}
 */
export function dueWords(due, now = Date.now()) {
  const left = due - now;
  if (left < 0) return { words: t("clock.late", { length: lengthOf(-left) }), level: "late" };
  return { words: left < 12 * 3_600_000 ? t("clock.due", { left: lengthOf(left) }) : t("clock.due_at", { when: momentOf(due, now) }), level: "later" };
}
