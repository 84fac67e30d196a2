// Quiet hints while a reply is written: sorry was said before, and this promises something.
// What is written is looked at by the server and kept nowhere.

import { parts, t } from "../words.js";
import { byId, el } from "./dom.js";
import { momentOf, whoOf } from "./words.js";

const PAUSE_MS = 450;
const SHORTEST = 6;

/** @typedef {{text: string, due_ms: number}} Promised */

export class Hints {
  /**
   * @param {string} me
   * @param {{ask: (text: string) => Promise<any>, replies: () => void, jump: (message: string) => void}} calls
   *   `replies` offers other words, `jump` shows a message of the log
   */
  constructor(me, calls) {
    this.me = me;
    this.calls = calls;
    this.place = byId("composer-hints");
    this.timer = 0;
    this.turn = 0;
    /** @type {Promised | null} */
    this.kept = null;
    /** @type {any} */
    this.found = null;
  }

  /** Look at what is being written, once the hands rest. @param {string} text @param {boolean} isReply */
  look(text, isReply) {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    if (!isReply || text.trim().length < SHORTEST || text.length > 4_000) return this.clear();
    this.timer = setTimeout(async () => {
      const found = await this.calls.ask(text).catch(() => null);
      if (turn !== this.turn) return;
      this.found = found;
      if (this.kept && found?.promise?.text !== this.kept.text) this.kept = null;
      this.draw();
    }, PAUSE_MS);
  }

  clear() {
    clearTimeout(this.timer);
    this.turn += 1;
    this.kept = null;
    this.found = null;
    this.draw();
  }

  draw() {
    const parts = [this.sorry(), this.promise()].filter((one) => one !== null);
    if (!parts.length && !this.place.childElementCount) return;
    this.place.replaceChildren(.../** @type {Node[]} */ (parts));
  }

  sorry() {
    const last = this.found?.apologies?.at(-1);
    if (!last) return null;
    const who = last.author === "bot" ? t("hints.the_bot") : whoOf(last, this.me);
    const when = link(momentOf(last.at), () => this.calls.jump(last.message));
    return el("p", {}, ...parts("hints.sorry", { who, when, replies: link(t("hints.replies"), this.calls.replies) }));
  }

  promise() {
    const found = this.found?.promise;
    if (!found) return null;
    const by = momentOf(found.due_ms);
    if (this.kept) {
      const promise = el("b", {}, t("hints.your_promise", { by }));
      return el("p", {}, ...parts("hints.kept", { promise, undo: link(t("hints.untrack"), () => this.keep(null)) }));
    }
    const keep = () => this.keep({ text: found.text, due_ms: found.due_ms });
    const track = link(found.timed ? t("hints.track") : t("hints.track_until", { by }), keep);
    return el("p", {}, ...parts(found.timed ? "hints.timed" : "hints.untimed", { by, track }));
  }

  /** @param {Promised | null} promise */
  keep(promise) {
    this.kept = promise;
    this.draw();
    byId("composer-text").focus();
  }
}

/** @param {string} words @param {() => void} click */
const link = (words, click) => el("button", { className: "link", type: "button", on: { click } }, words);
