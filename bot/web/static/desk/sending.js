// Replies that can still be taken back. The server keeps them and sends them by itself when the
// desk is closed; an open desk asks for it on the second.

import { post } from "../api.js";
import { t } from "../words.js";
import { byId, say } from "./dom.js";
import { quietly } from "./rhythm.js";

const TICK_MS = 250;
const AGAIN_MS = 2_000;
const TRIES = 30;

/** @typedef {{op: string, text: string, agent: string, conversation: string, until: number, asked: boolean}} Kept */

export class Sending {
  /**
   * @param {string} me
   * @param {import("./composer.js").Composer} composer
   * @param {() => void} changed  something was sent or taken back
   */
  constructor(me, composer, changed) {
    this.me = me;
    this.composer = composer;
    this.changed = changed;
    this.conversation = "";
    /** @type {Kept[]} */
    this.kept = [];
    byId("undo").addEventListener("click", () => this.takeBackLast());
    setInterval(() => this.tick(), TICK_MS);
  }

  /** @param {string} conversation */
  open(conversation) {
    this.conversation = conversation;
    this.draw();
  }

  /** @param {string} conversation @param {any[]} rows  what the server keeps of it */
  show(conversation, rows) {
    const known = new Map(this.kept.map((one) => [one.op, one]));
    const others = this.kept.filter((one) => one.conversation !== conversation);
    const mine = rows.filter((row) => row.agent === this.me);
    this.kept = [...others, ...mine.map((row) => known.get(row.op) ?? {
      op: row.op, text: row.text, agent: row.agent, conversation, until: Date.now() + row.left_ms, asked: false,
    })];
    this.draw();
  }

  here() {
    return this.kept.filter((one) => one.conversation === this.conversation && !one.asked);
  }

  tick() {
    const due = this.kept.filter((one) => !one.asked && Date.now() >= one.until);
    for (const one of due) this.ask(one, "deliver");
    if (this.here().length || !byId("composer-undo").hidden) this.draw();
  }

  draw() {
    const last = this.here().at(-1);
    byId("composer-undo").hidden = !last;
    if (last) say(byId("undo-words"), t("composer.sends_in", { number: Math.max(1, Math.ceil((last.until - Date.now()) / 1000)) }));
  }

  /** Take the last reply back into its box; false where there is none. */
  takeBackLast() {
    const last = this.here().at(-1);
    if (!last) return false;
    this.composer.restore(last.text);
    this.takeBack(last);
    return true;
  }

  /** Ask until it is answered; what was sent already is no longer to be written. @param {Kept} one */
  async takeBack(one) {
    let answer = await this.ask(one, "undo");
    for (let tries = 1; !answer && tries < TRIES; tries++) {
      if (this.conversation === one.conversation) this.composer.fail(t("composer.wait"));
      await new Promise((done) => setTimeout(done, AGAIN_MS));
      answer = await this.ask(one, "undo");
    }
    if (answer?.undone === false) this.composer.takeOut("reply", one.conversation, one.text);
    if (this.conversation !== one.conversation) return;
    if (answer) this.composer.fail(answer.undone ? "" : t("composer.too_late"));
    else this.composer.fail(t("composer.no_answer"));
  }

  /** @param {Kept} one @param {"deliver" | "undo"} what */
  async ask(one, what) {
    one.asked = true;
    this.draw();
    const answer = await quietly(post(`/desk/conversations/${encodeURIComponent(one.conversation)}/${what}`, { op: one.op }));
    this.kept = this.kept.filter((other) => other !== one);
    this.changed();
    return answer;
  }
}
