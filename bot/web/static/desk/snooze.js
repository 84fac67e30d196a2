// Until when a conversation rests: a few times people mean, or one of their own.

import { t } from "../words.js";
import { enterAgrees } from "./dialogs.js";
import { byId, el } from "./dom.js";
import { momentOf } from "./words.js";

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** The times offered. @param {number} now @returns {[string, number][]} */
export function choices(now) {
  const morning = (/** @type {number} */ days) => {
    const at = new Date(now);
    at.setDate(at.getDate() + days);
    at.setHours(MORNING, 0, 0, 0);
    return at.getTime();
  };
  const monday = (8 - new Date(now).getDay()) % 7 || 7;
  /** @type {[string, number][]} */
  const found = [[t("snooze.hour"), now + HOUR_MS], [t("snooze.hours"), now + 3 * HOUR_MS], [t("snooze.tomorrow"), morning(1)]];
  return monday > 1 ? [...found, [t("snooze.monday"), morning(monday)]] : found;
}

/** Ask until when; null if it is not to rest. @returns {Promise<number | null>} */
export function askUntil() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("snooze"));
  const own = /** @type {HTMLInputElement} */ (byId("snooze-own"));
  const offered = choices(Date.now());
  byId("snooze-list").replaceChildren(...offered.map(([words, at], index) =>
    el("label", { className: "choice" },
      el("input", { type: "radio", name: "until", value: String(at), checked: index === 0 }),
      el("span", {}, words), el("span", { className: "soft small" }, momentOf(at)))));
  own.value = "";
  enterAgrees(byId("snooze-form"));
  own.min = local(Date.now());
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return done(null);
    const chosen = own.value ? new Date(own.value).getTime() : Number(new FormData(byId("snooze-form")).get("until"));
    done(chosen || null);
  }, { once: true }));
}

/** @param {number} at */
const local = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
