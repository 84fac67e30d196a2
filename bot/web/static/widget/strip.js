// The strip under the heading: who the conversation is with, and what can be done about it. All that
// concerns a person is loaded when the first message is written, or when there is one.

import { t } from "../words.js";
import { byId, el, icon } from "./page.js";

/** @typedef {import("./types.js").State} State */

export class Strip {
  #shown = "";
  /** @type {Promise<import("./later/person.js").Person> | null} */
  #person = null;
  asksEmail = false; // the customer pressed the button for it

  /** @param {import("./types.js").Actions} act */
  constructor(act) {
    this.act = act;
  }

  /** Show a state; nothing moves when nothing changed. @param {State} state */
  async show(state) {
    const key = JSON.stringify([state, this.asksEmail]);
    if (key === this.#shown) return this.#person?.then((person) => person.showCard(state), () => {});
    this.#shown = key;
    const ask = t("ask_person");
    if (state.holder === "bot") this.draw("bot", [line("bot", t("with_bot"))], [button(ask, () => this.act.say(ask))]);
    if (state.holder === "bot" && !state.over && !this.#person) return;
    try {
      const person = await this.person();
      if (key === this.#shown) person.show(state);
    } catch {
      this.#shown = ""; // the next state tries again
    }
  }

  /** Load what concerns a person, once. */
  person() {
    this.#person ??= import("./later/person.js").then(({ begin }) => begin(this));
    this.#person.catch(() => (this.#person = null));
    return this.#person;
  }

  /** @param {string} holder @param {Node[]} lines @param {Node[]} choices */
  draw(holder, lines, choices) {
    const had = byId("choices").contains(document.activeElement);
    byId("strip").dataset.holder = holder;
    byId("standing").replaceChildren(...lines);
    byId("choices").replaceChildren(...choices);
    if (had) byId("text").focus();
  }
}

/** @param {string} name @param {...(Node | string)} words */
export const line = (name, ...words) => el("p", { className: "line" }, icon(name), el("span", {}, ...words));

/** @param {string} words @param {() => void} onclick */
export const button = (words, onclick) => el("button", { type: "button", onclick }, words);
