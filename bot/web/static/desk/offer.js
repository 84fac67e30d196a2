// What one is offered: a conversation for some seconds, a pause after a hard one. It never takes the
// focus; it is announced once, and the seconds are only to be seen.

import { get, newOp, post } from "../api.js";
import { t } from "../words.js";
import { byId, say } from "./dom.js";
import { clockWords } from "./clock.js";
import { languageOf, nameOf, PRIORITIES, timeOf } from "./words.js";

const TICK_MS = 500;
const TAGS = /** @type {Record<string, string>} */ ({ urgent: "urgent", high: "attention", normal: "" });

export class Offer {
  /**
   * @param {{taken: (conversation: string) => Promise<void>, changed: () => void, cue: (words: string) => void, failed: (error: any) => void, said: (words: string) => void}} calls
   */
  constructor(calls) {
    this.calls = calls;
    /** @type {any} */
    this.offer = null;
    this.after = "";
    this.busy = false;
    this.turn = 0;
    this.skew = 0;
    byId("offer-accept").addEventListener("click", () => this.accept());
    byId("offer-decline").addEventListener("click", () => this.decline());
    byId("pause-take").addEventListener("click", () => this.pause(true));
    byId("pause-decline").addEventListener("click", () => this.pause(false));
    byId("come-back-early").addEventListener("click", () => this.comeBack());
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Ask what is offered now, and show it. */
  async fresh() {
    const turn = ++this.turn;
    const found = await get("/desk/offer");
    if (turn !== this.turn) return;
    this.skew = found.now_ms - Date.now();
    this.show(found.offer);
    this.showPause(found.pause);
    const paused = found.paused_until_ms;
    byId("paused").hidden = !paused;
    if (paused) say(byId("paused-words"), t("offer.paused", { until: timeOf(paused) }));
    byId("sent-away").hidden = !found.sent_away;
  }

  /** @param {any} offer */
  show(offer) {
    const isNew = offer && offer.offer !== this.offer?.offer;
    this.offer = offer;
    byId("offer").hidden = !offer;
    if (!offer) return;
    const name = nameOf(offer);
    const why = offer.why ? offer.why.charAt(0).toUpperCase() + offer.why.slice(1) : "";
    say(byId("offer-title"), name);
    say(byId("offer-why"), why);
    say(byId("offer-priority"), PRIORITIES[offer.priority]);
    byId("offer-priority").className = `tag ${TAGS[offer.priority]}`;
    const clock = { name: "first_reply", warn_ms: offer.due_ms, due_ms: offer.due_ms };
    say(byId("offer-due"), clockWords(clock).words);
    byId("offer-anyone").hidden = !offer.anyone;
    say(byId("offer-anyone"), offer.anyone ? anyoneWords(offer.anyone, offer.skills) : "");
    this.tick();
    if (isNew) this.calls.cue(t("offer.cue", { name, why }));
  }

  /** @param {any} pause */
  showPause(pause) {
    const isNew = pause && pause.after !== this.after;
    this.after = pause?.after ?? "";
    byId("pause").hidden = !pause;
    if (!pause) return;
    const count = pause.minutes;
    say(byId("pause-words"), t("offer.pause", { count }));
    say(byId("pause-take"), t("offer.take", { count }));
    if (isNew) this.calls.cue(t("offer.pause_cue", { count }));
  }

  tick() {
    if (!this.offer) return;
    const left = this.offer.until_ms - Date.now() - this.skew;
    const meter = byId("offer-left");
    meter.max = Math.max(meter.max, left / 1000, 1);
    meter.value = Math.max(0, left / 1000);
    say(byId("offer-seconds"), t("offer.left", { number: Math.max(0, Math.ceil(left / 1000)) }));
    if (left > 0) return;
    this.show(null);
    this.calls.cue(t("offer.gone"));
    this.fresh().catch(this.calls.failed);
  }

  async accept() {
    const { offer } = this;
    if (!offer) return;
    await this.once(async () => {
      const { ticket } = await post("/desk/offer/accept", { op: newOp(), ticket: offer.ticket, offer: offer.offer });
      this.show(null);
      await this.calls.taken(ticket.conversation);
    });
  }

  async decline() {
    const { offer } = this;
    if (!offer) return;
    await this.once(() => post("/desk/offer/decline", { op: newOp(), ticket: offer.ticket, offer: offer.offer }));
  }

  /** @param {boolean} take */
  async pause(take) {
    const { after } = this;
    await this.once(() => post("/desk/pause", { after, take }));
  }

  async comeBack() {
    await this.once(() => post("/desk/pause", {}));
  }

  /** Do one thing at a time, then see how it stands. @param {() => Promise<any>} work */
  async once(work) {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (error) {
      const status = error instanceof Error && "status" in error ? error.status : -1;
      if (status === 409 && error instanceof Error) this.calls.said(error.message);
      else this.calls.failed(error);
    } finally {
      this.busy = false;
      await this.fresh().catch(this.calls.failed);
      this.calls.changed();
    }
  }
}

/** Why anyone may take one that asks for a skill. @param {string} why @param {string[]} skills */
export function anyoneWords(why, skills) {
  const names = skills.map((one) => (one.length === 2 ? languageOf(one) : one)).join(", ");
  return t(why === "nobody" ? "list.anyone" : "list.anyone_overdue", { skills: names });
}
