// t("explain.title") under a message: asked of the server when opened, kept while the page lives.

import { t } from "../words.js";
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
  const part = el("details", { className: "why-reading" }, el("summary", {}, t("explain.title")), state, place);
  const draw = async () => {
    if (place.childElementCount) return;
    try {
      if (!answers.has(entry.id)) {
        say(state, t("explain.reading"));
        answers.set(entry.id, await ask(entry.id));
      }
      say(state, "");
      place.replaceChildren(...shown(entry.text, answers.get(entry.id)));
    } catch (error) {
      say(state, t("explain.again", { problem: error instanceof Error ? error.message : String(error) }));
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
    ? [el("p", { className: "notice attention small" }, t("why.changed"))]
    : [];
  const means = why.pulled.length ? pulledParts(why.pulled) : [el("p", { className: "soft" }, t("why.nothing"))];
  return [...changed, el("h4", {}, t("why.means")), ...means, el("h4", {}, t("why.sounds")), ...feltParts(text, why)];
}
