// Ctrl or ⌘ and K: everything the desk can do, by a few letters of its name.

import { t } from "../words.js";
import { byId, el, say } from "./dom.js";

/** @typedef {{title: string, keys?: string, can?: () => boolean, run: () => unknown}} Command */

export class Palette {
  /**
   * @param {() => Command[]} commands
   * @param {(words: string) => void} search  looks for conversations
   */
  constructor(commands, search) {
    this.commands = commands;
    this.search = search;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("palette"));
    this.text = /** @type {HTMLInputElement} */ (byId("palette-text"));
    this.list = byId("palette-list");
    /** @type {Command[]} */
    this.shown = [];
    this.at = 0;
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (this.dialog.open) this.dialog.close();
      else this.open();
    });
    this.text.addEventListener("input", () => this.draw());
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (/** @type {Event} */ event) => {
      const item = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[role=option]"));
      if (item) this.run(Number(item.dataset.at));
    });
  }

  open() {
    if (document.querySelector("dialog[open]")) return;
    this.text.value = "";
    this.draw();
    this.dialog.showModal();
  }

  draw() {
    const wanted = this.text.value.trim().toLowerCase();
    const words = wanted.split(/\s+/).filter(Boolean);
    this.shown = this.commands().filter((one) => (one.can?.() ?? true) && words.every((word) => one.title.toLowerCase().includes(word)));
    if (wanted) this.shown.push({ title: t("palette.search_for", { words: this.text.value.trim() }), run: () => this.search(this.text.value.trim()) });
    this.at = 0;
    this.list.replaceChildren(...this.shown.map((one, at) =>
      el("li", { id: `palette-${at}`, role: "option", data: { at } }, el("span", {}, one.title), one.keys ? el("kbd", { className: "key" }, one.keys) : null)));
    say(byId("palette-state"), t("palette.count", { count: this.shown.length }));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === this.at)));
    const now = this.list.children[this.at];
    if (!now) return;
    this.text.setAttribute("aria-activedescendant", now.id);
    now.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const count = this.shown.length;
    if (event.isComposing || !count) return;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % count;
    else if (event.key === "ArrowUp") this.at = (this.at + count - 1) % count;
    else if (event.key === "Enter") this.run(this.at);
    else return;
    event.preventDefault();
    this.mark();
  }

  /** @param {number} at */
  run(at) {
    const chosen = this.shown[at];
    this.dialog.close();
    setTimeout(() => chosen.run(), 0); // the dialog gives the focus back first
  }
}
