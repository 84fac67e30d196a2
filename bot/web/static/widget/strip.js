// The strip under the heading: who the conversation is with, and the one thing to do about it.
// Nobody here? Then it asks for an e-mail address, so that no one waits for nothing.

import { ApiError } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { ASK_PERSON, SCALE, waitingWords } from "./words.js";

/** @typedef {import("./api.js").State} State */

/**
 * @typedef {object} Actions
 * @property {(text: string) => void} say
 * @property {() => Promise<void>} cancel
 * @property {(email: string) => Promise<void>} leaveEmail
 * @property {(score: number, comment: string) => Promise<void>} rate
 */

export class Strip {
  #shown = "";
  #asksEmail = false;

  /** @param {Actions} act */
  constructor(act) {
    this.act = act;
    this.box = byId("strip");
  }

  /** Show a state; nothing moves when nothing changed. @param {State} state */
  show(state) {
    const key = JSON.stringify([state, this.#asksEmail]);
    if (key === this.#shown) return;
    const typed = this.box.querySelector("input")?.value;
    const focused = this.box.contains(document.activeElement);
    this.#shown = key;
    this.box.dataset.holder = state.holder;
    this.box.replaceChildren(...this.#content(state));
    const input = this.box.querySelector("input");
    if (input && typed) input.value = typed;
    if (focused) (input ?? byId("text")).focus();
  }

  /** @param {State} state */
  #content(state) {
    if (state.holder === "agent") {
      const name = state.agent?.name ?? "A person";
      return [line("user", el("strong", { dir: "auto" }, name), " from the team is with you")];
    }
    if (state.holder === "bot") {
      return [
        line("bot", "With our automated assistant"),
        button(ASK_PERSON, () => this.act.say(ASK_PERSON)),
      ];
    }
    return state.team_online ? this.#waiting(state) : this.#nobody(state);
  }

  /** @param {State} state */
  #waiting(state) {
    const more = waitingWords(state);
    const words = line("clock", el("strong", {}, "Waiting for the team"), more && `: ${more}`);
    if (more) words.classList.add("wide");
    if (state.email || this.#asksEmail) return [words, this.#never(), ...this.#email(state)];
    const email = button("Answer me by e-mail", () => this.#ask(state));
    return [words, this.#never(), email];
  }

  /** @param {State} state */
  #nobody(state) {
    const back = state.wait ? ` ${capital(state.wait)}.` : "";
    const words = line("clock", el("strong", {}, "Nobody from the team is here right now."), back);
    return [words, this.#never(), ...this.#email(state)];
  }

  #never() {
    return button("Never mind", async (event) => {
      const pressed = /** @type {HTMLButtonElement} */ (event.currentTarget);
      pressed.disabled = true;
      await this.act.cancel().catch(() => (pressed.disabled = false));
    });
  }

  /** @param {State} state */
  #ask(state) {
    this.#asksEmail = true;
    this.show(state);
    this.box.querySelector("input")?.focus();
  }

  /** The saved address, or the form for one. @param {State} state */
  #email(state) {
    if (state.email && !this.#asksEmail) {
      const saved = line("check", "The answer also goes to ", el("strong", { dir: "auto" }, state.email));
      return [saved, button("Change", () => this.#ask(state))];
    }
    const input = el("input", {
      id: "email", name: "email", type: "email", required: true, maxLength: 254,
      autocomplete: "email", placeholder: "you@example.com", value: state.email ?? "",
      "aria-describedby": "email-problem",
    });
    const problem = el("p", { id: "email-problem", className: "problem", role: "alert" });
    const form = el(
      "form",
      { className: "email", noValidate: true },
      el("label", { htmlFor: "email" }, "Leave your e-mail address and we answer there"),
      el("div", { className: "row" }, input, el("button", { className: "main" }, "Save")),
      problem,
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#saveEmail(input, problem);
    };
    return [form];
  }

  /** @param {HTMLInputElement} input @param {HTMLElement} problem */
  async #saveEmail(input, problem) {
    problem.textContent = "";
    if (!input.checkValidity()) {
      problem.textContent = "That does not look like an e-mail address. Is something missing?";
      return input.focus();
    }
    this.#asksEmail = false;
    try {
      await this.act.leaveEmail(input.value.trim());
    } catch (error) {
      this.#asksEmail = true;
      problem.textContent = notSaved(error);
    }
  }
}

/** Ask how it was, once, on a plain scale of words. @param {Actions["rate"]} rate @param {() => void} later */
export function ratingCard(rate, later) {
  const problem = el("p", { className: "problem", role: "alert" });
  const comment = el("input", { id: "comment", maxLength: 500, dir: "auto", autocomplete: "off" });
  const scale = SCALE.map((words, index) =>
    el(
      "label",
      {},
      el("input", { type: "radio", name: "score", value: String(index + 1), required: true }),
      el("span", {}, el("b", {}, String(index + 1)), " ", words),
    ),
  );
  const form = el(
    "form",
    { className: "rating", noValidate: true },
    el("fieldset", {}, el("legend", {}, "How was the help you got?"), el("div", { className: "scale" }, ...scale)),
    el("label", { htmlFor: "comment" }, "Anything to add? (optional)"),
    el("div", { className: "row" }, comment, el("button", { className: "main" }, "Send")),
    problem,
    el("button", { type: "button", className: "later", onclick: later }, "Not now"),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    const score = Number(new FormData(form).get("score"));
    problem.textContent = score ? "" : "Choose one of the five first.";
    if (!score) return;
    await rate(score, comment.value.trim()).catch((error) => (problem.textContent = notSaved(error)));
  };
  return form;
}

/** @param {unknown} error */
function notSaved(error) {
  const known = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return known ? `Not saved: ${error.message}` : "Not saved: the connection is gone. Your words are kept; try again.";
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} name @param {...(Node | string | false | undefined)} words */
const line = (name, ...words) => el("p", { className: "line" }, icon(name), el("span", {}, ...words));

/** @param {string} words @param {(event: Event) => void} onclick */
const button = (words, onclick) => el("button", { type: "button", onclick }, words);
