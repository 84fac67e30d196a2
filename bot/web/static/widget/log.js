// The conversation on the page: entries in the order of their ids, each shown once, whatever order
// they come in; letters on their way stand below them.

import { t } from "../words.js";
import { dayOf, el, eventLine, problemWords, speaker, timeOf } from "./page.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Letter} Letter */
/** @typedef {{entry: Entry, node: HTMLElement}} Item */

const SAME_GROUP_MS = 180_000;
const NEAR_PX = 80;

export class Log {
  /** @type {Item[]} as they stand on the page */
  #items = [];
  /** @type {Map<string, Item>} by entry id and by event id */
  #known = new Map();
  #quick = el("div", { className: "quick", role: "group", "aria-label": t("quick") });
  /** @type {Entry | undefined} whose quick answers are shown */
  #offered;
  #following = true; // the newest message is in sight, and stays so when the page changes
  lastId = "";

  /**
   * @param {HTMLElement} box  the scrolling role="log"
   * @param {HTMLElement} jump  the button that leads to the newest message
   * @param {import("./types.js").LogActions} act
   */
  constructor(box, jump, act) {
    this.box = box;
    this.jump = jump;
    this.act = act;
    jump.onclick = () => this.toEnd();
    let last = 0;
    box.onscroll = () => {
      if (this.#nearEnd()) this.#following = jump.hidden = true;
      else if (box.scrollTop < last) this.#following = false; // only a person scrolls up
      last = box.scrollTop;
    };
    new ResizeObserver(() => this.#following && this.toEnd()).observe(box);
    box.append(this.#quick);
  }

  /** What the customer wrote first, "" if nothing. */
  get words() {
    return this.#items.find(({ entry }) => entry.author === "customer")?.entry.text ?? "";
  }

  /** Forget everything: another conversation begins. */
  clear() {
    this.#items = [];
    this.#known.clear();
    this.box.replaceChildren(this.#quick);
    this.lastId = "";
  }

  /**
   * Show entries; those already shown are left alone. Gives the new ones.
   * @param {Entry[]} entries
   * @param {boolean} inOrder  none before them is missing, so that later ones are asked for after them
   */
  add(entries, inOrder) {
    if (inOrder) this.lastId = entries.at(-1)?.id ?? this.lastId;
    const fresh = entries.filter((entry) => !this.#known.has(entry.id));
    for (const entry of fresh) {
      if (this.#known.has(entry.event_id ?? "")) this.accepted(entry.event_id ?? "", entry.id);
      else this.#put({ entry, node: entry.kind === "message" ? message(entry) : event(entry) });
    }
    if (fresh.length) this.#regroup();
    if (this.#following) this.toEnd();
    else this.jump.hidden &&= fresh.every((entry) => entry.author === "customer");
    return fresh;
  }

  /** Show a letter, or how it fares. @param {Letter} letter @param {import("./wire.js").ApiError | null} error */
  letter(letter, error) {
    let item = this.#known.get(letter.event_id);
    if (item?.entry.id) return; // its answer was lost, but it is there
    if (!item) {
      const entry = /** @type {Entry} */ ({ ...letter, id: "", kind: "message", author: "customer" });
      this.#put((item = { entry, node: message(entry) }));
      this.#regroup();
      this.toEnd();
    }
    item.node.querySelector(".fate")?.remove();
    if (error) item.node.append(this.#fate(letter, error));
    if (this.#following) this.toEnd();
  }

  /** Give a letter the id the server gave it. @param {string} eventId @param {string} id */
  accepted(eventId, id) {
    const item = this.#known.get(eventId);
    if (!item || item.entry.id) return;
    item.node.querySelector(".fate")?.remove();
    item.entry.id = id;
    this.#items.splice(this.#items.indexOf(item), 1);
    this.#put(item);
    this.#regroup();
  }

  /** Take a letter off the page. @param {string} eventId */
  dropLetter(eventId) {
    const item = this.#known.get(eventId);
    this.#known.delete(eventId);
    this.#items = this.#items.filter((one) => one !== item);
    item?.node.remove();
    this.#regroup();
  }

  toEnd() {
    this.jump.hidden = this.#following = true;
    this.box.scrollTop = this.box.scrollHeight;
  }

  #nearEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_PX;
  }

  /** Put an item where its id belongs; those without an id stay last. @param {Item} item */
  #put(item) {
    const { id, event_id } = item.entry;
    for (const key of [id, event_id]) if (key) this.#known.set(key, item);
    const found = this.#items.findIndex(({ entry }) => id && (!entry.id || isLater(entry.id, id)));
    const place = found < 0 ? this.#items.length : found;
    const next = this.#items[place]?.node ?? this.#quick;
    this.#items.splice(place, 0, item);
    if (item.node.nextSibling !== next) this.box.insertBefore(item.node, next);
  }

  /** @param {Letter} letter @param {import("./wire.js").ApiError} error */
  #fate(letter, error) {
    const [words, onclick] = error.passing
      ? [t("again"), () => this.act.again(letter.event_id)]
      : [t("edit"), () => this.act.takeBack(letter)];
    return el("p", { className: "fate" }, problemWords(error) + " ", el("button", { type: "button", onclick }, words));
  }

  /** Say who speaks only where the speaker changes, and the day only where it does. */
  #regroup() {
    let day = t("today");
    let speaking = "";
    let at = 0;
    for (const { entry, node } of this.#items) {
      const today = dayOf(entry.at);
      const speaker = `${entry.kind} ${entry.author} ${entry.name}`;
      const pause = entry.at - at > SAME_GROUP_MS;
      node.classList.toggle("new-day", today !== day);
      node.classList.toggle("first", today !== day || speaker !== speaking || pause);
      [day, speaking, at] = [today, speaker, entry.at];
    }
    this.#offer();
  }

  /** Quick answers stand under the newest message only, and only if it is the assistant's. */
  #offer() {
    const last = this.#items.findLast(({ entry }) => entry.kind === "message")?.entry;
    if (last === this.#offered) return;
    this.#offered = last;
    const quick = (last?.author === "bot" && last.quick_replies) || [];
    this.#quick.replaceChildren(
      ...quick.map(({ text }) => el("button", { type: "button", dir: "auto", onclick: () => this.act.say(text) }, text)),
    );
  }
}

/** @param {Entry} entry */
function message(entry) {
  return el(
    "article",
    { className: "entry", data: { author: entry.author } },
    el("p", { className: "day" }, dayOf(entry.at)),
    el(
      "p",
      { className: "by" },
      el("span", { className: "who", dir: "auto" }, speaker(entry)),
      el("time", { dateTime: new Date(entry.at).toISOString() }, timeOf(entry.at)),
    ),
    el("div", { className: "bubble", dir: "auto" }, ...linked(entry)),
  );
}

/** @param {Entry} entry */
function event(entry) {
  const line = eventLine(entry);
  return el("p", { className: "entry event", hidden: !line, dir: "auto" }, line);
}

/** Whether one entry id ("ms-number") comes after another. @param {string} one @param {string} two */
export function isLater(one, two) {
  const [ms, number] = one.split("-").map(Number);
  const [otherMs, otherNumber = 0] = two.split("-").map(Number);
  return ms > otherMs || (ms === otherMs && number > otherNumber);
}

/** The text: addresses and numbers stay whole in either direction, and lead on in what we wrote. @param {Entry} entry */
function linked({ text = "", author }) {
  return text.split(/(https:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]|\S+@\S+\w|#?\d{4,})/).map((part, index) => {
    if (index % 2 === 0) return part;
    const href = author !== "customer" && part.startsWith("https:") && part;
    return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, part) : el("bdi", {}, part);
  });
}
