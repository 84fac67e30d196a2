// Words to choose from: `/` opens replies over the box, `@` colleagues in a note; a word narrows them,
// the keyboard chooses.
// What nobody knows stays a {{ blank }}; Tab goes from one to the next, and nothing is sent with one.

import { t } from "../words.js";
import { byId, el, say } from "./dom.js";

const MOST = 30;
const TOKENS = { reply: /(^|\s)\/([\p{L}\p{N}_-]*)$/u, note: /(^|[\s(])@([\p{L}\p{N}_-]*)$/u };
const BLANK = /\{\{[^{}]{0,80}\}?\}?/;

/** @typedef {{name: string, title: string, text: string, canned: boolean, told: boolean, score: number}} Reply */

/** @typedef {"reply" | "note"} Mode */

/** The first blank of a text: where it begins and ends; null if it has none. @param {string} text @param {number} [from] */
export function blankIn(text, from = 0) {
  const found = BLANK.exec(text.slice(from));
  return found ? { start: from + found.index, end: from + found.index + found[0].length, words: found[0] } : null;
}

export class Suggest {
  /**
   * @param {HTMLTextAreaElement} box
   * @param {Record<Mode, () => Promise<any[]>>} ask  what there is to choose from
   * @param {() => void} changed  the text is another
   */
  constructor(box, ask, changed) {
    this.box = box;
    this.ask = ask;
    this.changed = changed;
    this.place = byId("suggest");
    this.list = byId("suggest-list");
    /** @type {Mode} */
    this.mode = "reply";
    /** @type {Record<Mode, Reply[] | null>} */
    this.all = { reply: null, note: null };
    /** @type {Reply[]} */
    this.shown = [];
    this.at = 0;
    this.isOff = "";
    box.addEventListener("blur", (event) => this.place.contains(/** @type {Node | null} */ (event.relatedTarget)) || this.close());
    this.place.addEventListener("focusout", () => this.close());
    this.list.addEventListener("pointerdown", (/** @type {Event} */ event) => {
      const item = /** @type {HTMLElement} */ (event.target).closest("[role=option]");
      event.preventDefault();
      if (item) this.choose(Number(/** @type {HTMLElement} */ (item).dataset.at));
    });
  }

  /** Forget what was asked for: another conversation is open. */
  reset() {
    this.all = { reply: null, note: null };
    this.close();
  }

  /** The word after the sign before the caret, null if there is none. */
  token() {
    if (this.box.selectionStart !== this.box.selectionEnd) return null;
    const found = TOKENS[this.mode].exec(this.box.value.slice(0, this.box.selectionStart));
    return found ? found[2] : null;
  }

  /** Look whether the list should be open. @param {Mode} mode */
  async look(mode) {
    this.mode = mode;
    const word = this.token();
    if (word === null) this.isOff = "";
    if (word === null || this.isOff) return this.close();
    try {
      this.all[mode] ??= mode === "reply" ? await this.ask.reply() : (await this.ask.note()).map(colleague);
    } catch (error) {
      this.isOff = "failed";
      say(byId("suggest-state"), error instanceof Error ? error.message : String(error));
      return this.close();
    }
    if (this.token() === word) this.open(word);
  }

  /** @param {string} word */
  open(word) {
    const wanted = word.toLowerCase().replaceAll("_", " ");
    const all = (this.all[this.mode] ?? []).map((one) => ({ one, rank: rank(one, wanted) })).filter(({ rank: at }) => at > 0);
    all.sort((a, b) => (wanted ? b.rank - a.rank : 0));
    this.shown = all.slice(0, MOST).map(({ one }) => one);
    this.at = 0;
    this.list.replaceChildren(...this.shown.map(option));
    this.place.hidden = false;
    const count = this.shown.length;
    say(byId("suggest-state"), count ? t("suggest.some", { count }) : t("suggest.none", { word }));
    this.mark();
  }

  close() {
    if (this.place.hidden) return;
    this.place.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
    say(byId("suggest-state"), "");
  }

  mark() {
    [...this.list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === this.at)));
    const now = this.list.children[this.at];
    if (now) {
      this.box.setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }

  /** Take a key; true when it was for the list or a blank. @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (this.place.hidden) return event.key === "Tab" && !event.shiftKey && this.nextBlank();
    const count = this.shown.length;
    if (event.key === "Escape") {
      this.isOff = "closed";
      this.close();
    } else if (!count) return false;
    else if (event.key === "ArrowDown") this.at = (this.at + 1) % count;
    else if (event.key === "ArrowUp") this.at = (this.at + count - 1) % count;
    else if (event.key === "Enter" || event.key === "Tab") {
      this.choose(this.at);
      return true;
    } else return false;
    this.mark();
    return true;
  }

  /** @param {number} at */
  choose(at) {
    const chosen = this.shown[at];
    const word = this.token() ?? "";
    const end = this.box.selectionStart;
    const start = end - word.length - 1;
    this.close();
    this.box.setRangeText(chosen.text, start, end, "end");
    this.changed();
    this.nextBlank(start);
  }

  /** Select the next blank to be filled, from the caret on and around; false if there is none. @param {number} [from] */
  nextBlank(from = this.box.selectionEnd) {
    const text = this.box.value;
    const found = blankIn(text, from) ?? blankIn(text);
    if (!found) return false;
    this.box.focus();
    this.box.setSelectionRange(found.start, found.end);
    return true;
  }
}

/** A colleague as something to choose. @param {{name: string, state: string}} one @returns {Reply} */
const colleague = ({ name, state }) => ({
  name, title: name, text: `@${name} `, canned: false, told: false, score: state === "available" ? 0.1 : 0,
});

/** How well a reply fits what was typed, 0 if not at all. @param {Reply} reply @param {string} wanted */
function rank(reply, wanted) {
  if (!wanted) return 1;
  const title = `${reply.title} ${reply.name.replaceAll("_", " ")}`.toLowerCase();
  if (title.startsWith(wanted)) return 3;
  if (title.includes(wanted)) return 2;
  return reply.text.toLowerCase().includes(wanted) ? 1 : 0;
}

/** @param {Reply} reply @param {number} at */
function option(reply, at) {
  const mark = reply.told ? "told" : reply.score >= 0.2 ? "fits" : reply.canned ? "canned" : "";
  return el("li", { id: `suggest-${at}`, role: "option", "aria-selected": "false", data: { at } },
    el("span", { className: "suggest-title" }, reply.title, mark ? el("span", { className: `tag ${mark === "fits" ? "accent" : mark === "canned" ? "" : "attention"}` }, t(`suggest.${mark}`)) : null),
    el("span", { className: "suggest-text", dir: "auto" }, reply.text));
}
