// What a good editor would say of a wording, beside it; and of an intent's phrases, under them.
import { call, make } from "./workshop-call.js";

const AFTER_MS = 200;
const SHOWN = 20;

/**
 * @typedef {object} Remark
 * @property {"error" | "warning"} severity
 * @property {string} code
 * @property {string} words what it is about, empty when it is about all
 * @property {number} start
 * @property {number} end
 * @property {string} says
 * @property {string} mend
 */

/**
 * Show what was found in a wording; its words can be pressed to be selected in it.
 * @param {HTMLTextAreaElement} area
 * @param {Remark[]} remarks
 */
export function showRemarks(area, remarks) {
  const list = area.closest("li")?.querySelector("[data-remarks]");
  if (!list) return;
  const now = JSON.stringify(remarks);
  if (list.getAttribute("data-shown") === now) return;
  list.setAttribute("data-shown", now);
  list.replaceChildren(...remarks.map((one) => row(area, one)));
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {Remark} one
 */
function row(area, one) {
  const error = one.severity === "error";
  const label = make("b", "", error ? "Not to be published" : "Look again");
  return make("li", error ? "is-error" : "", label, ". ", where(area, one), `${one.says} `, one.mend);
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {Remark} one
 */
function where(area, one) {
  if (!one.words) return null;
  const letters = [...area.value]; // positions count whole characters
  if (one.end - one.start === letters.length) return make("span", "", make("q", "", one.words), " ");
  const button = make("button", "link", make("q", "", one.words));
  button.setAttribute("type", "button");
  button.title = "Select it in the wording";
  button.addEventListener("click", () => {
    area.focus();
    const [start, end] = [one.start, one.end].map((at) => letters.slice(0, at).join("").length);
    area.setSelectionRange(start ?? 0, end ?? 0);
  });
  return make("span", "", button, " ");
}

/**
 * @typedef {object} PhraseRemark
 * @property {string} code
 * @property {string} phrase empty when it is about all
 * @property {string} says
 * @property {string[]} others
 */

/** Look at an intent's phrases when its page opens, and whenever its draft was saved. */
export function openPhraseLint() {
  const list = document.querySelector("#phrase-lint");
  const state = document.querySelector("#phrase-lint-state");
  const name = list?.getAttribute("data-intent");
  if (!list || !state || !name) return;
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const answer = await call(`/workshop/intents/${encodeURIComponent(name)}/lint`);
    if (mine !== asked || answer.status !== 200) return;
    const { accuracy, remarks } = answer.body;
    const percent = `${(accuracy * 100).toFixed(2)} %`;
    state.replaceChildren("Of the phrases of all intents, each held back once, ", make("span", "num", percent), " are read right.");
    list.replaceChildren(...remarks.slice(0, SHOWN).map(phraseRow));
    if (remarks.length > SHOWN) list.append(make("li", "", `and ${remarks.length - SHOWN} more.`));
  };
  document.addEventListener("workshop:saved", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), AFTER_MS);
  });
  void ask();
}

/** @param {PhraseRemark} one */
function phraseRow(one) {
  const others = one.others.flatMap((other, at) => [at ? ", " : "", make("q", "", other)]);
  return make("li", "", one.phrase ? make("b", "", make("q", "", one.phrase)) : null, one.phrase ? ": " : "", one.says, ...(others.length ? [" ", ...others, "."] : []));
}
