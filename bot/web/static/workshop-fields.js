// Fields that edit the draft: saved by themselves, never losing a word, two admins side by side.
import { call, make, tellTimes } from "./workshop-call.js";
import { showRemarks } from "./workshop-lint.js";

const SAVE_AFTER_MS = 500;
const AGAIN_MS = 5_000;
const PREVIEW_AFTER_MS = 300;
const BREAK = " ⏎ ";
/** @type {Field[]} */
const fields = [];

/** One piece of the pack and the control that edits it. */
class Field {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.name = root.dataset.piece ?? "[]";
    this.kind = root.dataset.kind ?? "text";
    this.was = root.dataset.was ?? "";
    this.memory = `attune:workshop:${this.name}`;
    this.shown = JSON.stringify(this.value());
    this.saving = false;
    this.timer = 0;
    this.blocked = false;
    root.addEventListener("input", () => this.changed());
    if (this.kind === "wordings") this.prepareWordings();
    if (this.kind === "file") this.prepareFile();
    this.remember();
  }

  get control() {
    return /** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */ (
      this.root.querySelector("input, textarea, select")
    );
  }

  /** What the field says now, as the server takes it. */
  value() {
    if (this.kind === "wordings") {
      return this.wordings().map((one) => one.value.trim()).filter(Boolean);
    }
    const control = this.control;
    if (control instanceof HTMLInputElement && control.type === "checkbox") return control.checked;
    if (this.kind === "number") return control.value === "" ? "" : Number(control.value);
    if (this.kind === "lines") return linesOf(control.value);
    if (this.kind === "words") return control.value.split(",").map((one) => one.trim()).filter(Boolean);
    return this.kind === "file" ? control.value : control.value.trim();
  }

  /** @param {any} value */
  show(value) {
    if (this.kind === "wordings") {
      this.root.querySelector(".wordings")?.replaceChildren();
      for (const one of value) this.addWording(one);
    } else if (this.kind === "check") {
      /** @type {HTMLInputElement} */ (this.control).checked = value;
    } else {
      this.control.value = textOf(this.kind, value);
      grow(this.control);
    }
    this.count();
  }

  changed() {
    this.count();
    const now = JSON.stringify(this.value());
    if (now === this.shown && !this.saving) {
      localStorage.removeItem(this.memory);
      return;
    }
    keep(this.memory, { value: this.value(), was: this.was });
    if (this.blocked) return;
    tell("Writing…");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  /** Text from before a reload or a failure comes back and is saved. */
  remember() {
    const kept = recall(this.memory);
    if (!kept || JSON.stringify(kept.value) === this.shown) {
      localStorage.removeItem(this.memory);
      return;
    }
    this.show(kept.value);
    this.was = kept.was;
    this.note("What you had not saved yet was kept and put back.", "kept");
    void this.save();
  }

  async save() {
    window.clearTimeout(this.timer);
    if (this.saving || this.blocked) return;
    const value = this.value();
    const sent = JSON.stringify(value);
    this.saving = true;
    tell("Saving…");
    const answer = await call("/workshop/draft", { piece: JSON.parse(this.name), value, was: this.was });
    this.saving = false;
    if (answer.status === 200) this.saved(answer.body, sent);
    else if (answer.status === 409 && answer.body?.theirs !== undefined) this.collide(answer.body);
    else this.failed(answer);
    if (this.blocked || answer.status !== 200) return;
    if (JSON.stringify(this.value()) !== sent) await this.save();
  }

  /**
   * @param {any} body
   * @param {string} sent
   */
  saved(body, sent) {
    this.was = body.was;
    this.shown = sent;
    this.note("", "refused");
    this.control?.removeAttribute("aria-invalid");
    if (JSON.stringify(this.value()) === sent) localStorage.removeItem(this.memory);
    standing(body);
    document.dispatchEvent(new CustomEvent("workshop:saved"));
  }

  /** @param {import("./workshop-call.js").Answer} answer */
  failed(answer) {
    if (answer.status === 400 || answer.status === 413) {
      this.note(answer.message, "refused");
      tell("Not saved. Your text is kept in this browser.");
      return;
    }
    tell(`Not saved. ${answer.message} Your text is kept in this browser.`);
    if (answer.status !== 401 && answer.status !== 403) {
      this.timer = window.setTimeout(() => void this.save(), AGAIN_MS);
    }
  }

  /**
   * Somebody else changed the same piece: both texts, side by side.
   * @param {any} body
   */
  collide(body) {
    this.blocked = true;
    tell("Not saved: two people changed the same text.");
    const both = make("div", "collision");
    const theirs = make("pre", "text", textOf(this.kind, body.theirs));
    const mine = make("pre", "text", textOf(this.kind, this.value()));
    const take = make("button", "button tight", "Take theirs");
    const hold = make("button", "button tight", "Keep mine");
    const join = make("button", "button plain tight", "Put both in");
    for (const one of [take, hold, join]) one.setAttribute("type", "button");
    const choose = (/** @type {any} */ value) => {
      both.remove();
      this.blocked = false;
      this.was = body.was;
      if (value !== undefined) this.show(value);
      this.shown = "";
      keep(this.memory, { value: this.value(), was: this.was });
      void this.save();
      this.control?.focus();
    };
    take.addEventListener("click", () => choose(body.theirs));
    hold.addEventListener("click", () => choose(undefined));
    const list = Array.isArray(body.theirs);
    const ours = /** @type {string[]} */ (list ? this.value() : []);
    join.addEventListener("click", () => choose([...new Set([...body.theirs, ...ours])]));
    both.setAttribute("role", "alert");
    both.append(
      make("p", "", make("b", "", body.error.message)),
      make("div", "both",
        make("div", "", make("h3", "", "In the draft now"), theirs),
        make("div", "", make("h3", "", "Yours"), mine)),
      make("div", "row", hold, take, list ? join : null),
    );
    this.root.querySelector(".collision")?.remove();
    this.root.append(both);
    both.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {string} text
   * @param {string} kind
   */
  note(text, kind) {
    this.root.querySelector(`:scope > .${kind}`)?.remove();
    if (!text) return;
    this.root.append(make("p", kind === "refused" ? "refused wrong" : "kept small soft", text));
  }

  count() {
    const place = this.root.querySelector("[data-count]");
    if (!place) return;
    const number = linesOf(this.control.value).length;
    const noun = this.root.dataset.noun ?? "line";
    place.textContent = `${number} ${noun}${number === 1 ? "" : "s"}`;
  }

  wordings() {
    return [...this.root.querySelectorAll("textarea")];
  }

  prepareWordings() {
    this.root.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button?.hasAttribute("data-add")) this.addWording("").focus();
      if (!button?.hasAttribute("data-remove")) return;
      button.closest("li")?.remove();
      this.root.querySelector("button[data-add]")?.dispatchEvent(new Event("focus"));
      /** @type {HTMLElement | null} */ (this.root.querySelector("[data-add]"))?.focus();
      this.changed();
    });
    for (const one of this.wordings()) preview(one);
  }

  /** @param {string} text */
  addWording(text) {
    const list = this.root.querySelector(".wordings");
    const number = this.wordings().length + 1;
    const tone = this.root.querySelector("legend")?.textContent?.trim() ?? "";
    const area = document.createElement("textarea");
    area.className = "area grow";
    area.rows = 2;
    area.dir = "auto";
    area.value = text;
    area.setAttribute("aria-label", `${tone}, wording ${number}`);
    const remove = make("button", "button plain tight square", "×");
    remove.setAttribute("type", "button");
    remove.setAttribute("data-remove", "");
    remove.setAttribute("aria-label", `Remove wording ${number} of ${tone}`);
    const reads = make("p", "reads small soft");
    reads.setAttribute("data-preview", "");
    const said = make("ul", "remarks");
    said.setAttribute("data-remarks", "");
    said.setAttribute("aria-live", "polite");
    list?.append(make("li", "wording", area, remove, reads, said));
    preview(area);
    return area;
  }

  prepareFile() {
    const area = /** @type {HTMLTextAreaElement} */ (this.control);
    const place = this.root.querySelector("#place");
    const say = () => {
      const line = area.value.slice(0, area.selectionStart).split("\n").length;
      if (place) place.textContent = `Line ${line}`;
    };
    for (const event of ["keyup", "click", "input"]) area.addEventListener(event, say);
    const line = Number(new URL(location.href).searchParams.get("line") ?? this.root.dataset.line);
    if (line) goToLine(area, line);
    say();
  }
}

/** Make all fields of the page live. */
export function openFields() {
  for (const root of document.querySelectorAll("[data-piece]")) {
    if (root instanceof HTMLElement) fields.push(new Field(root));
  }
  for (const area of document.querySelectorAll("textarea.grow")) {
    if (area instanceof HTMLTextAreaElement) grow(area);
  }
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) grow(event.target);
  });
  window.addEventListener("online", () => {
    for (const one of fields) if (recall(one.memory)) void one.save();
  });
  openVariables();
}

/**
 * Show what a save said of the whole draft.
 * @param {any} body
 */
export function standing(body) {
  const time = make("time");
  time.setAttribute("data-ms", String(body.saved_ms || Date.now()));
  const words = make("span", "", "Saved in the draft, ", time);
  tellTimes(words);
  document.querySelector("#saved")?.replaceChildren(words);
  const button = document.querySelector("#to-publish");
  const many = body.changes;
  button?.classList.toggle("main", many !== 0);
  if (button) button.textContent = many ? `Publish ${many} change${many === 1 ? "" : "s"}…` : "Publish…";
  showProblem(body.problem);
}

/**
 * Say what stands in the way of publishing, next to its field if it is on this page.
 * @param {any} problem
 */
export function showProblem(problem) {
  for (const one of document.querySelectorAll(".wrong.pack")) one.remove();
  const place = document.querySelector("#problem");
  place?.replaceChildren();
  if (!problem) return;
  const name = JSON.stringify(problem.piece);
  const field = fields.find((one) => JSON.stringify(JSON.parse(one.name)) === name);
  const words = `${problem.file}${problem.line ? `, line ${problem.line}` : ""}: ${problem.problem} ${problem.remedy}`;
  if (field) {
    field.root.closest("details.further")?.setAttribute("open", "");
    field.root.append(make("p", "wrong pack", words));
    return;
  }
  const link = document.createElement("a");
  link.href = problem.piece?.[0] === "file" && problem.line ? `${problem.url}?line=${problem.line}` : problem.url;
  link.textContent = "Go there";
  place?.append(make("p", "notice urgent", make("span", "", "Not ready to publish. ", words, " ", link)));
}

/** @param {string} words */
function tell(words) {
  const place = document.querySelector("#saved");
  if (place && place.textContent !== words) place.textContent = words;
}

/** @param {HTMLTextAreaElement} area */
function preview(area) {
  const place = area.closest("li")?.querySelector("[data-preview]");
  if (!(place instanceof HTMLElement)) return;
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const piece = JSON.parse(area.closest("[data-piece]")?.getAttribute("data-piece") ?? "[]");
    const answer = await call("/workshop/preview", { text: area.value, piece });
    if (mine !== asked || answer.status !== 200) return undefined;
    const { filled, bare, problem, remarks } = answer.body;
    showRemarks(area, remarks);
    area.toggleAttribute("aria-invalid", Boolean(problem));
    if (problem) area.setAttribute("aria-invalid", "true");
    place.classList.toggle("wrong", Boolean(problem));
    if (problem) return place.replaceChildren(problem);
    if (!/\{[{%]/.test(area.value)) return place.replaceChildren();
    const parts = [make("span", "label", "Reads "), filled];
    if (bare !== filled) parts.push(make("br"), make("span", "label", "Nothing known "), bare);
    return place.replaceChildren(...parts);
  };
  area.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PREVIEW_AFTER_MS);
  });
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    void ask();
  });
  watch.observe(area);
}

/** Put a variable where one was writing. */
function openVariables() {
  /** @type {HTMLTextAreaElement | null} */
  let last = document.querySelector(".wording textarea");
  document.addEventListener("focusin", (event) => {
    const target = event.target;
    if (target instanceof HTMLTextAreaElement && target.closest(".wording")) last = target;
  });
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.addEventListener("click", () => {
      if (!last?.isConnected) last = document.querySelector(".wording textarea");
      last?.focus();
      last?.setRangeText(button.getAttribute("data-insert") ?? "", last.selectionStart, last.selectionEnd, "end");
      last?.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

/** @param {string} text */
function linesOf(text) {
  return text.split("\n").map((one) => one.trim()).filter(Boolean).map((one) => one.replaceAll(BREAK, "\n"));
}

/**
 * @param {string} kind
 * @param {any} value
 */
function textOf(kind, value) {
  if (!Array.isArray(value)) return String(value ?? "");
  if (kind === "words") return value.join(", ");
  if (kind === "wordings") return value.join("\n\n");
  return value.map((one) => String(one).replaceAll("\n", BREAK)).join("\n");
}

/** @param {Element} area */
function grow(area) {
  if (!(area instanceof HTMLTextAreaElement) || CSS.supports("field-sizing", "content")) return;
  if (!area.classList.contains("grow")) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {number} line
 */
function goToLine(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / Math.max(1, lines.length);
  area.scrollTop = Math.max(0, (line - 8) * height);
}

/**
 * @param {string} key
 * @param {any} value
 */
function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // No room or no storage: the page itself still holds the text.
  }
}

/** @param {string} key */
function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
