// How patience ran over the turns: a small soft line with the words beside it, never a face.

import { t } from "../words.js";
import { el, svg } from "./dom.js";

const WIDTH = 240;
const HEIGHT = 44;
const EDGE = 6;

/**
 * @param {{points: {turn: number, value: number}[], worst: number | null, words: string}} mood
 * @returns {HTMLElement}
 */
export function moodLine(mood) {
  const figure = el("figure", { className: "mood" });
  if (mood.points.length > 1 && mood.worst !== null) figure.append(drawn(mood));
  const caption = el("figcaption", {}, el("span", {}, mood.words));
  const worst = mood.worst === null ? null : mood.points[mood.worst];
  if (worst && mood.points.length > 1) {
    caption.append(el("span", { className: "soft small" }, t("card.hardest", { turn: worst.turn })));
  }
  figure.append(caption);
  return figure;
}

/** @param {{points: {turn: number, value: number}[], worst: number | null, words: string}} mood */
function drawn(mood) {
  const step = (WIDTH - 2 * EDGE) / (mood.points.length - 1);
  /** @param {number} index */
  const x = (index) => EDGE + index * step;
  /** @param {number} value */
  const y = (value) => EDGE + value * (HEIGHT - 2 * EDGE);
  const path = mood.points.map((one, index) => `${index ? "L" : "M"}${x(index).toFixed(1)} ${y(one.value).toFixed(1)}`);
  const box = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "mood-line" });
  const title = svg("title");
  title.textContent = t("card.mood_line", { number: mood.points.length, words: mood.words });
  box.append(
    title,
    svg("line", { x1: EDGE, x2: WIDTH - EDGE, y1: HEIGHT / 2, y2: HEIGHT / 2, class: "mood-middle" }),
    svg("path", { d: path.join(""), class: "mood-path" }),
  );
  mood.points.forEach((one, index) => {
    const worst = index === mood.worst;
    const dot = svg("circle", { cx: x(index), cy: y(one.value), r: worst ? 4.5 : 2.25, class: worst ? "mood-worst" : "mood-dot" });
    const words = svg("title");
    words.textContent = t(worst ? "card.turn_hardest" : "card.turn", { turn: one.turn });
    dot.append(words);
    box.append(dot);
  });
  return box;
}
