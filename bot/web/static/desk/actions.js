// What an agent does to the open conversation; afterwards everything is asked for again.

import { newOp, post } from "../api.js";
import { t } from "../words.js";
import { ask, askColleague, askSpared } from "./dialogs.js";
import { byId, say } from "./dom.js";
import { quietly } from "./rhythm.js";
import { askUntil } from "./snooze.js";

const TOLD_MS = 12_000;

export class Actions {
  /**
   * @param {import("./conversation.js").Conversation} talk
   * @param {import("./lists.js").Lists} lists
   * @param {import("./composer.js").Composer} composer
   * @param {import("./sending.js").Sending} sending
   * @param {import("./hints.js").Hints} hints
   * @param {import("./toast.js").Toast} toast
   * @param {(error: any) => void} troubled
   */
  constructor(talk, lists, composer, sending, hints, toast, troubled) {
    this.talk = talk;
    this.lists = lists;
    this.composer = composer;
    this.sending = sending;
    this.hints = hints;
    this.toast = toast;
    this.troubled = troubled;
    this.warning = "";
    this.toldTimer = 0;
  }

  /** Do something to the open conversation, then see how it stands. @param {() => Promise<any>} work */
  async act(work) {
    this.talk.notice("");
    try {
      return await work();
    } catch (error) {
      const status = error instanceof Error && "status" in error ? error.status : -1;
      this.talk.notice(error instanceof Error ? error.message : String(error));
      if (status === 401 || status === 0) this.troubled(error);
      return null;
    } finally {
      this.lists.acted();
      await Promise.all([this.talk.load(false), this.lists.load()]);
    }
  }

  /** Do one thing with the ticket one holds. @param {string} what @param {object} [more] */
  withTicket(what, more = {}) {
    const { token } = this.talk.story.ticket;
    return this.act(() => post(this.talk.at(what), { op: newOp(), token, ...more }));
  }

  /** Hold the open conversation, taking it or stepping in where that is needed; gives the token. */
  async hold() {
    const { talk } = this;
    if (talk.story.holder === "agent") return talk.story.ticket.token;
    const { ticket, warning } = talk.story.holder === "waiting"
      ? await post(talk.at("claim"), { op: newOp(), ticket: talk.story.ticket.id })
      : await post(talk.at("step-in"), { op: newOp() });
    talk.story = { ...talk.story, holder: "agent", agent: { id: talk.me, name: "" }, ticket };
    this.warning = warning ?? "";
    return ticket.token;
  }

  /** @param {"reply" | "note"} mode @param {string} text @param {string} op */
  async send(mode, text, op) {
    const { talk } = this;
    try {
      if (mode === "note") await post(talk.at("note"), { op, text });
      else {
        const promise = this.hints.kept;
        const { sending } = await post(talk.at("reply"), { op, text, token: await this.hold(), later: true, promise });
        this.hints.clear();
        this.sending.show(talk.name, sending);
      }
      talk.scroll.follow = true;
    } catch (error) {
      this.troubled(error);
      await quietly(talk.load(false));
      throw error;
    }
    await Promise.all([talk.load(false), this.lists.load()]);
  }

  async take() {
    await this.act(() => this.hold());
    if (this.warning) this.talk.notice(this.warning);
    this.warning = "";
    this.composer.text.focus();
  }

  async takeNext() {
    const found = await this.act(() => post("/desk/next", { op: newOp() }));
    if (!found) return;
    if (!found.ticket && found.left) return this.told(t("acts.spared"));
    if (!found.ticket) return say(byId("cue"), t("acts.nobody"));
    location.hash = encodeURIComponent(found.ticket.conversation);
    this.composer.text.focus({ preventScroll: true });
  }

  /** Say something that is not about the open conversation, for a while. @param {string} words */
  told(words) {
    say(byId("list-notice"), words);
    byId("list-notice").hidden = false;
    clearTimeout(this.toldTimer);
    this.toldTimer = setTimeout(() => (byId("list-notice").hidden = true), TOLD_MS);
  }

  async resolve() {
    for (const question of this.beforeResolve()) if (!(await ask(question, t("acts.resolve")))) return;
    const { name, story } = this.talk;
    if (!(await this.withTicket("resolve"))) return;
    this.toast.show(t("acts.resolved", { name: story.shownName }), t("acts.back"), () => this.backTo(name));
    if (this.talk.name === name) this.goOn(name);
  }

  /** Delete the open conversation for good, which only admins may. */
  async erase() {
    const { talk } = this;
    const words = t("acts.delete", { name: talk.story.shownName });
    if (await ask(words, t("acts.delete_it"))) await this.act(() => post(talk.at("erase")));
  }

  /** Open the next conversation one holds, whoever wants an answer first. @param {string} after */
  goOn(after) {
    const rest = this.lists.mine.filter((row) => row.conversation !== after);
    const next = rest.find((row) => row.last?.author === "customer") ?? rest[0];
    if (next) location.hash = encodeURIComponent(next.conversation);
  }

  /** Join again what was resolved a moment ago: the customer is told, as whenever somebody joins. @param {string} name */
  async backTo(name) {
    await this.act(() => post(`/desk/conversations/${encodeURIComponent(name)}/step-in`, { op: newOp() }));
    location.hash = encodeURIComponent(name);
  }

  /** What to ask before a conversation is closed. */
  beforeResolve() {
    const [promise, ...more] = this.talk.story.promises;
    const count = more.length + 1;
    return [
      promise && t(more.length ? "acts.promises_open" : "acts.promise_open", { count, text: promise.text }),
      this.composer.unsent() && t("acts.unsent"),
    ].filter(Boolean);
  }

  async snooze() {
    if (!this.talk.isMine()) return;
    const until = await askUntil();
    if (until) await this.withTicket("snooze", { until_ms: until });
  }

  /** Close what did not need a person. */
  async spare() {
    const chosen = await askSpared();
    if (chosen) await this.withTicket(chosen.how, { spared: chosen.instead });
  }

  async transfer() {
    const chosen = await askColleague();
    if (chosen) await this.withTicket("transfer", chosen);
  }
}
