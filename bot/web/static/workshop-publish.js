// Publishing: what stands in the way is shown whole, and can be overridden by saying why.
import { PUBLISH_WAIT_MS, call, make } from "./workshop-call.js";
import { compared } from "./workshop-cases.js";

const KEY = "attune:workshop:why";
const CASES_WAIT_MS = 60_000;
/** @type {Record<string, string>} */
const GATES = {
  wording_wrong: "A wording says what customers should not read",
  case_broken: "Test cases go otherwise",
  audit_gap: "Not everybody is read alike",
};

export function openPublish() {
  const form = document.getElementById("publish");
  const why = field("why");
  if (!form || !why) return;
  why.value ||= sessionStorage.getItem(KEY) ?? "";
  why.addEventListener("input", () => sessionStorage.setItem(KEY, why.value));
  let accepted = form.dataset.gates ? [form.dataset.gates] : [];
  const send = form.querySelector("button.main");
  const anyway = field("anyway");
  const ready = () => {
    if (send instanceof HTMLButtonElement) send.disabled = !(send.hasAttribute("data-when-ready") || (accepted.length && anyway?.value.trim()));
  };
  anyway?.addEventListener("input", ready);
  ready();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    accepted = await publish(form, why.value, accepted);
    ready();
  });
  field("at")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return; // it would publish at once
    event.preventDefault();
    document.getElementById("plan")?.click();
  });
  document.getElementById("plan")?.addEventListener("click", async () => {
    const at = field("at");
    if (!why.reportValidity() || !at) return;
    at.required = true;
    if (at.reportValidity()) accepted = await publish(form, why.value, accepted, at.value);
    at.required = false;
    ready();
  });
  void holdCases();
}

/** @param {string} id */
function field(id) {
  const found = document.getElementById(id);
  return found instanceof HTMLInputElement ? found : null;
}

/**
 * Publish; give the gates that were shown to refuse it, to be accepted at the next try.
 * @param {HTMLElement} form
 * @param {string} why
 * @param {string[]} accepted
 * @param {string} [at]  a local time, to publish it then
 * @returns {Promise<string[]>}
 */
async function publish(form, why, accepted, at) {
  const state = document.getElementById("publish-state");
  const wrong = document.getElementById("publish-wrong");
  if (!state || !wrong) return accepted;
  const buttons = form.querySelectorAll("button");
  for (const one of buttons) one.disabled = true;
  wrong.hidden = true;
  state.textContent = at ? "Checking it…" : "Publishing…";
  const anyway = field("anyway")?.value.trim() ?? "";
  const when = at ? { at } : {};
  const sent = { ...when, revision: Number(form.dataset.revision), why, accepted: anyway ? accepted : [], anyway };
  const answer = await call(at ? "/workshop/plan" : "/workshop/publish", sent, PUBLISH_WAIT_MS);
  state.textContent = "";
  for (const one of buttons) one.disabled = false;
  if (answer.status === 200) {
    sessionStorage.removeItem(KEY);
    location.href = answer.body.url;
    return [];
  }
  wrong.hidden = false;
  const refused = answer.body?.refused ?? [];
  if (refused.length) {
    wrong.replaceChildren(make("p", "", make("b", "", "Nothing was published."), " The live version keeps answering."), ...refused.map(gate));
  } else {
    wrong.replaceChildren(make("p", "", `Nothing was published. ${answer.message} `));
    if (answer.body?.url) wrong.append(link(answer.body.url));
  }
  document.getElementById("publish-cases")?.toggleAttribute("hidden", refused.some((/** @type {any} */ one) => one.cases.length));
  document.getElementById("override")?.toggleAttribute("hidden", !refused.length);
  wrong.scrollIntoView({ block: "nearest" });
  return refused.map((/** @type {any} */ one) => one.code);
}

/** @param {any} one */
function gate(one) {
  const place = make("section", "gate", make("h3", "", GATES[one.code] ?? "A check refuses it"));
  if (!one.cases.length) place.append(make("p", "", one.sentence, " ", one.url ? link(one.url) : null));
  for (const found of one.cases) place.append(broken(found));
  return place;
}

/** @param {any} found */
function broken(found) {
  const name = link(found.url, found.name);
  name.dir = "auto";
  return make("div", "broken-case", make("p", "", make("b", "", name)), compared(found));
}

/** Say before anybody presses the button whether the test cases hold. */
async function holdCases() {
  const place = document.getElementById("publish-cases");
  if (!place) return;
  const answer = await call("/workshop/cases/results", undefined, CASES_WAIT_MS);
  if (answer.status !== 200 || !answer.body.cases.length) {
    place.hidden = answer.status === 200;
    place.textContent = answer.message;
    return;
  }
  const { cases, broken: many } = answer.body;
  const words = many
    ? `${many} of ${cases.length} test cases go otherwise with this draft:`
    : `All ${cases.length} test cases hold.`;
  place.className = many ? "notice urgent cases-told" : "small soft";
  place.replaceChildren(make("p", "", many ? make("b", "", words) : words),
    ...cases.filter((/** @type {any} */ one) => !one.holds).map(broken));
}

/**
 * @param {string} url
 * @param {string} words
 */
function link(url, words = "Go there") {
  const found = document.createElement("a");
  found.href = url;
  found.textContent = words;
  return found;
}
