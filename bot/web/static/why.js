// Why a message was read so, as text with marks: for the desk and the workshop alike.

import { el } from "./desk/dom.js";
import { find, parts, t } from "./words.js";

const MOST_MARKS = 6;
const TOLD = 3;
const LONGEST = 120;
const HELD = 0.1;
const THERE = 0.25;
const STRONG = 0.5;
/** @typedef {{span: [number, number], effect: number}} Carrier */
/** @typedef {{name: string, probability: number, sure: string, words: Carrier[], sentence: [number, number] | null}} Felt */
/** @typedef {{felt: Felt[], window: [number, number], read_to: number}} Carried */

/**
 * How it sounds: every feeling with the message and the words that carried it.
 * @param {string} text
 * @param {Carried} why
 * @returns {HTMLElement[]}
 */
export function feltParts(text, why) {
  const letters = [...text]; // spans count code points, as the server does
  const made = why.felt.map((felt) => feeling(letters, felt, why.window));
  const notes = [t("why.method")];
  const [start, end] = why.window;
  if (letters.slice(0, start).concat(letters.slice(end)).join("").trim()) notes.push(t("why.window"));
  if (why.read_to < letters.length) notes.push(t("why.read_to", { tail: tail(letters.slice(0, why.read_to)) }));
  return [...made, el("p", { className: "why-method small soft" }, notes.join(" "))];
}

/**
 * What it means: the training phrases behind what was chosen and what came next.
 * @param {any[]} pulled
 * @returns {HTMLElement[]}
 */
export function pulledParts(pulled) {
  return pulled.map((one, at) => {
    const refused = one.intent === null;
    const intent = el("b", {}, one.title);
    const head = refused
      ? el("p", {}, ...parts("why.refused_more", { refused: el("b", {}, t("why.refused")) }))
      : el("p", {}, ...parts(`why.${at ? (pulled[0].intent === null ? "nearest" : "next") : "first"}`, { intent, sure: one.sure }));
    const phrases = one.towards.slice(0, at ? 1 : TOLD).map((/** @type {any} */ pull) =>
      el("li", {}, quote(pull.phrase), el("span", { className: "soft small" }, ` ${pull.alike}`)));
    const away = one.away[0];
    return el("div", { className: "why-pulled" }, head,
      phrases.length ? el("ul", {}, ...phrases) : el("p", { className: "soft" }, t("why.none")),
      !at && away ? el("p", { className: "small soft" }, ...parts("why.against", { phrase: quote(away.phrase), title: away.title })) : null);
  });
}

/** A training phrase, the beginning of a long one. @param {string} phrase */
export function quote(phrase) {
  const letters = [...phrase];
  const text = letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("").trimEnd()}…` : phrase;
  return el("q", { dir: "auto", title: text === phrase ? "" : phrase }, text);
}

/** @param {string[]} letters @param {Felt} felt @param {[number, number]} window */
function feeling(letters, felt, window) {
  const raised = felt.words.filter((one) => one.effect > 0);
  const held = felt.words.filter((one) => one.effect <= -HELD).slice(0, TOLD);
  const name = el("b", {}, find("why.feelings")[felt.name] ?? felt.name);
  const head = el("p", {}, ...parts("why.felt", { feeling: name, sure: felt.sure, share: percent(felt.probability) }), " ");
  const place = el("div", { className: "why-felt" }, head);
  if (raised.length && felt.probability >= THERE) {
    const most = raised[0].effect;
    const marks = raised.slice(0, MOST_MARKS);
    place.append(
      quoted(letters, marks.map((one) => ({ span: one.span, strong: one.effect >= STRONG * most })), window),
      el("ul", { className: "small" }, ...raised.slice(0, TOLD).map((one) =>
        el("li", {}, ...parts("why.without", { word: el("q", { dir: "auto" }, word(letters, one.span)), share: percent(felt.probability - one.effect) })))));
  } else if (felt.sentence) {
    head.append(t("why.sentence"));
    place.append(quoted(letters, [{ span: felt.sentence, strong: false }], felt.sentence));
  } else if (felt.probability >= THERE) {
    head.append(t("why.no_one_word"));
  } else {
    head.append(t("why.no_word"));
  }
  if (held.length && felt.probability >= THERE) place.append(heldBack(letters, held));
  return place;
}

/** @param {string[]} letters @param {Carrier[]} held */
function heldBack(letters, held) {
  const words = el("span");
  held.forEach((one, at) => words.append(at ? ", " : "", el("q", { dir: "auto" }, word(letters, one.span))));
  return el("p", { className: "small soft" }, ...parts("why.held", { words }));
}

/**
 * The message, or the part of it that was tried, with marks.
 * @param {string[]} letters @param {{span: [number, number], strong: boolean}[]} marks @param {[number, number]} shown
 */
function quoted(letters, marks, shown) {
  const place = el("p", { className: "why-text", dir: "auto" });
  let at = letters.slice(0, shown[0]).join("").trim() ? shown[0] : 0;
  const end = letters.slice(shown[1]).join("").trim() ? shown[1] : letters.length;
  if (at) place.append("… ");
  for (const { span, strong } of [...marks].sort((a, b) => a.span[0] - b.span[0])) {
    place.append(letters.slice(at, span[0]).join(""));
    place.append(el("mark", { className: strong ? "strong" : "" }, letters.slice(...span).join("")));
    at = span[1];
  }
  place.append(letters.slice(at, end).join(""), end < letters.length ? " …" : "");
  return place;
}

/** A word without the comma or stop that touches it. @param {string[]} letters @param {[number, number]} span */
function word(letters, span) {
  const whole = letters.slice(...span).join("");
  return whole.replace(/[,.;:…]+$/u, "") || whole;
}

/** @param {string[]} letters */
const tail = (letters) => letters.join("").trim().split(/\s+/u).slice(-4).join(" ");

/** @param {number} share  0-1 */
function percent(share) {
  if (share < 0.01) return t("why.least");
  return share > 0.99 ? t("why.most") : t("why.percent", { number: Math.round(share * 100) });
}
