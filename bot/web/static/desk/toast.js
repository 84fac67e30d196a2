// One line about what was just done, with a way back where there is one. It waits while it is read.

import { byId, say } from "./dom.js";

const SHOWN_MS = 8_000;

export class Toast {
  constructor() {
    this.box = byId("toast");
    this.button = /** @type {HTMLButtonElement} */ (byId("toast-act"));
    this.timer = 0;
    /** @type {() => void} */
    this.work = () => undefined;
    this.button.addEventListener("click", () => {
      this.hide();
      this.work();
    });
    for (const type of ["pointerenter", "focusin"]) this.box.addEventListener(type, () => clearTimeout(this.timer));
    for (const type of ["pointerleave", "focusout"]) this.box.addEventListener(type, () => this.later());
  }

  /** @param {string} words @param {string} verb @param {() => void} work */
  show(words, verb, work) {
    say(byId("toast-words"), words);
    say(this.button, verb);
    this.work = work;
    this.box.hidden = false;
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), SHOWN_MS);
  }

  hide() {
    clearTimeout(this.timer);
    this.box.hidden = true;
  }
}
