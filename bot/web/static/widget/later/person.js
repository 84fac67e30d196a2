// What there is once a person is concerned: who has the conversation, where one stands in line, an
// e-mail address to answer to, the rating and a way to begin anew. Nobody here? Then it asks for the address, so that no
// one waits for nothing.
import { parts, t } from "../../words.js";
import { byId, el } from "../page.js";
import { button, line } from "../strip.js";
import { ApiError } from "../wire.js";
import { learned, styled } from "./more.js";

/** @typedef {import("../types.js").State} State */

const SCORES = [1, 2, 3, 4, 5];
const ICONS = {
  user: "M7 8a5 5 0 1 0 10 0 5 5 0 1 0-10 0M20 21a8 8 0 0 0-16 0",
  clock: "M2 12a10 10 0 1 0 20 0 10 10 0 1 0-20 0M12 6v6l4 2",
  check: "M20 6 9 17l-5-5",
};

/** Have everything there. @param {import("../strip.js").Strip} strip */
export async function begin(strip) {
  await Promise.all([learned("person"), styled("person.css")]);
  for (const [name, d] of Object.entries(ICONS)) addIcon(name, d);
  return new Person(strip);
}

export class Person {
  #later = false; // the customer does not want to rate now
  /** @type {Promise<import("./card.js").Card> | undefined} */
  #card;

  /** @param {import("../strip.js").Strip} strip */
  constructor(strip) {
    this.strip = strip;
    this.email = el("input", { id: "email", name: "email", type: "email", required: true, maxLength: 254, autocomplete: "email", placeholder: t("person.example"), "aria-describedby": "email-problem" });
    byId("strip").append(emailForm(this.email));
    byId("skeleton").after(overPart(() => this.strip.act.begin()));
    onSubmit("email-form", "email-problem", () => this.saveEmail());
    onSubmit("rating", "rating-problem", () => this.rate());
    byId("later").onclick = () => {
      byId("rating").hidden = this.#later = true;
      byId("text").focus();
    };
  }

  /** @param {State} state */
  show(state) {
    const asks = state.holder === "waiting" && (this.strip.asksEmail || !(state.team_online || state.email));
    const had = byId("choices").contains(document.activeElement);
    if (state.holder !== "bot") this.strip.draw(state.holder, standing(state, asks), this.choices(state, asks));
    if (asks && byId("email-form").hidden) this.email.value = state.email ?? "";
    byId("email-form").hidden = !asks;
    this.#later &&= state.can_rate;
    byId("rating").hidden = !state.can_rate || this.#later;
    byId("over").hidden = !state.over;
    if (had && asks) this.email.focus();
    this.showCard(state);
  }

  /** The card that the team reads first, for as long as somebody waits. @param {State} state */
  async showCard(state) {
    if (state.holder === "waiting") this.#card ??= import("./card.js").then(({ begin }) => begin(this.strip.act.api));
    const card = await this.#card?.catch(() => (this.#card = undefined));
    card?.show(state.holder === "waiting");
  }

  /** @param {State} state @param {boolean} asks */
  choices(state, asks) {
    if (state.holder === "agent") return [];
    const ask = () => {
      this.strip.asksEmail = true;
      this.strip.show(state);
    };
    const never = button(t("person.never_mind"), () => {
      never.disabled = true;
      this.strip.act.cancel().catch(() => (never.disabled = false));
    });
    return asks ? [never] : [never, button(t(state.email ? "person.other_email" : "person.leave_email"), ask)];
  }

  async saveEmail() {
    if (!this.email.checkValidity()) {
      this.email.focus();
      return t("person.not_an_email");
    }
    const asked = this.strip.asksEmail;
    this.strip.asksEmail = false;
    await this.strip.act.leaveEmail(this.email.value.trim()).catch((error) => {
      this.strip.asksEmail = asked;
      throw error;
    });
    byId("text").focus();
    return "";
  }

  async rate() {
    const given = new FormData(byId("rating"));
    if (!given.get("score")) return t("person.no_score");
    await this.strip.act.rate(Number(given.get("score")), String(given.get("comment")).trim());
    byId("rating").reset();
    byId("text").focus();
    return "";
  }
}

/** @param {State} state @param {boolean} asks */
function standing(state, asks) {
  const { position, wait, email } = state;
  if (state.holder === "agent") return [line("user", ...parts("person.with", { name: strong(state.agent?.name ?? t("somebody")) }))];
  const also = email && !asks ? [line("check", ...parts("person.also", { email: strong(email) }))] : [];
  if (!state.team_online) return [line("clock", strong(t("person.nobody"))), ...also];
  const place = position === 1 ? t("person.next") : position ? t("person.number", { number: position }) : "";
  const more = place && wait ? t("person.both", { place, wait }) : place || wait;
  const who = strong(t("person.waiting"));
  return [line("clock", ...(more ? parts("person.standing", { who, more }) : [who])), ...also];
}

/** @param {string} words */
const strong = (words) => el("strong", { dir: "auto" }, words);

/** @param {HTMLInputElement} input */
const emailForm = (input) =>
  el(
    "form",
    { id: "email-form", noValidate: true, hidden: true },
    el("label", { htmlFor: "email" }, t("person.email")),
    el("div", { className: "row" }, input, el("button", { className: "main" }, t("person.save"))),
    el("p", { id: "email-problem", className: "problem", role: "alert" }),
  );

/** What there is once somebody has closed the conversation. @param {() => void} begin */
const overPart = (begin) =>
  el(
    "div",
    { id: "over", hidden: true },
    ratingForm(),
    el("p", { className: "row" }, t("person.else"), " ", el("button", { type: "button", onclick: begin }, t("person.begin"))),
  );

const ratingForm = () =>
  el(
    "form",
    { id: "rating", noValidate: true, hidden: true },
    el("fieldset", {}, el("legend", {}, t("person.rating")), el("div", { className: "scale" }, ...SCORES.map(score))),
    el("label", { htmlFor: "comment" }, t("person.comment")),
    el(
      "div",
      { className: "row" },
      el("input", { id: "comment", name: "comment", maxLength: 500, dir: "auto", autocomplete: "off" }),
      el("button", { className: "main" }, t("person.send")),
    ),
    el("p", { id: "rating-problem", className: "problem", role: "alert" }),
    el("button", { id: "later", type: "button" }, t("person.later")),
  );

/** @param {number} value */
const score = (value) =>
  el(
    "label",
    {},
    el("input", { type: "radio", name: "score", value: String(value) }),
    el("span", {}, el("b", {}, String(value)), " ", t(`person.scores.s${value}`)),
  );

/** Do something when a form is sent, and say beside it what went wrong. @param {string} form @param {string} place @param {() => Promise<string>} work */
function onSubmit(form, place, work) {
  byId(form).onsubmit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    byId(place).textContent = "";
    byId(place).textContent = await work().catch((error) =>
      error instanceof ApiError && !error.passing ? t("person.refused", { why: error.message }) : t("person.unsaved"),
    );
  };
}

/** Add an icon to the page's sprite. @param {string} name @param {string} d  its path */
function addIcon(name, d) {
  const space = "http://www.w3.org/2000/svg";
  const [symbol, path] = ["symbol", "path"].map((tag) => document.createElementNS(space, tag));
  symbol.id = "i-" + name;
  symbol.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", d);
  symbol.append(path);
  document.querySelector(".sprite")?.append(symbol);
}
