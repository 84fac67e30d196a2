// Conversations of before that this browser can go back to.
import { t } from "../../words.js";
import { dayOf, el, timeOf } from "../page.js";
import { LEFT, store } from "../wire.js";
import { learned, styled } from "./more.js";

/** @typedef {import("../types.js").Earlier} Earlier */

const KEPT_MS = 30 * 86_400_000;
const SHOWN = 80;
/** @type {Promise<unknown> | undefined} */
let ready;

/**
 * Show them, the last one first.
 * @param {import("../wire.js").Api} api
 * @param {(words: string) => void} trouble  says what went wrong
 * @param {(entry: import("../types.js").Entry) => Promise<void>} anew  begins another conversation
 * @param {(token: string) => Promise<void> | false} back
 */
export async function show(api, trouble, anew, back) {
  await (ready ??= Promise.all([learned("earlier"), styled("earlier.css")]));
  const item = (/** @type {Earlier} */ one) =>
    el("li", {}, el("button", { type: "button", className: "earlier", onclick: () => go(one) },
      el("span", { dir: "auto" }, one.words.slice(0, SHOWN)), " ", el("small", {}, `${dayOf(one.at)}, ${timeOf(one.at)}`)));
  const found = earlier(api.conversation);
  const dialog = el("dialog",
    {
      "aria-labelledby": "earlier", onclose: () => dialog.remove(),
      onkeydown: (/** @type {Event} */ event) => event.stopPropagation(), // Escape keeps the panel open
    },
    el("h2", { id: "earlier" }, t("earlier.title")),
    found.length ? el("ul", { className: "earlier-list" }, ...found.map(item)) : el("p", {}, t("earlier.none")),
    found.length > 0 && el("p", {}, el("small", {}, t("earlier.kept"))),
    el("div", { className: "row" }, el("button", { type: "button", onclick: () => dialog.close() }, t("earlier.close"))));
  document.body.append(dialog);
  dialog.showModal();

  /** @param {Earlier} one */
  async function go(one) {
    dialog.close();
    const begun = back(one.token);
    if (!begun) return trouble(t("earlier.unsent"));
    await begun;
    if (!api.conversation || api.conversation === one.conversation) return;
    store.removeItem(LEFT + one.conversation); // the server does not know it any more
    await anew({ id: "0-1", kind: "event", at: Date.now(), what: "begun", text: t("earlier.gone") });
  }
}

/** Those kept, without the one on the page. @param {string} here @returns {Earlier[]} */
function earlier(here) {
  const kept = [];
  for (const key of Object.keys(store).filter((one) => one.startsWith(LEFT))) {
    const one = { ...JSON.parse(store.getItem(key) ?? "{}"), conversation: key.slice(LEFT.length) };
    if (!(one.at > Date.now() - KEPT_MS)) store.removeItem(key);
    else if (one.conversation !== here) kept.push(one);
  }
  return kept.sort((one, two) => two.at - one.at);
}
