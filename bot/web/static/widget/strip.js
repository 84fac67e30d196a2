// The strip under the heading: who the conversation is with, and what can be done about it. Nobody
// here? Then it asks for an e-mail address, so that no one waits for nothing. And the rating.

import { ASK_PERSON, byId, el, icon, waitingWords } from "./page.js";
import { ApiError } from "./wire.js";

/** @typedef {import("./types.js").State} State */

export class Strip {
  #shown = "";
  #asksEmail = false; // the customer pressed the button for it
  #later = false; // the customer does not want to rate now

  /** @param {import("./types.js").Actions} act */
  constructor(act) {
    this.act = act;
    onSubmit("email-form", "email-problem", () => this.#saveEmail());
    onSubmit("rating", "rating-problem", () => this.#rate());
    byId("later").onclick = () => {
      byId("rating").hidden = this.#later = true;
      byId("text").focus();
    };
  }

  /** Show a state; nothing moves when nothing changed. @param {State} state */
  show(state) {
    const key = JSON.stringify([state, this.#asksEmail]);
    if (key === this.#shown) return;
    this.#shown = key;
    const had = byId("choices").contains(document.activeElement);
    const form = state.holder === "waiting" && (this.#asksEmail || !(state.team_online || state.email));
    byId("strip").dataset.holder = state.holder;
    byId("standing").replaceChildren(...standing(state, form));
    byId("choices").replaceChildren(...this.#choices(state, form));
    byId("email-form").hidden = !form;
    this.#later &&= state.can_rate;
    byId("rating").hidden = !state.can_rate || this.#later;
    if (had) byId(form ? "email" : "text").focus();
  }

  /** @param {State} state @param {boolean} form */
  #choices(state, form) {
    if (state.holder === "agent") return [];
    if (state.holder === "bot") return [button(ASK_PERSON, () => this.act.say(ASK_PERSON))];
    const ask = () => {
      this.#asksEmail = true;
      byId("email").value = state.email ?? "";
      this.show(state);
    };
    const never = button("Never mind", () => {
      never.disabled = true;
      this.act.cancel().catch(() => (never.disabled = false));
    });
    const other = state.email ? "Another e-mail address" : "Leave my e-mail";
    return form ? [never] : [never, button(other, ask)];
  }

  async #saveEmail() {
    const input = byId("email");
    if (!input.checkValidity()) {
      input.focus();
      return "That does not look like an e-mail address. Is something missing?";
    }
    const asked = this.#asksEmail;
    this.#asksEmail = false;
    await this.act.leaveEmail(input.value.trim()).catch((error) => {
      this.#asksEmail = asked;
      throw error;
    });
    byId("text").focus();
    return "";
  }

  async #rate() {
    const given = new FormData(byId("rating"));
    if (!given.get("score")) return "Choose one of the five first.";
    await this.act.rate(Number(given.get("score")), String(given.get("comment")).trim());
    byId("rating").reset();
    byId("text").focus();
    return "";
  }
}

/** @param {State} state @param {boolean} form */
function standing(state, form) {
  if (state.holder === "bot") return [line("bot", "With our automated assistant")];
  if (state.holder === "agent") {
    return [line("user", strong(state.agent?.name ?? "A person"), " from the team is with you")];
  }
  const more = state.team_online && waitingWords(state);
  const words = state.team_online ? "Waiting for the team" : "Nobody from the team is here now";
  const also = !form && state.email && line("check", "The team can also write to ", strong(state.email));
  return [line("clock", strong(words), more && ": " + more), ...(also ? [also] : [])];
}

/** Do something when a form is sent, and say beside it what went wrong. @param {string} form @param {string} place @param {() => Promise<string>} work */
function onSubmit(form, place, work) {
  byId(form).onsubmit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    byId(place).textContent = "";
    byId(place).textContent = await work().catch(
      (error) =>
        "Not saved: " +
        (error instanceof ApiError && !error.passing ? error.message : "try again in a moment. Your words are kept."),
    );
  };
}

/** @param {string} words */
const strong = (words) => el("strong", { dir: "auto" }, words);

/** @param {string} name @param {...(Node | string | false)} words */
const line = (name, ...words) => el("p", { className: "line" }, icon(name), el("span", {}, ...words));

/** @param {string} words @param {() => void} onclick */
const button = (words, onclick) => el("button", { type: "button", onclick }, words);
