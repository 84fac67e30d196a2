// The handoff card, the first thing read: what they want · why it is here · what not to ask again.

import { t } from "../words.js";
import { cardWords, serverNow } from "./clock.js";
import { el, icon } from "./dom.js";
import { moodLine } from "./mood.js";
import { promisePart } from "./promises.js";
import { PRIORITIES, languageOf, lengthOf, momentOf, outcomeWords } from "./words.js";

/**
 * @param {Element} place
 * @param {any} story
 * @param {(message: string) => void} jump  shows a message in the log
 * @param {(message: string) => void} explain  shows why a message was read so
 * @param {{me: string, endPromise: (promise: string, why: string | null) => Promise<any>}} desk
 */
export function showCard(place, story, jump, explain, desk) {
  const { card } = story;
  const open = place.querySelector("details")?.open ?? false;
  const promises = promisePart(story.promises, desk.me, desk.endPromise);
  const parts = [promises, wants(story, explain), why(story, jump), told(card), mood(story, explain), customer(story)];
  place.replaceChildren(...parts.filter((one) => one !== null));
  const details = place.querySelector("details");
  if (details) details.open = open;
}

/** @param {string} title @param {...(Node | string | null)} parts */
const section = (title, ...parts) => el("section", { className: "story-part" }, el("h3", {}, title), ...parts);

/** @param {any} story @param {(message: string) => void} explain */
function wants({ card, entries }, explain) {
  const titles = card.wants.map((/** @type {any} */ one) => {
    const read = entries.findLast((/** @type {any} */ entry) => entry.kind === "reading" && entry.reading?.intent === one.intent);
    return el("li", { dir: "auto" }, one.title, " ", checked(one.check), read ? asking(read.message_id, t("card.why_read_as", { title: one.title }), explain) : null);
  });
  const list = titles.length
    ? el("ul", { className: "wants" }, ...titles)
    : el("p", { className: "wants soft" }, t("card.nothing"));
  const facts = card.facts.map(fact);
  return section(t("card.wants"), list, facts.length ? el("p", { className: "facts" }, ...facts) : null, leftOut(card.left_out));
}

/** @param {string} check */
const checked = (check) => (check ? el("span", { className: "tag done checked" }, icon("check"), t(`card.${check}`)) : null);

/** What the customer did not want on the card; what it was stays with them. @param {string[]} kinds */
function leftOut(kinds) {
  if (!kinds.length) return null;
  return el("ul", { className: "left-out soft small" }, ...kinds.map((kind) => el("li", {}, t(`card.left_out.${kind}`))));
}

/** @param {any} one */
function fact(one) {
  const label = t(one.kind === "order" ? "card.order" : "card.email");
  const words = el("bdi", {}, one.value);
  const button = el("button", { className: "tag fact", type: "button", title: t("card.fact", { label }) },
    icon(one.kind === "order" ? "hash" : "mail"), el("span", { className: "unseen" }, t("card.copy", { label })), words,
    one.check ? el("span", { className: "soft" }, ` · ${t(`card.${one.check}`)}`) : null);
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(one.value).catch(() => undefined);
    words.textContent = t("card.copied");
    setTimeout(() => (words.textContent = one.value), 1_200);
  });
  return button;
}

/** @param {any} story @param {(message: string) => void} jump */
function why(story, jump) {
  const { card, ticket } = story;
  if (!card.reasons.length && !ticket) {
    return section(t("card.here"), el("p", { className: "soft" }, t("card.not_here")));
  }
  const list = el("ul", { className: "why" }, ...card.reasons.map((/** @type {any} */ one) => reason(one, jump)));
  return section(t("card.here"), list, asked(story.asked), ticket ? due(story) : null);
}

/** @param {string} words */
const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** @param {any} one @param {(message: string) => void} jump */
function reason(one, jump) {
  const first = one.evidence[0];
  const words = one.sentence.charAt(0).toUpperCase() + one.sentence.slice(1);
  const item = el("li", { dir: "auto" }, words);
  if (one.counterfactual) item.append(" ", el("span", { className: "why-without soft small" }, sentence(one.counterfactual)));
  if (first?.message) {
    item.append(" ", el("button", { className: "link", type: "button", on: { click: () => jump(first.message) } }, t("card.show")));
  }
  return item;
}

/** @param {any} story */
function due(story) {
  const { ticket } = story;
  if (ticket.closed_ms) return el("p", { className: "soft small" }, t("card.outcome", { outcome: outcomeWords(ticket), when: momentOf(ticket.closed_ms) }));
  const tag = ticket.priority === "urgent" ? "urgent" : ticket.priority === "high" ? "attention" : "calm";
  return el("div", { className: "due" },
    el("span", { className: `tag ${tag}` }, PRIORITIES[ticket.priority]),
    el("dl", { className: "clocks small" }, ...story.clocks.flatMap(clock)));
}

/** @param {import("./clock.js").Clock} one */
function clock(one) {
  const { name, words, level } = cardWords(one);
  const mark = level === "late" ? icon("triangle-alert") : level === "near" ? icon("clock") : null;
  return [el("dt", {}, name), el("dd", { className: one.stopped_ms === null || level === "late" ? level : "" }, mark, words)];
}

/** Since when they have wanted a person, whatever the bot did meanwhile. @param {any} one */
function asked(one) {
  if (!one) return null;
  if (one.answered_ms) return el("p", { className: "soft small" }, t("card.asked_answered", { turn: one.turn, length: lengthOf(one.answered_ms - one.at_ms) }));
  return el("p", { className: "small asked" }, t("card.asked", { turn: one.turn, length: lengthOf(serverNow() - one.at_ms) }));
}

/** @param {any} card */
function told(card) {
  if (!card.answered.length) return null;
  const items = card.answered.map((/** @type {any} */ one) =>
    el("li", {},
      el("span", { className: "told-title" }, one.times > 1 ? t("card.times", { title: one.title, count: one.times }) : one.title, one.helped ? el("span", { className: `tag ${one.helped === "no" ? "attention" : "done"}` }, t(one.helped === "no" ? "card.helped.no_help" : "card.helped.helped")) : null),
      one.text ? el("span", { className: "told-text soft small", dir: "auto", title: one.text }, one.text) : null));
  return section(t("card.told"), el("ul", { className: "told" }, ...items));
}

/** @param {any} story @param {(message: string) => void} explain */
function mood({ card, entries }, explain) {
  const { points, worst } = card.mood;
  if (!points.length) return null;
  const readings = entries.filter((/** @type {any} */ entry) => entry.kind === "reading");
  const hardest = worst === null ? null : readings[points[worst].turn - 1];
  return section(t("card.mood"), moodLine(card.mood),
    hardest ? el("p", {}, asking(hardest.message_id, t("card.why_hardest"), explain)) : null);
}

/** @param {string} message @param {string} label @param {(message: string) => void} explain */
const asking = (message, label, explain) =>
  el("button", { className: "link small", type: "button", "aria-label": label, title: label, on: { click: () => explain(message) } }, t("card.why_reading"));

/** @param {any} story */
function customer(story) {
  const rows = [
    [t("card.name"), story.customer.name || t("card.not_given")],
    [t("card.mail"), story.customer.email || t("card.not_given")],
    story.customer.locale && [t("card.language"), languageOf(story.customer.locale)],
    [t("card.came_by"), story.channel === "widget" ? t("card.widget") : story.channel],
    [t("card.first_wrote"), momentOf(story.created_ms)],
  ].filter(Boolean);
  return el("section", { className: "story-part" }, el("details", { className: "quiet" },
    el("summary", {}, el("h3", {}, t("card.customer"))),
    el("dl", {}, ...rows.flatMap(([term, words]) => [el("dt", {}, term), el("dd", { dir: "auto" }, words)]))));
}
