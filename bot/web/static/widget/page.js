// The smallest useful set of words for building the page, and the box one writes in. Text only ever
// goes in as text.

import { find, locale, t } from "../words.js";
import { store } from "./wire.js";

/** @typedef {import("./types.js").Entry} Entry */

const DRAFT = "attune:draft";
const TYPING_EVERY_MS = 3_000;
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });

/** @param {number} at  ms since 1970 */
export const timeOf = (at) => clock.format(at);

/** @param {number} at @param {number} [now] */
export function dayOf(at, now = Date.now()) {
  const name = day.format(at);
  if (name === day.format(now)) return t("today");
  return name === day.format(now - 86_400_000) ? t("yesterday") : name;
}

/** Who a message is from, in the words above its bubble. @param {Entry} entry */
export function speaker({ author, name }) {
  if (author === "customer") return t("you");
  return author === "agent" ? t("agent", { name: name || t("somebody") }) : t("bot");
}

/** The quiet line an event leaves in the log; "" where a message already says it. @param {Entry} entry */
export function eventLine({ what, text, name }) {
  if (what === "begun" || (what === "agent_joined" && text)) return text ?? "";
  const said = find(`events.${what}`);
  return said ? t(`events.${what}`, { name: name || t("somebody") }) : "";
}

/** @param {import("./wire.js").ApiError} error */
export function problemWords({ status, message }) {
  const how = status === 0 ? "away" : status === 429 ? "many" : status >= 500 ? "busy" : "refused";
  return t(`unsent.${how}`, { why: message.replace(/^text: /, "your message ") });
}

/**
 * Make an element: properties, then children; strings become text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [props]  properties; names with a dash and `role` are attributes
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.includes("-") || name === "role") made.setAttribute(name, String(value));
    else if (name === "data") Object.assign(made.dataset, value);
    else Object.assign(made, { [name]: value });
  }
  made.append(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
  return made;
}

/**
 * Give the element of this id, which the page is known to have.
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/**
 * An icon of the page's own sprite; decorative, so put words beside it.
 * @param {string} name
 */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", "#i-" + name);
  svg.append(use);
  return svg;
}

/** The box one writes in: it grows with its text, keeps it through a reload, and Enter sends it. @type {HTMLTextAreaElement} */
export const text = byId("text");

/** @param {string} words */
export function write(words) {
  text.value = words;
  grow();
}

/** @param {(words: string) => void} say @param {() => boolean} tellTyping  says whether it was told @param {() => void} cut  some of what was pasted does not fit */
export function listenToBox(say, tellTyping, cut) {
  let last = 0;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return;
    write("");
    say(words);
  };
  byId("composer").onsubmit = submit;
  text.onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  };
  text.onpaste = ({ clipboardData }) => {
    const left = text.maxLength - text.value.length + text.selectionEnd - text.selectionStart;
    if ((clipboardData?.getData("text").length ?? 0) > left) cut();
  };
  text.oninput = () => {
    grow();
    const now = Date.now();
    if (text.value && now - last >= TYPING_EVERY_MS && tellTyping()) last = now;
  };
  write(store.getItem(DRAFT) ?? "");
}

function grow() {
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight + 2, innerHeight / 3) + "px";
  byId("send").disabled = !text.value.trim();
  store.setItem(DRAFT, text.value);
}
