// The lists of conversations: which one is shown, what it holds, and the counts of all.

import { get } from "../api.js";
import { t } from "../words.js";
import { showBreached } from "./breached.js";
import { setHours } from "./clock.js";
import { byId, say } from "./dom.js";
import { List } from "./list.js";
import { calmly } from "./rhythm.js";
import { reasonOf } from "./words.js";

const REST_MS = 900;
const LONG_LIST = 100;
const LONG_REST_MS = 4_000;
/** The lists, in the order of their buttons. */
export const VIEWS = ["waiting", "mine", "snoozed", "promised", "mentions", "open", "closed"];
const COUNTED = ["waiting", "mine", "snoozed", "promised", "mentions"];
export class Lists {
  /**
   * @param {string} me
   * @param {{fine: () => void, troubled: (error: any) => void, waiting: (count: number, why: string) => void, mentioned: (count: number) => void}} calls
   */
  constructor(me, calls) {
    this.me = me;
    this.calls = calls;
    this.list = new List(byId("list"), byId("fresh"), me);
    this.view = "waiting";
    this.before = "waiting";
    /** @type {any[]} */
    this.mine = [];
    /** @type {any[]} */
    this.breached = [];
    this.turn = 0;
    /** Called when this desk has changed something. */
    this.acted = () => {};
    this.fresh = calmly(() => this.load(), () => (this.list.rows.length > LONG_LIST ? LONG_REST_MS : REST_MS));
    for (const name of VIEWS) byId(`view-${name}`).addEventListener("click", () => this.show(name));
  }

  async load() {
    const turn = ++this.turn;
    const { view } = this;
    if (view === "found") return this.loadCounts(turn);
    try {
      const shown = await get(`/desk/tickets?view=${view}`);
      if (turn !== this.turn || shown.view !== this.view) return;
      this.mine = shown.mine;
      this.breached = shown.breached;
      setHours(shown.hours);
      this.drawBreached();
      this.list.show(view, shown.tickets);
      this.counts(shown.counts, shown.tickets);
      this.empty(shown.tickets.length === 0);
      this.calls.fine();
    } catch (error) {
      this.calls.troubled(error);
      if (turn === this.turn) byId("list-wait").hidden = true;
    }
  }

  /** While something is searched for only the counts are asked for. @param {number} turn */
  async loadCounts(turn) {
    try {
      const held = await get("/desk/tickets?view=mine");
      if (turn !== this.turn) return;
      this.mine = held.tickets;
      this.counts(held.counts, []);
      this.calls.fine();
    } catch (error) {
      this.calls.troubled(error);
    }
  }

  /** Show what a search found so far. @param {any[]} rows @param {boolean} done */
  showFound(rows, done) {
    this.list.show("found", rows);
    byId("list-wait").hidden = rows.length > 0 || done;
    if (rows.length || done) this.empty(!rows.length);
  }

  /** @param {Record<string, number>} found @param {any[]} rows */
  counts(found, rows) {
    for (const name of COUNTED) {
      say(byId(`count-${name}`), found[name] ? String(found[name]) : "");
    }
    byId("view-mentions").hidden = !found.mentions && this.view !== "mentions";
    this.calls.mentioned(found.mentions ?? 0);
    byId("next").disabled = found.waiting === 0;
    const cut = this.view === "waiting" && found.waiting > rows.length;
    byId("more").hidden = !cut;
    if (cut) say(byId("more"), t("list.first", { number: rows.length, all: found.waiting }));
    this.calls.waiting(found.waiting, this.view === "waiting" && rows[0] ? reasonOf(rows[0]) : "");
  }

  /** @param {boolean} none */
  empty(none) {
    byId("list-wait").hidden = true;
    byId("list-empty").hidden = !none;
    say(byId("list-empty-title"), t(`empty.${this.view}`));
    say(byId("list-empty-words"), t(`empty.${this.view}_more`));
  }

  /** @param {string} next */
  show(next) {
    if (next === "found") this.before = this.view;
    this.view = next;
    for (const name of VIEWS) byId(`view-${name}`).setAttribute("aria-pressed", String(name === next));
    byId("list-empty").hidden = true;
    byId("list").replaceChildren();
    this.list.rows = [];
    this.list.view = "";
    byId("list-wait").hidden = false;
    byId("lists-scroll").scrollTop = 0;
    this.load();
  }

  /** What only the lead gets: whose clock has run out. */
  drawBreached() {
    showBreached(byId("breached"), byId("breached-list"), byId("breached-count"), this.breached, this.me);
  }

  /** Let the minutes go on. */
  tick() {
    this.list.tick();
    this.drawBreached();
  }

  /** Tokens of all one holds, so that the heartbeat keeps them. */
  tokens() {
    return Object.fromEntries(this.mine.map((row) => [row.ticket.id, row.ticket.token]));
  }
}
