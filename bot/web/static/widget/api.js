// The conversation's token and every request that carries it.

/**
 * @typedef {object} QuickReply
 * @property {string} text
 * @property {string} payload
 *
 * @typedef {object} Entry  one thing in the log; which fields it has depends on its kind
 * @property {string} id
 * @property {"message" | "event"} kind
 * @property {number} at  ms since 1970
 * @property {"customer" | "bot" | "agent"} [author]
 * @property {string} [text]
 * @property {string} [name]
 * @property {string} [what]
 * @property {string} [event_id]
 * @property {QuickReply[]} [quick_replies]
 *
 * @typedef {object} State  who the conversation is with
 * @property {"bot" | "waiting" | "agent"} holder
 * @property {{name: string} | null} agent
 * @property {boolean} team_online
 * @property {number | null} position
 * @property {string} wait
 * @property {boolean} can_rate
 * @property {string | null} email
 *
 * @typedef {object} Session
 * @property {string} token
 * @property {string} conversation
 * @property {State} state
 * @property {Entry[]} entries
 * @property {{text: string, quick_replies: QuickReply[]}} welcome
 */

const TOKEN = "attune:token";
const TIMEOUT_MS = 15_000;

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

/** localStorage where the browser allows it, else memory for as long as the page lives. */
export const store = (() => {
  /** @type {Map<string, string>} */
  const memory = new Map();
  try {
    localStorage.setItem("attune:probe", "");
    localStorage.removeItem("attune:probe");
    return {
      get: (/** @type {string} */ key) => localStorage.getItem(key),
      set: (/** @type {string} */ key, /** @type {string} */ value) => localStorage.setItem(key, value),
      drop: (/** @type {string} */ key) => localStorage.removeItem(key),
      keys: () => Object.keys(localStorage),
    };
  } catch {
    return {
      get: (/** @type {string} */ key) => memory.get(key) ?? null,
      set: (/** @type {string} */ key, /** @type {string} */ value) => void memory.set(key, value),
      drop: (/** @type {string} */ key) => void memory.delete(key),
      keys: () => [...memory.keys()],
    };
  }
})();

export class Api {
  /** @type {Promise<Session> | null} */
  #renewing = null;

  /** Whether this browser has a conversation to come back to. */
  get known() {
    return Boolean(store.get(TOKEN));
  }

  /** @returns {Record<string, string>} */
  headers() {
    const token = store.get(TOKEN);
    return token ? { authorization: `Bearer ${token}` } : {};
  }

  /** Begin, or come back to the same conversation; calls at the same time share one request. */
  session() {
    this.#renewing ??= this.#open().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #open() {
    const session = /** @type {Session} */ (await this.#ask("POST", "/widget/session", {}));
    store.set(TOKEN, session.token);
    return session;
  }

  /** Leave the conversation; the next session begins a new one. */
  forget() {
    store.drop(TOKEN);
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
      throw new ApiError(0, "offline", "There is no connection.");
    }
    const row = await answer.json().catch(() => null);
    if (answer.ok && row) return row;
    const error = row?.error ?? {};
    const waitMs = Number(answer.headers.get("retry-after")) * 1_000 || 0;
    throw new ApiError(answer.status, error.code ?? "", error.message ?? "Something failed here.", waitMs);
  }
}
