// The box one writes in: it grows with its text, keeps it through a reload, and Enter sends it.

import { byId } from "./page.js";
import { store } from "./wire.js";

const DRAFT = "attune:draft";
const TYPING_EVERY_MS = 3_000;

export class Box {
  /** @type {HTMLTextAreaElement} */
  text = byId("text");
  #lastTyping = 0;

  /** @param {{say: (words: string) => void, typing: () => boolean}} act  `typing` says whether it was told */
  constructor(act) {
    const submit = () => {
      const words = this.text.value.trim();
      if (!words) return;
      this.write("");
      act.say(words);
    };
    byId("composer").onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      submit();
    };
    this.text.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    };
    this.text.oninput = () => {
      this.#grow();
      const now = Date.now();
      if (this.text.value && now - this.#lastTyping >= TYPING_EVERY_MS && act.typing()) this.#lastTyping = now;
    };
    this.write(store.getItem(DRAFT) ?? "");
  }

  /** @param {string} words */
  write(words) {
    this.text.value = words;
    this.#grow();
  }

  #grow() {
    const { text } = this;
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight + 2, innerHeight / 3) + "px";
    byId("send").disabled = !text.value.trim();
    store.setItem(DRAFT, text.value);
  }
}
