// One line across the top for what is wrong with the connection, and what to do about it.

import { say } from "./dom.js";

const GRACE_MS = 2_500;

export class Strip {
  /** @param {HTMLElement} box @param {HTMLElement} words @param {HTMLAnchorElement} act */
  constructor(box, words, act) {
    this.box = box;
    this.words = words;
    this.link = act;
    this.isOut = false;
    this.timer = 0;
    this.streamOpen = true;
    this.onRetry = () => {};
    act.addEventListener("click", (event) => {
      if (this.isOut) return;
      event.preventDefault();
      this.onRetry();
    });
  }

  /** @param {import("../stream.js").StreamState} state */
  stream(state) {
    clearTimeout(this.timer);
    this.streamOpen = state === "open";
    if (state === "open") this.fine();
    else if (state === "offline") this.show("You are offline. What you write is kept, and the desk catches up by itself.", "");
    else if (state === "waiting") {
      this.timer = setTimeout(() => this.show("Reconnecting. What you see may be a little old; what you write is kept.", "Try now"), GRACE_MS);
    }
  }

  /** @param {string} sentence */
  away(sentence) {
    this.show(`${sentence} What you see may be a little old; what you write is kept.`, "Try now");
  }

  signedOut() {
    this.isOut = true;
    this.show("You are signed out. What you wrote is kept on this computer.", "Sign in again");
    this.link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  }

  fine() {
    if (this.isOut || !this.streamOpen) return;
    clearTimeout(this.timer);
    this.box.hidden = true;
  }

  /** @param {string} sentence @param {string} verb */
  show(sentence, verb) {
    if (this.isOut && verb !== "Sign in again") return;
    say(this.words, sentence);
    say(this.link, verb);
    this.link.hidden = !verb;
    this.box.hidden = false;
  }
}
