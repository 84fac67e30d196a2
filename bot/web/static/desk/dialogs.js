// The desk's few dialogs: handing over to a colleague, the keys, and one question.

import { get } from "../api.js";
import { find, t } from "../words.js";
import { byId, el } from "./dom.js";

const STATES = /** @type {Record<string, string>} */ (find("dialogs.states"));

/** Ask which colleague, and for a note; null when nobody was chosen. @returns {Promise<{to: string, note: string} | null>} */
export async function askColleague() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("transfer"));
  const list = byId("transfer-list");
  list.replaceChildren(el("p", { className: "soft" }, t("dialogs.looking")));
  byId("transfer-note").value = "";
  enterAgrees(byId("transfer-form"));
  byId("transfer-go").disabled = true;
  const chosen = closed(dialog);
  dialog.showModal();
  try {
    const { team } = await get("/desk/team");
    const order = ["available", "finishing", "paused", "away", "gone"];
    team.sort((/** @type {any} */ a, /** @type {any} */ b) => order.indexOf(a.state) - order.indexOf(b.state));
    list.replaceChildren(...(team.length ? team.map(choice) : [el("p", { className: "soft" }, t("dialogs.nobody"))]));
    byId("transfer-go").disabled = !team.length;
  } catch (error) {
    list.replaceChildren(el("p", { className: "wrong" }, error instanceof Error ? error.message : String(error)));
  }
  if ((await chosen) !== "yes") return null;
  const to = new FormData(byId("transfer-form")).get("to");
  return to ? { to: String(to), note: byId("transfer-note").value } : null;
}

/** @param {{id: string, name: string, state: string}} one @param {number} index */
function choice(one, index) {
  return el("label", { className: "choice" },
    el("input", { type: "radio", name: "to", value: one.id, required: true, checked: index === 0 }),
    el("span", { dir: "auto" }, one.name),
    el("span", { className: `tag ${one.state === "available" ? "done" : ""}` }, STATES[one.state]));
}

/** Ask one question with a verb to say yes. @param {string} words @param {string} verb @returns {Promise<boolean>} */
export async function ask(words, verb) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("ask"));
  byId("ask-words").textContent = words;
  byId("ask-yes").textContent = verb;
  const chosen = closed(dialog);
  dialog.showModal();
  return (await chosen) === "yes";
}

/**
 * Ask how to close what did not need a person; null when it is kept.
 * @returns {Promise<{how: "resolve" | "hand-back", instead: string} | null>}
 */
export async function askSpared() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("spare"));
  byId("spare-instead").value = "";
  const chosen = closed(dialog);
  dialog.showModal();
  const how = await chosen;
  return how === "resolve" || how === "hand-back" ? { how, instead: byId("spare-instead").value } : null;
}

/** Ask for a few words; empty when there are none. @param {string} words @param {string} verb @returns {Promise<string>} */
export async function askWord(words, verb) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("word"));
  byId("word-words").textContent = words;
  byId("word-yes").textContent = verb;
  byId("word-text").value = "";
  enterAgrees(byId("word-form"));
  const chosen = closed(dialog);
  dialog.showModal();
  return (await chosen) === "yes" ? byId("word-text").value.trim() : "";
}

export function showKeys() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("keys"));
  if (!dialog.open) dialog.showModal();
}

/**
 * Have Enter in a dialog's field mean its main button; by itself it would mean the first one.
 * @param {HTMLFormElement} form
 */
export function enterAgrees(form) {
  form.onkeydown = (event) => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "Enter" || event.isComposing || field.tagName !== "INPUT") return;
    event.preventDefault();
    form.requestSubmit(/** @type {HTMLButtonElement | null} */ (form.querySelector("[value=yes]")));
  };
}

/** @param {HTMLDialogElement} dialog @returns {Promise<string>} */
function closed(dialog) {
  dialog.returnValue = "";
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}
