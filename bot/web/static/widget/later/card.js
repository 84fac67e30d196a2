// "Is this right?": the card that whoever comes reads first, while one waits. Each line can be
// confirmed, corrected or left out; leaving it alone changes nothing.
import { t } from "../../words.js";
import { byId, el } from "../page.js";
import { ApiError } from "../wire.js";
import { learned, styled } from "./more.js";

/** @typedef {{id: string, kind: "want" | "order" | "email", text: string, word: "" | "confirmed" | "corrected" | "struck"}} Line */

const TALL_PX = 560;

/** Have everything there. @param {import("../wire.js").Api} api */
export async function begin(api) {
  await Promise.all([learned("card"), styled("card.css")]);
  return new Card(api);
}

export class Card {
  /** @type {Line[]} */
  #lines = [];
  #editing = "";
  #list = el("ul");
  #state = el("p", { className: "card-state", role: "status" });
  #all = el("button", { type: "button", className: "main", onclick: () => this.#keep(this.#open().map((one) => ({ ...one, word: "confirmed" }))) }, t("card.all"));
  #card = el("details", { id: "card", hidden: true, open: innerHeight >= TALL_PX },
    el("summary", {}, t("card.title")),
    el("p", { className: "card-hint" }, t("card.hint")),
    this.#state, this.#list, this.#all,
    el("p", { className: "card-hint" }, t("card.chat")));
  #place = el("section", { "aria-label": t("card.place"), hidden: true }, this.#card);

  /** @param {import("../wire.js").Api} api */
  constructor(api) {
    this.api = api;
    byId("typing").before(this.#place);
  }

  /** Show it as it stands now, or hide it. @param {boolean} wanted */
  async show(wanted) {
    this.#place.hidden = !wanted;
    if (!wanted) return;
    const found = await this.api.request("GET", "/widget/card").then(({ lines }) => lines, () => this.#lines);
    if (JSON.stringify(found) === JSON.stringify(this.#lines)) return;
    this.#lines = found;
    if (!this.#lines.some((one) => one.id === this.#editing)) this.#draw(); // else a word is being written
  }

  #open() {
    return this.#lines.filter((one) => !one.word);
  }

  #draw() {
    this.#list.replaceChildren(...this.#lines.map((line) => this.#item(line)));
    this.#card.hidden = !this.#lines.length;
    this.#all.hidden = !this.#open().length;
  }

  /** @param {Line} line */
  #item(line) {
    const { id, kind, text, word } = line;
    const name = t("card.name", { kind: t(`card.${kind}`), text });
    const button = (/** @type {string} */ what, /** @type {() => unknown} */ onclick, /** @type {object} */ more = {}) =>
      el("button", { type: "button", onclick, "aria-label": t("card.of", { words: t(`card.${what}`).replace("…", ""), name }), ...more }, t(`card.${what}`));
    const say = (/** @type {Line["word"]} */ next) => () => this.#keep([{ ...line, word: next }], id);
    const right = word === "confirmed";
    const buttons = word === "struck"
      ? [button("put_back", say(""))]
      : [button("right", say(right ? "" : "confirmed"), { "aria-pressed": String(right) }), button("correct", () => this.#edit(id)), button("leave_out", say("struck"))];
    return el("li", { data: { id, word } },
      el("p", { className: "card-line" }, el("span", { className: "card-kind" }, t(`card.${kind}`)), " ", el(word === "struck" ? "s" : "b", { dir: "auto" }, text), " ", word && el("span", { className: "card-word" }, t(`card.${word}`))),
      this.#editing === id ? this.#field(line) : el("p", { className: "card-do" }, ...buttons));
  }

  /** @param {string} id */
  #edit(id) {
    this.#editing = id;
    this.#draw();
    const input = this.#list.querySelector("input");
    input?.focus();
    input?.select();
  }

  /** @param {string} id */
  #stop(id) {
    this.#editing = "";
    this.#draw();
    this.#focus(id);
  }

  /** @param {Line} line */
  #field(line) {
    const input = el("input", { value: line.text, maxLength: 200, dir: "auto", autocomplete: "off", "aria-label": t("card.field", { kind: t(`card.${line.kind}`) }) });
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (!text || text === line.text) return this.#stop(line.id);
      this.#keep([{ ...line, text, word: "corrected" }], line.id);
    };
    const onkeydown = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation(); // the panel stays open
      this.#stop(line.id);
    };
    return el("form", { className: "row", onsubmit, onkeydown }, input, el("button", { className: "main" }, t("card.save")));
  }

  /** @param {string} id */
  #focus(id) {
    const found = [...this.#list.children].find((one) => /** @type {HTMLElement} */ (one).dataset.id === id);
    /** @type {HTMLElement | null | undefined} */ (found?.querySelector("button"))?.focus();
  }

  /** Tell the server what is said of some lines; what is typed stays where that fails. @param {Line[]} said @param {string} [at] */
  async #keep(said, at = "") {
    this.#state.textContent = "";
    const lines = said.map(({ id, word, text }) => ({ id, word, text: word === "corrected" ? text : "" }));
    try {
      this.#lines = (await this.api.request("POST", "/widget/card", { lines })).lines;
    } catch (error) {
      this.#state.textContent = error instanceof ApiError && !error.passing ? t("card.refused", { why: error.message }) : t("card.unsaved");
      return;
    }
    if (this.#editing === at) this.#editing = "";
    this.#draw();
    this.#state.textContent = t(said.length > 1 ? "card.kept_all" : said[0].word === "struck" ? "card.kept_out" : "card.kept");
    if (at) this.#focus(at);
    else this.#card.querySelector("summary")?.focus();
  }
}
