// What a page says by itself: sentences in its language, which the server put into it (#words).

/** @typedef {string | number | Node} Value */

export const { lang } = document.documentElement;
const { dir } = document.documentElement;
const words = JSON.parse(/** @type {any} */ (document.getElementById("words"))?.content.textContent ?? "{}");
const plurals = new Intl.PluralRules(lang);
// Letters that run against the page's direction.
const turns = dir === "rtl" ? /[a-z]/i : /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** For Intl: everywhere 24 hours, and the digits that order numbers have. */
export const locale = (lang === "en" ? "en-GB" : lang) + "-u-hc-h23-nu-latn";

/** Add sentences that came later. @param {object} more */
export const learn = (more) => Object.assign(words, more);

/** A sentence, or a group of them, by its path. @param {string} path @returns {any} */
export const find = (path) => path.split(".").reduce((at, name) => at?.[name], words);

/** A sentence with its values; `count` chooses the plural. @param {string} path @param {Record<string, Value>} [values] */
export const t = (path, values) => parts(path, values).join("");

/** The same in pieces, for values that are elements. @param {string} path @param {Record<string, Value>} [values] */
export function parts(path, values = {}) {
  const found = find(path) ?? path;
  const sentence = found.other ? (found[plurals.select(Number(values.count))] ?? found.other) : found;
  return /** @type {(string | Node)[]} */ (sentence.split(/\{(\w+)\}/)).map((piece, at) => (at % 2 ? shown(values[String(piece)]) : piece));
}

/** @param {Value} value  one that runs the other way stays apart from the sentence */
function shown(value) {
  if (typeof value === "number") return value.toLocaleString(locale);
  return typeof value === "string" && turns.test(value) ? `\u2068${value}\u2069` : value;
}
