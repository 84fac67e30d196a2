// Everything that leaves the frame: requests with the conversation's token, messages on their way,
// and the line to the page that shows us.

import { t } from "../words.js";

/** @typedef {import("./types.js").Session} Session */
/** @typedef {import("./types.js").Letter} Letter */

const TOKEN = "attune:token";
const LETTER = "attune:out:";
export const LEFT = "attune:left:";
const TIMEOUT_MS = 15_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

const asked = new URLSearchParams(location.search);
const origin = asked.get("host") ?? "";
const wished = asked.get("lang") && [asked.get("lang"), ...navigator.languages].join();

/** localStorage where the browser allows it, else memory for as long as the page lives. @type {Storage} */
export const store = (() => {
  try {
    localStorage.setItem(TOKEN, localStorage.getItem(TOKEN) ?? "");
    return localStorage;
  } catch {
    const memory = Object.create({
      getItem: (/** @type {string} */ key) => memory[key] ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => (memory[key] = value),
      removeItem: (/** @type {string} */ key) => delete memory[key],
    });
    return memory;
  }
})();

/** A request that did not do its work; `status` 0 means that it never got an answer. */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} message @param {number} waitMs */
  constructor(status, code, message, waitMs = 0) {
    super(message);
    this.status = status;
    this.code = code;
    this.waitMs = waitMs;
  }

  /** Whether the same request may work later. */
  get passing() {
    return this.status === 0 || this.status === 401 || this.status === 429 || this.status >= 500;
  }
}

export class Api {
  /** @type {Promise<Session> | null} */
  #renewing = null;
  conversation = "";

  /** Whether this browser has a conversation to come back to. */
  get known() {
    return Boolean(store.getItem(TOKEN));
  }

  /** @returns {Record<string, string>} */
  headers() {
    const token = store.getItem(TOKEN);
    return { ...(token && { authorization: `Bearer ${token}` }), ...(wished && { "accept-language": wished }) };
  }

  /** Begin, or come back to the same conversation; calls at the same time share one request. */
  session() {
    this.#renewing ??= this.#open().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #open() {
    const session = /** @type {Session} */ (await this.#ask("POST", "/widget/session", {}));
    if ((this.conversation ||= session.conversation) !== session.conversation) location.reload();
    store.setItem(TOKEN, session.token);
    return session;
  }

  /** Leave the conversation. @param {string} words  to find it by, or "" @param {string} [to]  another's token */
  leave(words, to = "") {
    const key = LEFT + this.conversation;
    if (words) store.setItem(key, JSON.stringify({ token: store.getItem(TOKEN), at: Date.now(), words }));
    else store.removeItem(key);
    this.conversation = "";
    store.setItem(TOKEN, to);
  }

  /**
   * Ask with the conversation's token; a token that has grown old is renewed once.
   * @param {"GET" | "POST"} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async request(method, path, body) {
    try {
      return await this.#ask(method, path, body);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await this.session();
      return this.#ask(method, path, body);
    }
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  async #ask(method, path, body) {
    let answer;
    try {
      answer = await fetch(path, {
        method,
        headers: { ...this.headers(), ...(body && { "content-type": "application/json" }) },
        body: body && JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new ApiError(0, "offline", "");
    }
    const row = await answer.json().catch(() => null);
    if (answer.ok && row) return row;
    const error = row?.error ?? {};
    const waitMs = Number(answer.headers.get("retry-after")) * 1_000 || 0;
    throw new ApiError(answer.status, error.code ?? "", error.message ?? t("unknown"), waitMs);
  }
}

/**
 * Messages on their way. They stay in storage until the server has accepted them, so that a reload,
 * a lost network or a closed tab loses no word; each keeps its event id through every try.
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
    const found = Object.keys(store).filter((key) => key.startsWith(LETTER));
    const letters = found.map((key) => JSON.parse(store.getItem(key) ?? "null")).filter(Boolean);
    return letters.sort((one, two) => one.at - two.at);
  }

  /** Keep a text and send it. @param {string} text */
  add(text) {
    const letter = { event_id: eventId(), text, at: Date.now() };
    store.setItem(LETTER + letter.event_id, JSON.stringify(letter));
    return letter;
  }

  /** Forget a letter: it was accepted, or taken back. @param {string} eventId */
  drop(eventId) {
    this.#refused.delete(eventId);
    store.removeItem(LETTER + eventId);
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

/** An id that no other message has; randomUUID would need a secure page. */
const eventId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (one) => one.toString(36)).join("-");

// The page that shows us is named in our own address; what does not come from that origin and from
// the parent window is not heard, and nothing is posted to anybody else. `frame-ancestors` decides
// who may be that page at all.
export const framed = window.parent !== window;
export const sameSite = origin === location.origin;

/** @param {"ready" | "close" | "unread" | "kept"} type @param {unknown} [value] */
export function tell(type, value) {
  if (framed && origin) window.parent.postMessage({ attune: 1, type, value }, origin);
}

/** @param {(message: import("./types.js").HostMessage) => void} receive */
export function listen(receive) {
  addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== origin) return;
    if (event.data?.attune === 1) receive(event.data);
  });
}
