// Searching conversations: what is typed becomes a list of its own, looked for further and further
// back; an empty box leads to the list one came from.

import { get } from "../api.js";
import { t } from "../words.js";
import { byId, say } from "./dom.js";

const PAUSE_MS = 300;
const ENOUGH = 50;

export class Find {
  /**
   * @param {{open: () => void, close: () => void, show: (rows: any[], done: boolean) => void, failed: (error: any) => void}} calls
   */
  constructor(calls) {
    this.calls = calls;
    this.text = /** @type {HTMLInputElement} */ (byId("find-text"));
    this.holder = /** @type {HTMLSelectElement} */ (byId("find-with"));
    this.timer = 0;
    this.turn = 0;
    /** @type {any[]} */
    this.rows = [];
    /** @type {number | null} */
    this.before = null;
    byId("find").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.start();
    });
    this.text.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.start(), PAUSE_MS);
    });
    this.text.addEventListener("keydown", (event) => event.key === "Escape" && this.end());
    this.holder.addEventListener("change", () => this.start());
    byId("find-more").addEventListener("click", () => this.go(this.rows.length + ENOUGH));
  }

  isOn() {
    return !!this.text.value.trim();
  }

  /** Something was done to what was found: look again, without a blank moment. */
  again() {
    if (!this.isOn()) return;
    this.turn += 1;
    const enough = Math.max(1, this.rows.length);
    this.rows = [];
    this.before = null;
    this.go(enough);
  }

  /** Another list was chosen: forget what was looked for. */
  clear() {
    this.turn += 1;
    this.text.value = "";
    byId("find-with").hidden = true;
    this.tell("");
  }

  /** Look for words that were typed elsewhere. @param {string} words */
  look(words) {
    this.text.value = words;
    this.focus();
    this.start();
  }

  focus() {
    this.text.focus();
    this.text.select();
  }

  end() {
    if (!this.text.value) return;
    this.text.value = "";
    this.start();
  }

  start() {
    clearTimeout(this.timer);
    this.turn += 1;
    this.rows = [];
    this.before = null;
    byId("find-with").hidden = !this.isOn();
    if (!this.isOn()) {
      this.tell("");
      return this.calls.close();
    }
    this.calls.open();
    this.go(ENOUGH);
  }

  /** Look further back until there are so many. @param {number} enough */
  async go(enough) {
    const turn = this.turn;
    byId("find-more").hidden = true;
    try {
      do {
        const before = this.before === null ? "" : `&before=${this.before}`;
        const found = await get(`/desk/search?q=${encodeURIComponent(this.text.value)}&with=${this.holder.value}${before}`);
        if (turn !== this.turn) return;
        const known = new Set(this.rows.map((row) => row.conversation));
        this.rows = [...this.rows, ...found.tickets.filter((/** @type {any} */ row) => !known.has(row.conversation))];
        this.before = found.before;
        this.calls.show(this.rows, this.before === null);
        this.tell(this.before === null ? "" : t("find.further"));
      } while (this.before !== null && this.rows.length < enough);
    } catch (error) {
      if (turn === this.turn) this.calls.failed(error);
    }
    if (turn !== this.turn) return;
    byId("find-more").hidden = this.before === null;
    this.tell(t(this.before === null ? "find.found" : "find.found_more", { count: this.rows.length }));
  }

  /** @param {string} words */
  tell(words) {
    say(byId("find-state"), words);
    byId("find-more").hidden ||= !words;
  }
}
