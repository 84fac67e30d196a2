// Asking our own server: JSON in and out, the session's token on every change, errors as sentences.

import { t } from "./words.js";

const LONGEST_WAIT_MS = 12_000;

/** What went wrong, in a sentence that can be shown. `status` is 0 when nothing answered. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {string | null} [field]
   * @param {number} [retryAfterS]
   */
  constructor(status, code, message, field = null, retryAfterS = 0) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfterS = retryAfterS;
  }
}

/**
 * Get JSON.
 * @param {string} url
 * @returns {Promise<any>}
 */
export const get = (url) => ask(url, {});

/**
 * Post JSON and get JSON, null when there is none.
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export const post = (url, body = {}) => send("POST", url, body);

/**
 * Send JSON by any method and get JSON, null when there is none.
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export function send(method, url, body = {}) {
  const headers = { "content-type": "application/json", "x-csrf-token": csrf() };
  return ask(url, { method, headers, body: JSON.stringify(body) });
}

/** A new id for something that must be done once however often it is sent. */
export function newOp() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function csrf() {
  const meta = document.querySelector('meta[name="csrf"]');
  return meta instanceof HTMLMetaElement ? meta.content : "";
}

/**
 * @param {string} url
 * @param {RequestInit} options
 */
async function ask(url, options) {
  const headers = { accept: "application/json", ...options.headers };
  const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
  let answer;
  try {
    answer = await fetch(url, { ...options, headers, signal, cache: "no-store" });
  } catch {
    const words = t(navigator.onLine === false ? "api.offline" : "api.silent");
    throw new ApiError(0, "unreachable", words);
  }
  if (answer.status === 204) return null;
  const body = await answer.json().catch(() => null);
  if (answer.ok && body !== null) return body;
  const told = body?.error ?? {};
  const retryAfterS = Number(answer.headers.get("retry-after")) || 0;
  const words = told.message || t("api.strange");
  throw new ApiError(answer.status, told.code || "broken", words, told.field ?? null, retryAfterS);
}
