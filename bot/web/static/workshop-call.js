// Talking to the workshop: like api.js, but a refusal keeps its whole answer (both texts of a conflict).

const LONGEST_WAIT_MS = 20_000;
/** Publishing may audit the draft first. */
export const PUBLISH_WAIT_MS = 120_000;

/**
 * @typedef {object} Answer
 * @property {number} status 0 when nothing answered
 * @property {any} body
 * @property {string} message what to tell a person when it was refused
 */

/**
 * Post JSON, or files, or get when there is nothing to send.
 * @param {string} url
 * @param {object | FormData} [sent]
 * @param {number} [longestMs] how long an answer may take
 * @returns {Promise<Answer>}
 */
export async function call(url, sent, longestMs = LONGEST_WAIT_MS) {
  const meta = document.querySelector('meta[name="csrf"]');
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json" };
  if (meta instanceof HTMLMetaElement) headers["x-csrf-token"] = meta.content;
  const files = sent instanceof FormData;
  if (sent && !files) headers["content-type"] = "application/json";
  try {
    const answer = await fetch(url, {
      method: sent ? "POST" : "GET",
      headers,
      body: files ? sent : sent && JSON.stringify(sent),
      signal: AbortSignal.timeout(longestMs),
      cache: "no-store",
    });
    const body = await answer.json().catch(() => null);
    const message = body?.error?.message ?? (answer.ok ? "" : "Attune answered something unexpected.");
    return { status: answer.status, body, message };
  } catch {
    const message = navigator.onLine === false ? "You are offline." : "Attune does not answer.";
    return { status: 0, body: null, message };
  }
}

/**
 * Make an element; text is always text.
 * @param {string} tag
 * @param {string} [className]
 * @param {...(Node | string | null)} inside
 */
export function make(tag, className = "", ...inside) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside.filter((one) => one !== null));
  return element;
}

/**
 * Write times of the page in the reader's own words.
 * @param {ParentNode} root
 */
export function tellTimes(root) {
  for (const one of root.querySelectorAll("time[data-ms]")) {
    const at = new Date(Number(one.getAttribute("data-ms")));
    const today = at.toDateString() === new Date().toDateString();
    /** @type {Intl.DateTimeFormatOptions} */
    const clock = { hour: "2-digit", minute: "2-digit" };
    const day = today ? clock : { day: "numeric", month: "short", year: "numeric", ...clock };
    one.textContent = new Intl.DateTimeFormat("en-GB", /** @type {any} */ (day)).format(at);
    one.setAttribute("datetime", at.toISOString());
  }
}
