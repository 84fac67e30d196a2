// Server-sent events over fetch: EventSource can send no header. Resumes by Last-Event-ID, waits
// longer after each failure, and comes back at once with the network or the page.

/** @typedef {import("./stream-types.js").StreamState} StreamState */
/** @typedef {import("./stream-types.js").StreamEvent} StreamEvent */

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const SILENCE_MS = 40_000; // the server pings every 15 s
const GIVE_UP = new Set([400, 404, 405, 410]);

/**
 * Keep a stream open until it is closed.
 * @param {string} url
 * @param {import("./stream-types.js").StreamOptions} options
 * @returns {import("./stream-types.js").Stream}
 */
export function openStream(url, options) {
  let lastId = options.lastId ?? "";
  let closed = false;
  let failures = 0;
  /** @type {AbortController | null} */
  let connection = null;
  let wake = () => {};

  /** @param {StreamState} state */
  const say = (state) => options.onState?.(state);

  /** @param {number} ms */
  const pause = (ms) =>
    new Promise((done) => {
      const timer = setTimeout(() => done(undefined), ms);
      wake = () => {
        clearTimeout(timer);
        done(undefined);
      };
    });

  /** @param {StreamEvent} event */
  const receive = (event) => {
    lastId = event.id;
    if (closed || event.type === "end") return;
    failures = 0;
    options.onEvent(event);
  };

  /** @returns {Promise<number>} how long to pause before the next try, in ms */
  async function connect() {
    const current = (connection = new AbortController());
    say("connecting");
    const resume = lastId && { "last-event-id": lastId };
    const headers = { accept: "text/event-stream", ...options.headers?.(), ...resume };
    const answer = await fetch(url, { headers, cache: "no-store", signal: current.signal });
    if (answer.ok && answer.body) {
      say("open");
      await read(answer.body, lastId, receive, () => current.abort());
      return backoff(failures++); // it ended; an event since has set the count back
    }
    if (answer.status === 401 || answer.status === 403) {
      closed = !(await options.onRefused?.(answer.status));
    } else if (GIVE_UP.has(answer.status)) {
      closed = true;
    }
    const asked = Number(answer.headers.get("retry-after")) * 1_000 || 0;
    return Math.max(asked, backoff(failures++));
  }

  async function run() {
    while (!closed) {
      let rest = 0;
      try {
        rest = await connect();
      } catch {
        rest = backoff(failures++); // refused, aborted or cut off: all the same to the reader
      }
      if (closed) break;
      const offline = navigator.onLine === false;
      say(offline ? "offline" : "waiting");
      await pause(offline ? LONGEST_PAUSE_MS : rest);
    }
    say("closed");
  }

  const retry = () => {
    failures = 0;
    wake();
  };
  const cut = () => connection?.abort();
  const seen = () => document.visibilityState === "visible" && retry();
  addEventListener("online", retry);
  addEventListener("offline", cut);
  document.addEventListener("visibilitychange", seen);
  run();

  return {
    retry,
    close() {
      closed = true;
      removeEventListener("online", retry);
      removeEventListener("offline", cut);
      document.removeEventListener("visibilitychange", seen);
      cut();
      wake();
    },
  };
}

/** Longer after each failure, never the same for two pages. @param {number} failures */
function backoff(failures) {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
  return most / 2 + (Math.random() * most) / 2;
}

/**
 * Read events until the body ends or falls silent.
 * @param {ReadableStream<Uint8Array>} body
 * @param {string} lastId
 * @param {(event: StreamEvent) => void} receive
 * @param {() => void} cut
 */
async function read(body, lastId, receive, cut) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parse = parser(lastId, receive);
  let heard = Date.now(); // a timer would not count the time a laptop slept
  const timer = setInterval(() => Date.now() - heard > SILENCE_MS && cut(), 4_000);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard = Date.now();
      parse(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearInterval(timer);
  }
}

/**
 * Give a function that takes text as it comes and hands on each whole event.
 * @param {string} id
 * @param {(event: StreamEvent) => void} receive
 * @returns {(text: string) => void}
 */
export function parser(id, receive) {
  let rest = "";
  let type = "";
  /** @type {string[]} */
  let data = [];
  /** @param {string} line */
  const take = (line) => {
    if (line === "") {
      if (type || data.length) receive({ type: type || "message", id, data: json(data.join("\n")) });
      type = "";
      data = [];
      return;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? ["", "", ""];
    if (field === "event") type = value;
    else if (field === "data") data.push(value);
    else if (field === "id") id = value;
  };
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    lines.forEach(take);
  };
}

/** @param {string} text */
function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
