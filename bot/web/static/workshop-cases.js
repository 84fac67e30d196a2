// The test bench: a conversation is tried step by step, kept as a test case, and held to it.
import { call, make } from "./workshop-call.js";
import { standing } from "./workshop-fields.js";
import { told } from "./workshop-trial.js";

/** A long conversation is read message by message. */
const TRY_WAIT_MS = 60_000;
const AGAIN_AFTER_MS = 800;
const KEY = "attune:workshop:talk";

export function openCases() {
  const form = document.getElementById("tryout");
  const talk = document.getElementById("talk");
  if (!form || !(talk instanceof HTMLTextAreaElement)) return;
  talk.value = sessionStorage.getItem(KEY) ?? "";
  talk.addEventListener("input", () => sessionStorage.setItem(KEY, talk.value));
  /** @type {string[]} */
  let messages = [];
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = await tryOut(talk.value);
    if (found) messages = found;
  });
  document.getElementById("keep")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    await keep(messages);
  });
  void hold();
  let timer = 0;
  document.addEventListener("workshop:saved", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void hold(), AGAIN_AFTER_MS);
  });
  openNamed();
  window.addEventListener("hashchange", openNamed);
}

function openNamed() {
  const place = document.getElementById(location.hash.slice(1));
  if (place?.classList.contains("case")) place.querySelector("details")?.setAttribute("open", "");
}

/** @param {string} text */
async function tryOut(text) {
  const state = document.getElementById("tryout-state");
  const place = document.getElementById("tried");
  if (!state || !place || !text.trim()) return null;
  state.textContent = "Going through it…";
  const answer = await call("/workshop/cases/try", { text }, TRY_WAIT_MS);
  state.textContent = answer.status === 200 ? whose(answer.body) : answer.message;
  if (answer.status !== 200) return null;
  document.getElementById("turns")?.replaceChildren(...answer.body.turns.map(turn));
  place.hidden = false;
  document.getElementById("tried-title")?.focus();
  return answer.body.turns.map((/** @type {any} */ one) => one.customer);
}

/** @param {any} body */
function whose(body) {
  const many = `${body.turns.length} message${body.turns.length === 1 ? "" : "s"}`;
  if (!body.customer) return `${many}, each line one.`;
  const others = body.others.length ? `; left out: ${body.others.join(", ")}` : "";
  return `${many} of “${body.customer}”${others}.`;
}

/** @param {any} one */
function turn(one) {
  const said = make("p", "customer-said", one.customer);
  said.dir = "auto";
  const steps = make("details", "steps", make("summary", "small", "Every step"), told(one.trial));
  const replies = one.trial.replies.map((/** @type {any} */ reply) => {
    const text = make("p", "bubble", reply.text);
    text.dir = "auto";
    return text;
  });
  const does = make("p", "does", make("b", "", `The bot ${one.trial.does}`), `. It means ${quoted(one.got.intent)}.`);
  return make("li", "", said, does, ...replies, steps);
}

/** @param {string} words */
const quoted = (words) => (words.startsWith("nothing") ? words : `“${words}”`);

/** @param {string[]} messages */
async function keep(messages) {
  const name = document.getElementById("keep-name");
  const state = document.getElementById("keep-state");
  if (!(name instanceof HTMLInputElement) || !state) return;
  state.textContent = "";
  const answer = await call("/workshop/cases", { name: name.value.trim(), messages }, TRY_WAIT_MS);
  if (answer.status !== 200) {
    state.textContent = `Not kept. ${answer.message}`;
    return;
  }
  standing(answer.body);
  sessionStorage.removeItem(KEY);
  location.href = answer.body.url;
  location.reload();
}

/** Hold every case against the draft, and say beside each whether it holds. */
async function hold() {
  const state = document.getElementById("cases-state");
  if (!state || !document.getElementById("cases")) return;
  state.textContent = "Going through them…";
  const answer = await call("/workshop/cases/results", undefined, TRY_WAIT_MS);
  if (answer.status !== 200) {
    state.textContent = answer.message;
    return;
  }
  const { cases, broken } = answer.body;
  state.textContent = broken ? `${broken} of ${cases.length} no longer hold` : "All of them hold.";
  for (const one of cases) {
    const place = document.getElementById(one.anchor);
    place?.querySelector(".case-holds")?.replaceChildren(mark(one.holds));
    place?.querySelector(".case-wrong")?.replaceChildren(...(one.holds ? [] : [compared(one)]));
  }
}

/** @param {boolean} holds */
function mark(holds) {
  return make("span", holds ? "tag done" : "tag urgent", holds ? "holds" : "goes otherwise");
}

/**
 * What was expected beside what came, for each turn of a case that goes otherwise.
 * @param {any} one
 */
export function compared(one) {
  const list = make("ol", "compared");
  one.turns.forEach((/** @type {any} */ turn, /** @type {number} */ at) => {
    if (!turn.wrong.length) return;
    const said = make("q", "", turn.customer);
    said.dir = "auto";
    const rows = turn.wrong.map((/** @type {any} */ wrong) => make("tr", "",
      head(wrong.what), make("td", "", wrong.expected), make("td", "got", wrong.got)));
    const top = make("tr", "", make("td"), head("Expected", "col"), head("Got", "col"));
    list.append(make("li", "", make("p", "small", `Message ${at + 1}: `, said),
      make("table", "", make("thead", "", top), make("tbody", "", ...rows))));
  });
  return list;
}

/**
 * @param {string} words
 * @param {string} scope
 */
function head(words, scope = "row") {
  const cell = make("th", "", words);
  cell.setAttribute("scope", scope);
  return cell;
}
