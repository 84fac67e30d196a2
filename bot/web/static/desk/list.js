// One list of conversations. While a pointer or the focus is in it nothing moves: rows change in
// place, news is counted, and the order follows when the list is left or the count is pressed.

import { t } from "../words.js";
import { showClock } from "./clock.js";
import { el, icon, keyed, say } from "./dom.js";
import { anyoneWords } from "./offer.js";
import { dueWords } from "./promises.js";
import { PRIORITIES, holderWords, lengthOf, momentOf, nameOf, outcomeWords, reasonOf, whoOf } from "./words.js";

const SHAPES = /** @type {Record<string, string>} */ ({ ...PRIORITIES, normal: "" });

export class List {
  /**
   * @param {Element} place
   * @param {HTMLButtonElement} fresh  shows and applies what came while the list was held
   * @param {string} me
   */
  constructor(place, fresh, me) {
    this.place = place;
    this.fresh = fresh;
    this.me = me;
    this.view = "waiting";
    this.selected = "";
    /** @type {any[]} */
    this.rows = [];
    /** @type {any[]} */
    this.next = [];
    this.over = false;
    place.addEventListener("pointerenter", () => (this.over = true));
    place.addEventListener("pointerleave", () => this.leave());
    place.addEventListener("focusout", () => setTimeout(() => this.settle(), 0));
    fresh.addEventListener("click", () => this.apply());
  }

  /** @param {string} view @param {any[]} rows */
  show(view, rows) {
    const other = view !== this.view;
    this.view = view;
    this.next = rows;
    if (other || !this.held()) this.apply();
    else this.hold();
  }

  held() {
    return this.rows.length > 0 && (this.over || this.place.contains(document.activeElement));
  }

  leave() {
    this.over = false;
    this.settle();
  }

  settle() {
    if (this.next !== this.rows && !this.held()) this.apply();
  }

  apply() {
    this.rows = this.next;
    this.fresh.hidden = true;
    this.draw(this.rows);
  }

  /** Keep the order; change what is known of rows that stay, dim those that left, count the new. */
  hold() {
    const news = new Map(this.next.map((row) => [row.conversation, row]));
    const kept = this.rows.map((row) => news.get(row.conversation) ?? { ...row, left: true });
    const known = new Set(this.rows.map((row) => row.conversation));
    const more = this.next.filter((row) => !known.has(row.conversation)).length;
    const moved = this.next.some((row, at) => this.rows[at]?.conversation !== row.conversation);
    this.fresh.hidden = !moved;
    say(this.fresh, more ? t("list.news", { count: more }) : t("list.changed"));
    this.draw(kept);
  }

  /** @param {any[]} rows */
  draw(rows) {
    keyed(this.place, rows, (row) => row.conversation, () => rowElement(), (element, row) => {
      fill(element, row, this.view, this.me);
      const link = element.firstElementChild;
      if (row.conversation === this.selected) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    });
  }

  /** @param {string} conversation */
  select(conversation) {
    this.selected = conversation;
    for (const item of this.place.children) {
      const link = item.firstElementChild;
      const here = /** @type {HTMLElement} */ (item).dataset.key === conversation;
      if (here) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }
  }

  /** Move the focus by one row. @param {number} step */
  move(step) {
    this.apply();
    const links = [...this.place.querySelectorAll("a")];
    const focused = links.indexOf(/** @type {any} */ (document.activeElement));
    const from = focused >= 0 ? focused : links.findIndex((one) => one.hasAttribute("aria-current"));
    const to = Math.min(links.length - 1, Math.max(0, from + (from < 0 ? 1 : step)));
    links[to]?.focus();
    links[to]?.scrollIntoView({ block: "nearest" });
  }

  /** Let the minutes go on. */
  tick() {
    for (const row of this.rows) if ((row.clock || dueOf(row, this.view)) && !row.left) this.tickRow(row);
  }

  /** @param {any} row */
  tickRow(row) {
    const item = [...this.place.children].find((one) => /** @type {HTMLElement} */ (one).dataset.key === row.conversation);
    const when = item?.querySelector(".item-when");
    if (when) fillWhen(/** @type {HTMLElement} */ (when), row, this.view);
  }
}

/** What a row counts down to in a list, 0 if nothing. @param {any} row @param {string} view @returns {number} */
function dueOf(row, view) {
  return view === "promised" ? row.promise?.due_ms ?? 0 : 0;
}

function rowElement() {
  return el("li", {}, el("a", { className: "item" },
    el("span", { className: "item-name", dir: "auto" }),
    el("span", { className: "item-when" }),
    el("span", { className: "item-why" }, el("span", { className: "item-mark" }), el("span", { className: "item-words" })),
    el("span", { className: "item-last", dir: "auto" })));
}

/** @param {HTMLElement} element @param {any} row @param {string} view @param {string} me */
function fill(element, row, view, me) {
  const link = /** @type {HTMLAnchorElement} */ (element.firstElementChild);
  const [name, when, why, last] = /** @type {HTMLElement[]} */ ([...link.children]);
  const href = `#${encodeURIComponent(row.conversation)}`;
  if (link.getAttribute("href") !== href) link.href = href;
  link.classList.toggle("left", !!row.left);
  say(name, nameOf(row));
  fillWhen(when, row, view);
  fillWhy(why, row, view, me);
  say(last, row.found || lastWords(row, me));
}

/** What the customer waits with: their words, or the reason in words if the bot spoke last. @param {any} row @param {string} me */
function lastWords(row, me) {
  const why = row.reasons?.[0]?.sentence;
  if (row.holder === "waiting" && row.last?.author !== "customer" && why) return why.charAt(0).toUpperCase() + why.slice(1);
  if (!row.last) return t("list.nothing");
  if (row.last.author === "customer") return row.last.text;
  const who = t(row.last.author === "bot" ? "bot" : row.agent?.id === me ? "you" : "list.other_colleague");
  return t("list.said", { who, text: row.last.text });
}

/** @param {HTMLElement} when @param {any} row @param {string} view */
function fillWhen(when, row, view) {
  if (row.left) return say(when, "");
  const due = dueOf(row, view);
  if (due) return setDue(when, due);
  if (row.clock && view !== "open" && view !== "snoozed") return showClock(when, row.clock, "item-when");
  when.className = "item-when";
  if (view === "snoozed") return say(when, t("list.until", { until: momentOf(row.snoozed_ms) }));
  return say(when, momentOf(view === "closed" ? row.ticket.closed_ms : row.last_ms));
}

/** @param {HTMLElement} why @param {any} row @param {string} view @param {string} me */
function fillWhy(why, row, view, me) {
  const [mark, words] = /** @type {HTMLElement[]} */ ([...why.children]);
  const priority = row.ticket?.state === "waiting" ? row.ticket.priority : "";
  const answer = view === "mine" && row.last?.author === "customer";
  const late = view !== "promised" && row.promise && row.promise.due_ms < Date.now();
  const tag = row.left ? "" : answer ? t("list.wants_answer") : late ? t("list.promise_late") : SHAPES[priority] ?? "";
  if (mark.textContent !== tag) {
    mark.replaceChildren(...(tag ? [tag] : []));
    if (priority === "urgent") mark.prepend(icon("triangle-alert"));
  }
  mark.className = tag ? `item-mark tag ${answer ? "accent" : priority === "urgent" ? "urgent" : "attention"}` : "item-mark";
  say(words, row.left ? leftWords(row) : whyWords(row, view, me));
}

/** @param {any} row */
const leftWords = (row) => t(row.view === "mine" ? "list.not_yours" : "list.gone");

/** @param {any} row @param {string} view @param {string} me */
function whyWords(row, view, me) {
  if (view === "closed") return outcomeWords(row.ticket);
  if (view === "promised") return row.promise ? t("list.said", { who: whoOf(row.promise, me), text: row.promise.text }) : "";
  if (view === "open" || view === "found") return [holderWords(row, me), reasonOf(row)].filter(Boolean).join(" · ");
  const again = row.ticket?.stuck && t("list.stuck");
  const anyone = row.ticket?.anyone && anyoneWords(row.ticket.anyone, row.ticket.skill.split("+"));
  const words = [reasonOf(row), again, anyone].filter(Boolean).join(" · ");
  return words || t("list.since", { length: lengthOf(Date.now() - row.last_ms) });
}

/** @param {HTMLElement} when @param {number} due */
function setDue(when, due) {
  const { words, level } = dueWords(due);
  const name = `item-when ${level}`;
  if (when.className !== name) when.className = name;
  say(when, words);
}
