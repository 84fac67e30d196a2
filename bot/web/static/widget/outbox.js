// Messages on their way. They are kept in storage until the server has accepted them, so that a
// reload, a lost network or a closed tab loses no word. Each keeps its event id through every try.

import { ApiError, store } from "./api.js";

const PREFIX = "attune:out:";
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * @typedef {object} Letter
 * @property {string} event_id
 * @property {string} text
 * @property {number} at  ms since 1970
 */

export class Outbox {
  #busy = false;
  #failures = 0;
  /** @type {number | undefined} */
  #timer;
  /** @type {Set<string>} refused for good: only a person can mend them */
  #refused = new Set();

  /**
   * @param {(letter: Letter) => Promise<void>} deliver  throws ApiError
   * @param {(letter: Letter, error: ApiError | null) => void} report  null while a try is on its way
   */
  constructor(deliver, report) {
    this.deliver = deliver;
    this.report = report;
    addEventListener("online", () => this.flush());
  }

  /** All letters not yet accepted, oldest first. @returns {Letter[]} */
  letters() {
    const found = store.keys().filter((key) => key.startsWith(PREFIX));
    const letters = found.map((key) => JSON.parse(store.get(key) ?? "null")).filter(Boolean);
    return letters.sort((one, two) => one.at - two.at);
  }

  /** Keep a text and send it. @param {string} text */
  add(text) {
    const letter = { event_id: eventId(), text, at: Date.now() };
    store.set(PREFIX + letter.event_id, JSON.stringify(letter));
    return letter;
  }

  /** Forget a letter: it was accepted, or taken back. @param {string} eventId */
  drop(eventId) {
    this.#refused.delete(eventId);
    store.drop(PREFIX + eventId);
  }

  /** Try one again by hand. @param {string} eventId */
  again(eventId) {
    this.#refused.delete(eventId);
    this.#failures = 0;
    return this.flush();
  }

  /** Send what waits, one after the other, in order. */
  async flush() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!(await this.#send(next))) break;
      }
    } finally {
      this.#busy = false;
    }
  }

  #next() {
    return this.letters().find((letter) => !this.#refused.has(letter.event_id));
  }

  /** @param {Letter} letter */
  async #send(letter) {
    this.report(letter, null);
    try {
      await this.deliver(letter);
    } catch (error) {
      return this.#failed(letter, error instanceof ApiError ? error : new ApiError(500, "", String(error)));
    }
    this.#failures = 0;
    this.drop(letter.event_id);
    return true;
  }

  /** @param {Letter} letter @param {ApiError} error */
  #failed(letter, error) {
    this.report(letter, error);
    if (!error.passing) {
      this.#refused.add(letter.event_id);
      return true;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++);
    this.#timer = window.setTimeout(() => this.flush(), Math.max(error.waitMs, pause));
    return false;
  }
}

/** An id that no other message has; randomUUID needs a secure page, so there is a second way. */
function eventId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (one) => one.toString(36)).join("-");
}
