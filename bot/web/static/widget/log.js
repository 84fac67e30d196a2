// The conversation on the page: entries in the order of their ids, each shown once, whatever order
// they come in; letters on their way stand below them.

import { el } from "./dom.js";
import { dayOf, eventLine, problemWords, speaker, timeOf } from "./words.js";

/** @typedef {import("./api.js").Entry} Entry */
/** @typedef {import("./outbox.js").Letter} Letter */

const SAME_GROUP_MS = 180_000;
const NEAR_PX = 80;
const WELCOME = "0-0";

export class Log {
  /** @type {Map<string, HTMLElement>} by entry id, and by event id for letters */
  #nodes = new Map();
  /** @type {Map<HTMLElement, Entry>} */
  #entries = new Map();
  /** @type {Entry["quick_replies"]} */
  #quick = [];
  #quickNode = el("div", { className: "quick", role: "group", "aria-label": "Quick answers" });
  #following = true; // the newest message is in sight, and stays so when the page changes
  lastId = "";

  /**
   * @param {HTMLElement} box  the scrolling role="log"
   * @param {HTMLElement} jump  the button that leads to the newest message
   * @param {{say: (text: string) => void, again: (eventId: string) => void, takeBack: (letter: Letter) => void}} act
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
  }

  /** Forget everything: another conversation begins. */
  clear() {
    this.#nodes.clear();
    this.#entries.clear();
    this.box.replaceChildren();
    this.lastId = "";
  }

  /** What the assistant says before anything else. @param {{text: string, quick_replies: any[]}} welcome @param {number} at */
  welcome(welcome, at) {
    this.add([{ id: WELCOME, kind: "message", at, author: "bot", ...welcome }]);
  }

  /** Show entries; those already shown are left alone. @param {Entry[]} entries @returns {Entry[]} the new ones */
  add(entries) {
    const fresh = entries.filter((entry) => !this.#nodes.has(entry.id));
    fresh.forEach((entry) => this.#place(entry));
    if (!fresh.length) return fresh;
    this.#regroup();
    if (this.#following) this.toEnd();
    else this.jump.hidden = !fresh.some((entry) => entry.author !== "customer");
    return fresh;
  }

  /** Show a letter, or how it fares. @param {Letter} letter @param {import("./api.js").ApiError | null} error */
  letter(letter, error) {
    let node = this.#nodes.get(letter.event_id);
    if (!node) {
      const entry = /** @type {Entry} */ ({ ...letter, id: "", kind: "message", author: "customer" });
      node = this.#message(entry);
      this.#nodes.set(letter.event_id, node);
      this.#entries.set(node, entry);
      this.box.append(node);
      this.#regroup();
      this.toEnd();
    }
    node.querySelector(".fate")?.remove();
    if (error) node.append(this.#fate(letter, error));
    if (this.#following) this.toEnd();
  }

  /** Give a letter the id the server gave it. @param {string} eventId @param {string} id */
  accepted(eventId, id) {
    const node = this.#nodes.get(eventId);
    const entry = node && this.#entries.get(node);
    if (!node || !entry) return;
    this.#nodes.delete(eventId);
    if (this.#nodes.has(id)) return this.#remove(node);
    node.querySelector(".fate")?.remove();
    entry.id = id;
    this.#nodes.set(id, node);
    this.#insert(node, id);
    this.#regroup();
  }

  /** Take a letter off the page. @param {string} eventId */
  dropLetter(eventId) {
    const node = this.#nodes.get(eventId);
    this.#nodes.delete(eventId);
    if (node) this.#remove(node);
  }

  toEnd() {
    this.jump.hidden = true;
    this.#following = true;
    this.box.scrollTop = this.box.scrollHeight;
  }

  /** All messages as plain text, to keep. */
  text() {
    return this.#inOrder()
      .filter((entry) => entry.kind === "message")
      .map((entry) => `${dayOf(entry.at, 0)}, ${timeOf(entry.at)}, ${speaker(entry)}:\n${entry.text}\n`)
      .join("\n");
  }

  #nearEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_PX;
  }

  /** @param {HTMLElement} node */
  #remove(node) {
    this.#entries.delete(node);
    node.remove();
    this.#regroup();
  }

  /** @param {Entry} entry */
  #place(entry) {
    if (entry.id !== WELCOME && isLater(entry.id, this.lastId)) this.lastId = entry.id;
    if (entry.event_id && this.#nodes.has(entry.event_id)) return this.accepted(entry.event_id, entry.id);
    const node = entry.kind === "message" ? this.#message(entry) : event(entry);
    this.#nodes.set(entry.id, node);
    this.#entries.set(node, entry);
    this.#insert(node, entry.id);
  }

  /** Put a node where its id belongs; nodes without an id stay last. @param {HTMLElement} node @param {string} id */
  #insert(node, id) {
    const others = /** @type {HTMLElement[]} */ ([...this.box.children]);
    const after = others.find((other) => {
      const entry = other !== node && this.#entries.get(other);
      return entry && (!entry.id || isLater(entry.id, id));
    });
    const next = after ?? null;
    if (node.isConnected && (node.nextElementSibling === next || (!next && !node.nextElementSibling))) return;
    this.box.insertBefore(node, next);
  }

  /** @param {Entry} entry */
  #message(entry) {
    const said = el("div", { className: "bubble", dir: "auto" });
    said.append(...linked(entry.text ?? "", entry.author !== "customer"));
    return el(
      "article",
      { className: "entry", data: { author: entry.author } },
      el("p", { className: "day", hidden: true }, dayOf(entry.at)),
      el(
        "p",
        { className: "by" },
        el("span", { className: "who", dir: "auto" }, speaker(entry)),
        el("time", { dateTime: new Date(entry.at).toISOString() }, timeOf(entry.at)),
      ),
      said,
    );
  }

  /** @param {Letter} letter @param {import("./api.js").ApiError} error */
  #fate(letter, error) {
    const button = error.passing
      ? el("button", { type: "button", onclick: () => this.act.again(letter.event_id) }, "Try again")
      : el("button", { type: "button", onclick: () => this.act.takeBack(letter) }, "Edit");
    return el("p", { className: "fate" }, problemWords(error) + ". ", button);
  }

  #inOrder() {
    const nodes = /** @type {HTMLElement[]} */ ([...this.box.children]);
    return nodes.flatMap((node) => this.#entries.get(node) ?? []);
  }

  /** Say who speaks only where the speaker changes, and the day only where it does. */
  #regroup() {
    /** @type {Entry | undefined} */
    let before;
    for (const node of /** @type {HTMLElement[]} */ ([...this.box.children])) {
      const entry = this.#entries.get(node);
      if (!entry) continue;
      const newDay = dayOf(entry.at) !== (before ? dayOf(before.at) : "Today");
      const first = newDay || !before || speakerKey(before) !== speakerKey(entry) || entry.at - before.at > SAME_GROUP_MS;
      node.classList.toggle("first", first);
      const label = node.querySelector(".day");
      if (label instanceof HTMLElement) label.hidden = !newDay;
      before = entry;
    }
    this.#offer();
  }

  /** Quick answers stand under the newest message only, and only if it is the assistant's. */
  #offer() {
    const last = this.#inOrder().filter((entry) => entry.kind === "message").at(-1);
    const quick = (last?.author === "bot" && last.quick_replies) || [];
    if (quick === this.#quick && this.#quickNode.isConnected === quick.length > 0) return;
    this.#quick = quick;
    this.#quickNode.replaceChildren(
      ...quick.map(({ text }) => el("button", { type: "button", dir: "auto", onclick: () => this.act.say(text) }, text)),
    );
    if (quick.length) this.box.append(this.#quickNode);
    else this.#quickNode.remove();
  }
}

/** @param {Entry} entry */
const speakerKey = (entry) => entry.kind + entry.author + (entry.name ?? "");

/** @param {Entry} entry */
function event(entry) {
  const line = eventLine(entry);
  return el("p", { className: "entry event", hidden: !line, dir: "auto" }, line);
}

/** Whether one entry id ("ms-number") comes after another. @param {string} one @param {string} two */
export function isLater(one, two) {
  const [ms, number] = one.split("-").map(Number);
  const [otherMs, otherNumber] = two.split("-").map(Number);
  return ms > (otherMs || 0) || (ms === (otherMs || 0) && number > (otherNumber || 0));
}

/** Text with its web addresses made into links; only for what we wrote ourselves. @param {string} text @param {boolean} ours */
function linked(text, ours) {
  if (!ours) return [text];
  return text.split(/(https:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/).map((part, index) =>
    index % 2 ? el("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part) : part,
  );
}
