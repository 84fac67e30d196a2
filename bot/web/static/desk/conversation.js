// One conversation: opened, drawn, kept fresh; who it is with decides what may be done.

import { get, post } from "../api.js";
import { t } from "../words.js";
import { showCard } from "./card.js";
import { clockWords } from "./clock.js";
import { byId, say } from "./dom.js";
import { showLog, unfold } from "./log.js";
import { calmly, soon } from "./rhythm.js";
import { holderWords, momentOf, nameOf } from "./words.js";

const SHOWN_MS = 1_600;
const NEWEST = 80; // shown first, the rest of a long story right after
const MINE_ONLY = ["do-transfer", "do-release", "do-hand-back", "do-spare"];

export class Conversation {
  /**
   * @param {HTMLElement} root
   * @param {import("./composer.js").Composer} composer
   * @param {import("./scroll.js").Scroll} scroll
   * @param {import("./sending.js").Sending} sending
   * @param {{fine: () => void, troubled: (error: any) => void, lookers: (people: any[]) => void}} calls
   */
  constructor(root, composer, scroll, sending, calls) {
    this.root = root;
    this.me = root.dataset.me ?? "";
    this.composer = composer;
    this.scroll = scroll;
    this.sending = sending;
    this.calls = calls;
    this.name = "";
    /** @type {any} */
    this.story = null;
    this.turn = 0;
    this.goneBy = "";
    this.fresh = calmly(() => this.load(false), soon);
  }

  /** The address of this conversation, or of something under it. @param {string} what */
  at(what) {
    return `/desk/conversations/${encodeURIComponent(this.name)}${what ? `/${what}` : ""}`;
  }

  isMine() {
    return this.story?.holder === "agent" && this.story.agent?.id === this.me;
  }

  /** @param {string} name */
  open(name) {
    if (name === this.name) return;
    this.name = name;
    this.story = null;
    this.goneBy = "";
    this.root.dataset.pane = name ? "talk" : "list";
    byId("talk-none").hidden = !!name;
    byId("talk").hidden = !name;
    byId("story").hidden = !name;
    byId("typing").textContent = "";
    if (!name) return;
    byId("log").replaceChildren();
    byId("story-parts").replaceChildren();
    say(byId("talk-name"), "");
    say(byId("talk-state"), "");
    this.notice("");
    for (const one of ["take", "step-in", "resolve", "more-menu"]) byId(one).hidden = true;
    byId("log-wait").hidden = false;
    byId("story-wait").hidden = false;
    this.composer.open(name);
    this.sending.open(name);
    this.composer.allow(t("talk.send"), t("talk.opening"), "");
    this.load(true);
  }

  /** @param {boolean} first */
  async load(first) {
    const turn = ++this.turn;
    const { name } = this;
    if (!name) return;
    try {
      const known = first ? [] : this.story?.entries ?? [];
      const whole = !first && this.story?.whole;
      const found = await get(this.at("") + asked(first, whole ? known : []));
      if (turn !== this.turn || name !== this.name) return;
      const before = this.story;
      const entries = whole ? [...known, ...found.entries] : found.entries;
      this.story = { ...found, entries, shownName: nameOf(found) };
      this.draw(before, first);
      this.calls.fine();
      if (!found.whole) requestAnimationFrame(() => setTimeout(() => this.name === name && this.load(false), 0));
    } catch (error) {
      if (turn !== this.turn || name !== this.name) return;
      byId("log-wait").hidden = true;
      byId("story-wait").hidden = true;
      if (error instanceof Error && "status" in error && error.status === 404) {
        this.gone(this.goneBy);
      } else {
        this.calls.troubled(error);
      }
    }
  }

  /** @param {any} before @param {boolean} first */
  draw(before, first) {
    byId("log-wait").hidden = true;
    this.sending.show(this.name, this.story.sending);
    this.composer.settle(new Set([...this.story.entries, ...this.story.sending].map((one) => one.op)));
    this.calls.lookers(this.story.looking);
    const stay = this.scroll.before(first, this.isMine());
    showLog(byId("log"), this.story, this.me, (entry) => get(this.at(`readings/${encodeURIComponent(entry)}/why`)));
    if (this.story.whole) {
      byId("story-wait").hidden = true;
      showCard(byId("story-parts"), this.story, (message) => this.jump(message), (message) => this.explain(message), { me: this.me, endPromise: (promise, why) => this.endPromise(promise, why) });
    }
    this.drawHead(before);
    stay();
  }

  /** @param {any} before */
  drawHead(before) {
    const { story } = this;
    const { holder, clock } = story;
    const isMine = this.isMine();
    say(byId("talk-name"), story.shownName);
    const who = holderWords(story, this.me);
    const due = holder === "waiting" && clock ? t("talk.due", { holder: who, due: clockWords(clock).words }) : who;
    say(byId("talk-state"), story.snoozed_ms ? t("talk.rests", { holder: due, until: momentOf(story.snoozed_ms) }) : due);
    byId("do-snooze").hidden = !isMine || !!story.snoozed_ms;
    byId("do-wake").hidden = !isMine || !story.snoozed_ms;
    for (const one of MINE_ONLY) byId(one).hidden = !isMine;
    byId("take").hidden = holder !== "waiting";
    byId("step-in").hidden = holder !== "bot";
    byId("resolve").hidden = !isMine;
    byId("more-menu").hidden = !isMine && !byId("do-erase"); // only admins have that one
    this.tellChange(before);
    this.allowWriting();
  }

  /** Say what happened to who holds it. @param {any} before */
  tellChange(before) {
    const { holder, agent } = this.story;
    const others = holder === "agent" && !this.isMine();
    const wasMine = before?.holder === "agent" && before.agent?.id === this.me;
    const who = agent?.name ?? t("colleague");
    if (others && before && before.holder !== "agent") this.notice(t("talk.took", { who }));
    else if (others && before?.agent?.id === this.me) this.notice(t("talk.with", { who }));
    else if (wasMine && holder === "waiting") this.notice(t("talk.back_in_line"));
    else if (before && before.holder !== holder) this.notice("");
  }

  allowWriting() {
    const { holder, agent, shownName } = this.story;
    const words = t(holder === "agent" ? "talk.send" : holder === "waiting" ? "talk.take_and_send" : "talk.step_in_and_send");
    const others = holder === "agent" && !this.isMine();
    const blocked = others ? t("talk.answering", { who: agent?.name ?? t("colleague") }) : "";
    this.composer.allow(words, blocked, t("talk.write_to", { name: shownName }));
  }

  /** What was said goes from this page, too; what the agent is writing stays. @param {string} who  "" if unknown */
  gone(who) {
    this.turn++;
    this.goneBy = who;
    this.story = null;
    for (const one of ["log", "story-parts"]) byId(one).replaceChildren();
    for (const one of ["log-wait", "story-wait", "take", "step-in", "resolve", "more-menu"]) byId(one).hidden = true;
    say(byId("talk-name"), t("talk.deleted"));
    say(byId("talk-state"), "");
    say(byId("typing"), "");
    this.sending.show(this.name, []);
    const left = this.composer.text.value.trim() ? [t("talk.still_in_box")] : [];
    this.notice([who ? t("talk.deleted_by", { who }) : t("talk.not_here"), ...left].join(" "));
    this.composer.allow(t("talk.send"), t("talk.nobody_left"), "");
  }

  /** @param {string} words */
  notice(words) {
    byId("talk-notice").hidden = !words;
    say(byId("talk-notice-words"), words);
  }

  /** @param {string} promise @param {string | null} why  null: it was kept */
  async endPromise(promise, why) {
    try {
      await post(this.at(`promises/${encodeURIComponent(promise)}`), { why });
    } catch (error) {
      this.calls.troubled(error);
      this.notice(error instanceof Error ? error.message : String(error));
    }
    await this.load(false);
  }

  /** Show a message of the log, and where it is. @param {string} message */
  jump(message) {
    const lines = /** @type {HTMLElement[]} */ ([...byId("log").children]);
    const line = lines.find((one) => one.dataset.key === message);
    if (!line) return null;
    line.scrollIntoView({ block: "center" });
    line.classList.add("shown");
    setTimeout(() => line.classList.remove("shown"), SHOWN_MS);
    return line;
  }

  /** Show why a message was read so, below it. @param {string} message */
  explain(message) {
    const line = this.jump(message);
    line?.scrollIntoView({ block: "start" });
    for (const part of [".reading", ".why-reading"]) unfold(line?.querySelector(part));
    /** @type {HTMLElement | null | undefined} */ (line?.querySelector(".why-reading summary"))?.focus({ preventScroll: true });
  }
}

/** What to ask of a story: its end when it is opened, what is new when the rest is known. @param {boolean} first @param {any[]} known */
const asked = (first, known) => (first ? `?newest=${NEWEST}` : known.length ? `?after=${known[known.length - 1].id}` : "");
