// What the lead sees: whose clock has run out, and who holds it. Only admins get rows.

import { t } from "../words.js";
import { lateWords } from "./clock.js";
import { el, keyed, say } from "./dom.js";
import { CLOCKS, holderWords, nameOf } from "./words.js";

/**
 * @param {HTMLElement} box @param {HTMLElement} list @param {HTMLElement} count
 * @param {any[]} rows @param {string} me
 */
export function showBreached(box, list, count, rows, me) {
  box.hidden = rows.length === 0;
  say(count, t("list.breached", { count: rows.length }));
  keyed(list, rows, (row) => row.conversation, line, (item, row) => {
    const link = /** @type {HTMLAnchorElement} */ (item.firstElementChild);
    link.href = `#${encodeURIComponent(row.conversation)}`;
    const [name, words] = /** @type {HTMLElement[]} */ ([...link.children]);
    say(name, nameOf(row));
    say(words, t("list.breached_row", { clock: CLOCKS[row.clock.name], late: lateWords(row.clock), holder: holderWords(row, me) }));
  });
}

const line = () => el("li", {}, el("a", {}, el("span", { className: "item-name", dir: "auto" }), el("span", { className: "soft small" })));
