// "Why this reading?" under a message: asked of the server when opened, kept while the page lives.

import { feltParts, pulledParts } from "../why.js";
import { el, say } from "./dom.js";

const answers = /** @type {Map<string, any>} */ (new Map());
const opened = /** @type {Set<string>} */ (new Set());

/**
 * @param {any} entry  the reading's entry
 * @param {(entry: string) => Promise<any>} ask
 */
export function whyPart(entry, ask) {
  const state = el("p", { className: "small" });
  const place = el("div", { className: "why-box" });
  const part = el("details", { className: "why-reading" }, el("summary", {}, "Why this reading?"), state, place);
  const draw = async () => {
    if (place.childElementCount) return;
    try {
      if (!answers.has(entry.id)) {
        say(state, "Reading it again without each word…");
        answers.set(entry.id, await ask(entry.id));
      }
      say(state, "");
      place.replaceChildren(...shown(entry.text, answers.get(entry.id)));
    } catch (error) {
      say(state, `${error instanceof Error ? error.message : error} Close and open this to try again.`);
    }
  };
  part.addEventListener("toggle", () => {
    if (!part.open) return opened.delete(entry.id);
    opened.add(entry.id);
    return draw();
  });
  part.open = opened.has(entry.id);
  return part;
}

/** @param {string} text @param {any} why */
function shown(text, why) {
  const changed = why.changed
    ? [el("p", { className: "notice attention small" }, "The model has changed since and reads this otherwise today. What follows is about today’s reading.")]
    : [];
  const means = why.pulled.length ? pulledParts(why.pulled) : [el("p", { className: "soft" }, "There was nothing to read.")];
  return [...changed, el("h4", {}, "What it means"), ...means, el("h4", {}, "How it sounds"), ...feltParts(text, why)];
}
