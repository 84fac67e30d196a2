// Writing: a reply or a private note. What is typed is kept per conversation until it has arrived.

import { newOp } from "../api.js";
import { t } from "../words.js";
import { byId, say } from "./dom.js";
import * as drafts from "./drafts.js";
import { Suggest, blankIn } from "./suggest.js";

const TYPING_EVERY_MS = 3_000;
const LONGEST = 4_000;
const TELL_LEFT = 300;

/** @typedef {import("./drafts.js").Mode} Mode */

export class Composer {
  /**
   * @param {{send: (mode: Mode, text: string, op: string) => Promise<void>, typing: () => void,
   *   takeBack: () => boolean, sure: () => Promise<boolean>, replies: () => Promise<any[]>,
   *   colleagues: () => Promise<any[]>,
   *   look: (text: string, isReply: boolean) => void}} calls
   *   `takeBack` takes the last reply back if there is one, `sure` asks where a colleague writes,
   *   `look` sees what is being written
   */
  constructor(calls) {
    this.calls = calls;
    this.form = /** @type {HTMLFormElement} */ (byId("composer"));
    this.text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));
    this.button = /** @type {HTMLButtonElement} */ (byId("composer-send"));
    this.wrong = /** @type {HTMLElement} */ (byId("composer-wrong"));
    this.conversation = "";
    /** @type {Mode} */
    this.mode = "reply";
    this.busy = false;
    this.blocked = "";
    this.words = t("talk.send");
    this.lastTyping = 0;
    this.suggest = new Suggest(this.text, { reply: calls.replies, note: calls.colleagues }, () => this.typed());
    for (const type of ["click", "keyup"]) this.text.addEventListener(type, () => this.suggest.look(this.mode));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => this.typed());
    for (const mode of /** @type {Mode[]} */ (["reply", "note"])) {
      byId(`mode-${mode}`).addEventListener("click", () => this.use(mode, true));
    }
    drafts.onOtherTab((mode, conversation, before, now) => {
      if (this.shows(mode, conversation) && this.text.value === before) this.set(now);
    });
  }

  /** Whether a draft is the one in the box. @param {Mode} mode @param {string} conversation */
  shows(mode, conversation) {
    return this.mode === mode && this.conversation === conversation;
  }

  /** Put words into the box. @param {string} text */
  set(text) {
    this.text.value = text;
    this.draw();
    this.calls.look(text, this.mode === "reply");
  }

  /** @param {string} conversation */
  open(conversation) {
    this.conversation = conversation;
    this.suggest.reset();
    this.fail("");
    this.use("reply", false);
  }

  /**
   * What sending a reply would do, and why it cannot be done if so.
   * @param {string} words @param {string} blocked @param {string} placeholder
   */
  allow(words, blocked, placeholder) {
    this.words = words;
    this.blocked = blocked;
    this.placeholder = placeholder;
    this.draw();
  }

  /** @param {Mode} mode @param {boolean} focus */
  use(mode, focus) {
    this.mode = mode;
    this.fail("");
    this.set(drafts.load(mode, this.conversation));
    if (focus) this.text.focus();
  }

  draw() {
    const isNote = this.mode === "note";
    this.form.classList.toggle("is-note", isNote);
    byId("mode-reply").setAttribute("aria-pressed", String(!isNote));
    byId("mode-note").setAttribute("aria-pressed", String(isNote));
    this.text.placeholder = isNote ? t("composer.note_example") : this.placeholder ?? "";
    this.text.setAttribute("aria-label", t(isNote ? "composer.note" : "composer.reply"));
    const blocked = !isNote && this.blocked;
    say(byId("composer-why"), blocked || "");
    const left = LONGEST - lengthOf(this.text.value);
    this.button.disabled = this.busy || !!blocked || left < 0;
    say(byId("composer-verb"), this.busy ? t("composer.sending") : isNote ? t("composer.keep_note") : this.words);
    say(byId("composer-left"), leftWords(left));
    byId("composer-left").classList.toggle("over", left < 0);
    this.text.setAttribute("aria-invalid", String(left < 0));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.suggest.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !this.text.value) {
      if (this.calls.takeBack()) event.preventDefault();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  typed() {
    drafts.keep(this.mode, this.conversation, this.text.value);
    this.draw();
    this.suggest.look(this.mode);
    this.calls.look(this.text.value, this.mode === "reply");
    const now = Date.now();
    if (this.mode === "reply" && !this.blocked && this.text.value && now - this.lastTyping > TYPING_EVERY_MS) {
      this.lastTyping = now;
      this.calls.typing();
    }
  }

  async send() {
    const text = this.text.value;
    const { conversation, mode } = this;
    if (this.busy || !text.trim() || this.button.disabled) return;
    const blank = mode === "reply" && blankIn(text);
    if (blank) {
      this.suggest.nextBlank(0);
      return this.fail(t("composer.blank", { blank: blank.words }));
    }
    if (mode === "reply" && !(await this.calls.sure())) return this.text.focus();
    const last = drafts.lastTry(mode, conversation);
    const { op } = last?.text === text ? last : { op: newOp() };
    drafts.keepTry(mode, conversation, { text, op });
    this.busy = true;
    this.fail("");
    this.draw();
    try {
      await this.calls.send(mode, text, op);
      this.arrived(mode, conversation, op);
    } catch (error) {
      const open = drafts.lastTry(mode, conversation)?.op === op; // else the story showed it meanwhile
      if (open && this.conversation === conversation) this.fail(t("composer.unsent", { why: error instanceof Error ? error.message : String(error) }));
    } finally {
      this.busy = false;
      this.draw();
    }
  }

  /** The server has it: its words leave the box, what was written after them stays. @param {Mode} mode @param {string} conversation @param {string} op */
  arrived(mode, conversation, op) {
    const sent = drafts.lastTry(mode, conversation);
    if (sent?.op !== op) return;
    drafts.keepTry(mode, conversation, null);
    this.takeOut(mode, conversation, sent.text);
  }

  /** Look whether what was tried is in the story, though its answer never came. @param {Set<string>} ops */
  settle(ops) {
    for (const mode of /** @type {Mode[]} */ (["reply", "note"])) {
      const sent = drafts.lastTry(mode, this.conversation);
      if (!sent || !ops.has(sent.op)) continue;
      this.arrived(mode, this.conversation, sent.op);
      if (this.mode === mode && !this.busy) this.fail(this.text.value ? t("composer.one_more") : "");
    }
  }

  /** Take words that were sent from where they are written. @param {Mode} mode @param {string} conversation @param {string} sent */
  takeOut(mode, conversation, sent) {
    const left = drafts.without(drafts.load(mode, conversation), sent);
    drafts.keep(mode, conversation, left);
    if (this.shows(mode, conversation)) this.set(drafts.without(this.text.value, sent));
  }

  /** Put words back that were taken back: before what was written since. @param {string} text */
  restore(text) {
    if (this.mode !== "reply") this.use("reply", false);
    this.set([text, this.text.value].filter(Boolean).join("\n\n"));
    drafts.keep("reply", this.conversation, this.text.value);
    this.text.focus();
  }

  /** Offer replies at the caret. */
  offer() {
    this.text.focus();
    const at = this.text.selectionEnd;
    const gap = at && !/\s/.test(this.text.value[at - 1]) ? " /" : "/";
    this.text.setRangeText(gap, at, at, "end");
    this.typed();
  }

  /** @param {string} sentence */
  fail(sentence) {
    this.wrong.hidden = !sentence;
    say(byId("composer-wrong-words"), sentence);
  }

  /** Tell whether a reply is written and not sent. */
  unsent() {
    return !!drafts.load("reply", this.conversation).trim();
  }
}

/** Letters as the server counts them. @param {string} text */
const lengthOf = (text) => (text.length > LONGEST ? [...text.normalize("NFC")].length : text.length);

/** @param {number} left */
function leftWords(left) {
  if (left >= TELL_LEFT) return "";
  if (left >= 0) return t("composer.left", { count: left });
  return t("composer.over", { count: -left, most: LONGEST });
}
