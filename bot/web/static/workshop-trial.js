// The sentence box: what the draft would do with it, at once, and what the live version does otherwise.
import { call, make } from "./workshop-call.js";
import { showProblem } from "./workshop-fields.js";
import { feltParts, quote } from "./why.js";

const AFTER_MS = 140;
const WHY_AFTER_MS = 700;
const SKELETON_MS = 300;
const KEY = "attune:workshop:try";
const WIDTH = 120;

/** Make the sentence box live. */
export function openTrial() {
  const area = document.querySelector("#try");
  const out = document.querySelector("#try-out");
  const state = document.querySelector("#try-state");
  if (!(area instanceof HTMLTextAreaElement) || !out || !state) return;
  if (window.matchMedia("(max-width: 60rem)").matches) {
    document.querySelector(".try-box")?.removeAttribute("open");
  }
  let timer = 0;
  const words = new Words();
  let asking = false;
  let again = false;
  const ask = async () => {
    const text = area.value.trim();
    sessionStorage.setItem(KEY, area.value);
    if (!text) {
      out.replaceChildren(hint(area));
      state.textContent = "";
      return;
    }
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    const slow = window.setTimeout(() => {
      state.textContent = "Reading with the new phrases…";
    }, SKELETON_MS);
    const answer = await call("/workshop/trial", { text });
    window.clearTimeout(slow);
    asking = false;
    if (area.value.trim()) {
      state.textContent = answer.status === 200 ? "" : answer.message;
      if (answer.status === 200) {
        out.replaceChildren(...shown(answer.body));
        words.fill(out.querySelector(".felt-words"), text);
      }
    }
    if (again) {
      again = false;
      await ask();
    }
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), AFTER_MS);
  };
  area.addEventListener("input", soon);
  document.addEventListener("workshop:saved", soon);
  area.value = sessionStorage.getItem(KEY) ?? "";
  void ask();
}

/** The words that carried the feelings, asked for while their part is open and nobody types. */
class Words {
  constructor() {
    this.open = false;
    this.text = "";
    /** @type {any} */
    this.why = null;
  }

  /**
   * @param {Element | null} place  a fresh and empty part of the page
   * @param {string} text
   */
  fill(place, text) {
    if (!(place instanceof HTMLDetailsElement)) return;
    let wait = this.open ? WHY_AFTER_MS : 0; // somebody may go on typing
    place.addEventListener("toggle", () => { // setting `open` tells it, too
      this.open = place.open;
      if (place.open) void this.show(place, text, wait);
      wait = 0;
    });
    place.open = this.open;
  }

  /**
   * @param {HTMLDetailsElement} place
   * @param {string} text
   * @param {number} wait  ms
   */
  async show(place, text, wait) {
    const box = /** @type {Element} */ (place.lastElementChild);
    if (this.text !== text) {
      box.replaceChildren(make("p", "small soft", "Reading it again without each word…"));
      await new Promise((done) => window.setTimeout(done, wait));
      if (!place.isConnected || !place.open) return;
      const answer = await call("/workshop/why", { text });
      if (!place.isConnected) return;
      if (answer.status !== 200) {
        box.replaceChildren(make("p", "small", answer.message));
        return;
      }
      [this.text, this.why] = [text, answer.body];
    }
    box.replaceChildren(...feltParts(text, this.why));
  }
}

/** @param {HTMLTextAreaElement} area */
function hint(area) {
  const examples = ["where on earth is my parcel??", "can I get my money back", "do you ship to Norway"];
  const list = make("div", "hints");
  for (const text of examples) {
    const button = make("button", "button tight", text);
    button.setAttribute("type", "button");
    button.addEventListener("click", () => {
      area.value = text;
      area.dispatchEvent(new Event("input"));
      area.focus();
    });
    list.append(button);
  }
  return make("div", "try-empty", make("p", "soft small", "Type what a customer might write, or take one of these."), list);
}

/** @param {any} body */
function shown(body) {
  if (body.problem) {
    showProblem(body.problem);
    const words = "The draft cannot answer until this is mended. Live still does:";
    return [make("p", "notice attention", make("span", "", words)), told(body.live)];
  }
  const live = `Live (version ${body.live_version})`;
  const words = body.differences.length
    ? `${live} ${join(body.differences)}.`
    : `${live} does the same.`;
  return [told(body.draft), make("p", body.differences.length ? "differs" : "same small soft", words)];
}

/**
 * Every step of what a pack makes of a message.
 * @param {any} trial
 */
export function told(trial) {
  const place = make("div", "told");
  place.append(
    make("h3", "", "Means"),
    trial.intent === null ? refused(trial) : "",
    make("ol", "candidates", ...trial.candidates.map((/** @type {any} */ one, /** @type {number} */ at) => candidate(one, at === 0))),
    make("p", "pulls small soft", "Named are the training phrases that added most to each score."),
    make("h3", "", "Feels"),
    make("p", "", `${capital(trial.feelings)}. Answered in the `, make("b", "", trial.tone), " tone."),
    make("details", "felt-words", make("summary", "small", "Which words carried it"), make("div", "why-box")),
    trial.language ? make("p", "language small", `Written in ${trial.language}.`) : "",
    make("h3", "", "So the bot"),
    decision(trial),
    ...trial.replies.map((/** @type {any} */ one) => bubble(one)),
    tones(trial),
  );
  return place;
}

/** @param {any} trial */
function refused(trial) {
  const like = trial.refused_like[0];
  const near = like && like.likeness > 0.5 ? ` It is like “${like.text}”, which is to be refused.` : "";
  return make("p", "", make("b", "", "Nothing it knows: "), `refused.${near} Nearest were:`);
}

/**
 * @param {any} one
 * @param {boolean} first
 */
function candidate(one, first) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "bar-line");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} 6`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("class", "fill");
  rect.setAttribute("width", String(Math.max(1, one.confidence * WIDTH)));
  rect.setAttribute("height", "6");
  svg.append(rect);
  const link = document.createElement("a");
  link.href = `/workshop/intents/${encodeURIComponent(one.intent)}`;
  link.textContent = one.title;
  const pulls = one.phrases
    .filter((/** @type {any} */ near) => near.likeness > 0.2)
    .slice(0, first ? 3 : 1);
  const because = make("p", "pulls small soft");
  pulls.forEach((/** @type {any} */ near, /** @type {number} */ at) => {
    because.append(at ? " · " : "pulled by ", quote(near.text));
  });
  const against = one.against[0];
  const held = first && against?.added < -0.1
    ? make("p", "pulls small soft", "most against it ", quote(against.text), ` (${against.title})`)
    : null;
  return make("li", "",
    make("div", "candidate-head", link, make("span", "small soft num", `${one.sure}, ${percent(one.confidence)}`)),
    svg, pulls.length ? because : null, held);
}

/** @param {any} trial */
function decision(trial) {
  const urgent = trial.escalate ? ` (${trial.priority})` : "";
  const place = make("div", "decision", make("p", "", make("b", "", `${trial.does}${urgent}.`)));
  if (trial.reasons.length) {
    place.append(make("ul", "reasons", ...trial.reasons.map((/** @type {any} */ one) => {
      const without = one.counterfactual ? make("span", "why-without soft small", ` ${capital(one.counterfactual)}.`) : "";
      return make("li", "", capital(one.sentence), without);
    })));
  }
  return place;
}

/** @param {any} reply */
function bubble(reply) {
  const place = make("div", "bubble");
  const text = make("p", "", reply.text);
  text.dir = "auto";
  place.append(text);
  if (reply.quick_replies.length) {
    place.append(make("p", "quick", ...reply.quick_replies.map((/** @type {string} */ one) => make("span", "", one))));
  }
  const [name, ...words] = reply.template.split("/");
  const [number, tone, language] = words.reverse();
  const from = document.createElement("a");
  from.href = `/workshop/replies/${encodeURIComponent(name)}`;
  from.className = "small soft";
  const where = language ? `${tone} in ${language}` : tone;
  from.textContent = `${name.replaceAll("_", " ")}, ${where}, wording ${Number(number) + 1}`;
  place.append(from);
  return place;
}

/** @param {any} trial */
function tones(trial) {
  const others = Object.entries(trial.by_tone).filter(([tone]) => tone !== trial.tone || trial.escalate);
  if (!others.length) return "";
  const list = make("dl", "tones");
  for (const [tone, text] of others) list.append(make("dt", "", capital(tone)), make("dd", "", String(text)));
  return make("details", "other-tones", make("summary", "small", "In other tones"), list);
}

/** @param {number} share */
function percent(share) {
  if (share < 0.01) return "under 1 %";
  return share > 0.99 ? "over 99 %" : `${Math.round(share * 100)} %`;
}

/** @param {string} text */
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** @param {string[]} parts */
const join = (parts) => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0]);
