// One line across the top for what is wrong with the connection, and what to do about it.

import { t } from "../words.js";
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
    else if (state === "offline") this.show(t("strip.offline"), "");
    else if (state === "waiting") {
      this.timer = setTimeout(() => this.show(t("strip.reconnecting"), t("strip.try")), GRACE_MS);
    }
  }

  /** @param {string} sentence */
  away(sentence) {
    this.show(t("strip.away", { problem: sentence }), t("strip.try"));
  }

  signedOut() {
    this.isOut = true;
    this.show(t("strip.signed_out"), t("strip.sign_in"));
    this.link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  }

  fine() {
    if (this.isOut || !this.streamOpen) return;
    clearTimeout(this.timer);
    this.box.hidden = true;
  }

  /** @param {string} sentence @param {string} verb */
  show(sentence, verb) {
    if (this.isOut && verb !== t("strip.sign_in")) return;
    say(this.words, sentence);
    say(this.link, verb);
    this.link.hidden = !verb;
    this.box.hidden = false;
  }
}
