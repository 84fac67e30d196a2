// What a customer may do with the whole conversation: keep a copy of it, or delete it. Loaded when
// it is first asked for.
import { byId, el } from "../page.js";
import { ApiError } from "../wire.js";

const FREED_MS = 60_000;
let filled = false;
const WORDS = "Everything said here goes, for the team too, and nobody answers it any more. It cannot be undone.";

/**
 * Put both into the menu, once.
 * @param {import("../wire.js").Api} api
 * @param {(words: string) => void} trouble  says what went wrong
 * @param {(entry: import("../types.js").Entry) => Promise<void>} anew  begins another conversation
 */
export function fill(api, trouble, anew) {
  if (filled) return;
  filled = true;
  const href = new URL("rights.css", import.meta.url).href;
  document.head.append(el("link", { rel: "stylesheet", href }));
  const entry = (/** @type {string} */ words, /** @type {() => unknown} */ work) => {
    const onclick = () => {
      byId("menu").hidePopover();
      byId("more").focus();
      work();
    };
    return el("button", { type: "button", onclick }, words);
  };
  byId("menu").append(
    entry("Save this conversation", () => copy(api).catch((error) => trouble("Not saved: " + why(error)))),
    entry("Delete this conversation…", () => ask(api, anew)),
  );
}

/** Give the customer a file with all that was said. @param {import("../wire.js").Api} api */
async function copy(api) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  save((await api.request("GET", "/widget/transcript?zone=" + encodeURIComponent(timeZone))).text);
}

/**
 * Ask once, then delete the conversation for good and begin a new one.
 * @param {import("../wire.js").Api} api @param {(entry: import("../types.js").Entry) => Promise<void>} anew
 */
function ask(api, anew) {
  const onkeydown = (/** @type {Event} */ event) => event.stopPropagation(); // Escape keeps the panel open
  const problem = el("p", { className: "problem", role: "alert" });
  const keep = el("button", { type: "button", autofocus: true, onclick: () => sure.close() }, "Keep it");
  const go = el("button", { type: "button", className: "danger", onclick: work }, "Delete it");
  const sure = el(
    "dialog",
    { "aria-labelledby": "sure", "aria-describedby": "sure-words", onclose: () => sure.remove(), onkeydown },
    el("h2", { id: "sure" }, "Delete this conversation?"),
    el("p", { id: "sure-words" }, WORDS),
    problem,
    el("div", { className: "row" }, keep, go),
  );
  document.body.append(sure);
  sure.showModal();

  async function work() {
    go.disabled = true;
    problem.textContent = "";
    try {
      await api.request("POST", "/widget/erase", {});
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) { // that it is gone already is as good
        problem.textContent = "Not deleted: " + why(error);
        go.disabled = false;
        return;
      }
    }
    sure.close();
    await anew({ id: "0-1", kind: "event", at: Date.now(), what: "begun", text: "Your conversation was deleted. This is a new one" });
  }
}

/** Give a text to the browser as a file. @param {string} text */
function save(text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0"));
  el("a", { href, download: `conversation-${day.join("-")}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), FREED_MS);
}

/** @param {unknown} error */
const why = (error) => (error instanceof ApiError && !error.passing ? error.message : "try again in a moment.");
