// Writing: a reply or a private note. What is typed is kept per conversation until it has arrived.

import { newOp } from "../api.js";
import { t } from "../words.js";
import { byId, say } from "./dom.js";
import { Suggest, blankIn } from "./suggest.js";

const TYPING_EVERY_MS = 3_000;
const LONGEST = 4_000;
const TELL_LEFT = 300;

/** @typedef {"reply" | "note"} Mode */

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
    /** @type {{text: string, op: string}} */
    this.try = { text: "", op: "" };
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
    this.text.value = this.load();
    this.fail("");
    this.draw();
    this.calls.look(this.text.value, mode === "reply");
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
    this.keep(this.text.value);
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
    if (this.try.text !== text) this.try = { text, op: newOp() };
    this.busy = true;
    this.fail("");
    this.draw();
    try {
      await this.calls.send(mode, text, this.try.op);
      this.try = { text: "", op: "" };
      this.keep("", conversation, mode);
      if (this.conversation === conversation && this.mode === mode && this.text.value === text) this.text.value = "";
    } catch (error) {
      if (this.conversation === conversation) this.fail(t("composer.unsent", { why: error instanceof Error ? error.message : String(error) }));
    } finally {
      this.busy = false;
      this.draw();
    }
  }

  /** Put words back that were taken back: before what was written since. @param {string} text */
  restore(text) {
    if (this.mode !== "reply") this.use("reply", false);
    this.text.value = [text, this.text.value].filter(Boolean).join("\n\n");
    this.keep(this.text.value);
    this.draw();
    this.calls.look(this.text.value, true);
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
    return !!localStorage.getItem(this.place(this.conversation, "reply"))?.trim();
  }

  load() {
    return localStorage.getItem(this.place(this.conversation, this.mode)) ?? "";
  }

  /** @param {string} text @param {string} [conversation] @param {Mode} [mode] */
  keep(text, conversation = this.conversation, mode = this.mode) {
    const place = this.place(conversation, mode);
    try {
      if (text) localStorage.setItem(place, text);
      else localStorage.removeItem(place);
    } catch {
      // A full or forbidden store loses nothing yet: the text is still in its box.
    }
  }

  /** @param {string} conversation @param {Mode} mode */
  place(conversation, mode) {
    return `attune:${mode}:${conversation}`;
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
