// The smallest useful set of words for building the page, and everything it says by itself. Text
// only ever goes in as text.

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").State} State */

export const ASK_PERSON = "Talk to a person";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** @param {number} at  ms since 1970 */
export const timeOf = (at) => clock.format(at);

/** @param {number} at @param {number} [now] */
export function dayOf(at, now = Date.now()) {
  const name = day.format(at);
  if (name === day.format(now)) return "Today";
  return name === day.format(now - 86_400_000) ? "Yesterday" : name;
}

/** Who a message is from, in the words above its bubble. @param {Entry} entry */
export function speaker(entry) {
  if (entry.author === "customer") return "You";
  if (entry.author === "agent") return `${entry.name || "A person"} · from the team`;
  return "Assistant · automated";
}

/** The quiet line an event leaves in the log; "" where a message already says it. @param {Entry} entry */
export function eventLine(entry) {
  const name = entry.name || "A person";
  switch (entry.what) {
    case "begun":
    case "agent_joined":
      return entry.text || `${name} from the team joined`;
    case "agent_released":
      return `${name} passed this back to the team. You keep your place; they have all you wrote`;
    case "resolved":
      return `${name} closed this. If anything is left, just write`;
    case "handed_back":
      return "You are back with the automated assistant";
    default:
      return "";
  }
}

/** Where one stands in the queue. @param {State} state */
export function waitingWords(state) {
  const place =
    state.position === 1 ? "you are next" : state.position ? `you are number ${state.position}` : "";
  return [place, state.wait].filter(Boolean).join(", ");
}

/** @param {import("./wire.js").ApiError} error */
export function problemWords(error) {
  if (error.status === 0) return "Not sent. It goes out when the connection is back";
  if (error.status === 429) return "Not sent yet: that was a lot at once. It goes out in a moment";
  if (error.status >= 500) return "Not sent yet: the chat is busy. It is tried again by itself";
  return "Not sent: " + error.message.replace(/^text: /, "your message ").replace(/\.$/, "");
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
