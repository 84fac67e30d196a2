// What a customer may do with the whole conversation: keep a copy of it, or delete it. Loaded when
// it is first asked for.
import { t } from "../../words.js";
import { byId, el } from "../page.js";
import { ApiError } from "../wire.js";
import { learned, styled } from "./more.js";

const FREED_MS = 60_000;
let filled = false;

/**
 * Put both into the menu, once.
 * @param {import("../wire.js").Api} api
 * @param {(words: string) => void} trouble  says what went wrong
 * @param {(entry: import("../types.js").Entry) => Promise<void>} anew  begins another conversation
 * @param {(token: string) => Promise<void> | false} back  goes to an earlier one
 */
export async function fill(api, trouble, anew, back) {
  await Promise.all([learned("rights"), styled("rights.css")]);
  if (filled) return;
  filled = true;
  const entry = (/** @type {string} */ words, /** @type {() => unknown} */ work) => {
    const onclick = () => {
      byId("menu").hidePopover();
      byId("more").focus();
      work();
    };
    return el("button", { type: "button", onclick }, words);
  };
  byId("menu").append(
    entry(t("rights.earlier"), () => import("./earlier.js").then(({ show }) => show(api, trouble, anew, back)).catch(() => trouble(t("rights.not_there")))),
    entry(t("rights.save"), () => copy(api).catch((error) => trouble(why("save_refused", "unsaved", error)))),
    entry(t("rights.delete"), () => ask(api, anew)),
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
  const keep = el("button", { type: "button", autofocus: true, onclick: () => sure.close() }, t("rights.keep"));
  const go = el("button", { type: "button", className: "danger", onclick: work }, t("rights.go"));
  const sure = el(
    "dialog",
    { "aria-labelledby": "sure", "aria-describedby": "sure-words", onclose: () => sure.remove(), onkeydown },
    el("h2", { id: "sure" }, t("rights.ask")),
    el("p", { id: "sure-words" }, t("rights.what")),
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
        problem.textContent = why("delete_refused", "undeleted", error);
        go.disabled = false;
        return;
      }
    }
    sure.close();
    await anew({ id: "0-1", kind: "event", at: Date.now(), what: "begun", text: t("rights.gone") });
  }
}

/** Give a text to the browser as a file. @param {string} text */
function save(text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0"));
  el("a", { href, download: t("rights.file", { day: day.join("-") }) }).click();
  setTimeout(() => URL.revokeObjectURL(href), FREED_MS);
}

/** @param {string} refused @param {string} passing @param {unknown} error */
const why = (refused, passing, error) =>
  error instanceof ApiError && !error.passing ? t(`rights.${refused}`, { why: error.message }) : t(`rights.${passing}`);
