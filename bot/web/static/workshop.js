// The workshop's pages: fields, the sentence box, and the few buttons around them.
import { call, make, tellTimes } from "./workshop-call.js";
import { openCases } from "./workshop-cases.js";
import { openFields, showProblem } from "./workshop-fields.js";
import { openImport } from "./workshop-import.js";
import { openInbox } from "./workshop-inbox.js";
import { openPhraseLint } from "./workshop-lint.js";
import { openPublish } from "./workshop-publish.js";
import { openTrial } from "./workshop-trial.js";

tellTimes(document);
openFields();
openTrial();
openPhraseLint();
openDialogs();
openFind();
openNew();
openImport();
openPublish();
openInbox();
openCases();
void look();

/** @param {string} id */
function byId(id) {
  return document.getElementById(id);
}

/** @param {string} id */
function text(id) {
  const found = byId(id);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found.value : "";
}

function openDialogs() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const dialog = byId(button?.dataset.open ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    if (button?.hasAttribute("data-close")) button.closest("dialog")?.close();
  });
}

function openFind() {
  const find = byId("find");
  if (!(find instanceof HTMLInputElement)) return;
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let any = false;
    for (const row of document.querySelectorAll("#intents > li")) {
      const mine = row.getAttribute("data-words") ?? "";
      const fits = words.every((one) => mine.includes(one));
      row.toggleAttribute("hidden", !fits);
      any ||= fits;
    }
    byId("found-none")?.toggleAttribute("hidden", any);
  });
}

function openNew() {
  const form = byId("new-form");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const phrases = text("new-phrases").split("\n").map((one) => one.trim()).filter(Boolean);
    const sent = { title: text("new-name").trim(), phrases, reply: text("new-reply").trim() };
    const answer = await call("/workshop/intents", sent);
    if (answer.status === 200) {
      location.href = answer.body.url;
      return;
    }
    const wrong = byId("new-wrong");
    if (!wrong) return;
    wrong.hidden = false;
    wrong.textContent = `${answer.message} Nothing you typed is lost.`;
  });
}

/** Ask for what takes a moment: warnings of a fit, how often intents were used. */
async function look() {
  const wanted = byId("intents")?.querySelector("[data-use]") || document.querySelector("[data-warnings-of]") || byId("publish-warnings");
  if (!wanted) return;
  const answer = await call("/workshop/checks");
  if (answer.status !== 200) return;
  const { problem, warnings, new_warnings: fresh, used, unused, accuracy } = answer.body;
  showProblem(problem);
  if (accuracy && byId("accuracy")) {
    const percent = `${Math.round(accuracy * 1000) / 10} %`;
    byId("accuracy")?.append("Of its own phrases, each held back once, it reads ", make("span", "num", percent), " right.");
  }
  showUse(used);
  showUnused(unused);
  showWarnings(warnings);
  for (const words of fresh ?? []) byId("publish-warnings")?.append(make("li", "", words));
}

/** @param {Record<string, number>} used */
function showUse(used) {
  for (const row of document.querySelectorAll("#intents > li[data-intent]")) {
    const count = used[row.getAttribute("data-intent") ?? ""] ?? 0;
    const place = row.querySelector("[data-use]");
    if (place) place.textContent = count ? `${count} this week` : "";
  }
  for (const place of document.querySelectorAll("[data-use-of]")) {
    const count = used[place.getAttribute("data-use-of") ?? ""] ?? 0;
    place.textContent = count ? `· asked ${count} time${count === 1 ? "" : "s"} in the last seven days` : "· not asked in the last seven days";
  }
}

/** @param {string[]} unused names of intents nobody asked for lately, in a shop where people write */
function showUnused(unused) {
  for (const name of unused) {
    const place = document.querySelector(`#intents > li[data-intent="${CSS.escape(name)}"] [data-use]`);
    if (place) place.textContent = "not in 28 days";
    const own = document.querySelector(`[data-use-of="${CSS.escape(name)}"]`);
    if (own) own.textContent = "· not asked in the last 28 days: is it still needed?";
  }
}

/** @param {string[]} warnings */
function showWarnings(warnings) {
  const own = document.querySelector("[data-warnings-of]");
  const name = own?.getAttribute("data-warnings-of");
  const list = byId("warning-list");
  for (const words of warnings) {
    if (list) list.append(make("li", "", words));
    if (own && words.includes(`'${name}'`)) own.append(make("li", "", words));
    for (const row of document.querySelectorAll("#intents > li[data-intent]")) {
      const place = row.querySelector("[data-warnings]");
      if (!place || place.firstChild || !words.includes(`'${row.getAttribute("data-intent")}'`)) continue;
      const tag = make("span", "tag attention", "worth a look");
      tag.title = words;
      place.append(tag);
    }
  }
  byId("warnings")?.toggleAttribute("hidden", !warnings.length);
}
