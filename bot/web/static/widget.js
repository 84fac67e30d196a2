// The widget: one conversation between a customer and the shop, in a frame of its own.

import { openStream } from "./stream.js";
import { Api, ApiError, store } from "./widget/api.js";
import { byId } from "./widget/dom.js";
import { framed, listen, sameSite, tell } from "./widget/host.js";
import { isLater, Log } from "./widget/log.js";
import { Outbox } from "./widget/outbox.js";
import { ratingCard, Strip } from "./widget/strip.js";

/** @typedef {import("./widget/api.js").State} State */
/** @typedef {import("./widget/api.js").Entry} Entry */

const DRAFT = "attune:draft";
const SEEN = "attune:seen";
const UNRATED = "attune:unrated";
const TYPING_EVERY_MS = 3_000;
const TYPING_SHOWN_MS = 5_000;
const PATIENCE_MS = 300;
const POLL_MS = 10_000;

/** @type {HTMLTextAreaElement} */
const text = byId("text");
const api = new Api();
const log = new Log(byId("log"), byId("jump"), { say, again: (id) => outbox.again(id), takeBack });
const strip = new Strip({ say, cancel, leaveEmail, rate });
const outbox = new Outbox(deliver, (letter, error) => log.letter(letter, error));
const coarse = matchMedia("(pointer: coarse)").matches;

let open = !framed;
let started = false;
let unread = 0;
/** @type {State | null} */
let state = null;
/** @type {import("./stream.js").Stream | null} */
let stream = null;
/** @type {Record<"start" | "typing" | "poll", number | undefined>} */
const timers = { start: undefined, typing: undefined, poll: undefined };
let lastTyping = 0;
let failures = 0;

// ---- the conversation -------------------------------------------------------------------------

/** Begin or come back; the page shows itself before this answers. */
async function start() {
  if (started) return;
  started = true;
  const skeleton = setTimeout(() => (byId("skeleton").hidden = false), PATIENCE_MS);
  try {
    const session = await api.session();
    failures = 0;
    connection("");
    const first = session.entries[0]?.at ?? Date.now();
    log.welcome(session.welcome, first);
    receive(session.entries);
    show(session.state);
    outbox.letters().forEach((letter) => log.letter(letter, null));
    outbox.flush();
    log.toEnd();
  } catch (error) {
    started = false;
    const wait = error instanceof ApiError && error.waitMs;
    connection(navigator.onLine ? "The chat cannot be reached. Trying again…" : "You are offline. What you write is kept.");
    timers.start = window.setTimeout(start, wait || Math.min(30_000, 2_000 * 2 ** failures++));
  } finally {
    clearTimeout(skeleton);
    byId("skeleton").hidden = started;
  }
}

/** @param {Entry[]} entries */
function receive(entries) {
  const fresh = log.add(entries);
  if (fresh.some((entry) => entry.author && entry.author !== "customer")) typing("");
  if (log.lastId) tell("kept", true);
  const seen = store.get(SEEN) ?? "";
  if (open) return markSeen();
  unread += fresh.filter((entry) => entry.author && entry.author !== "customer" && isLater(entry.id, seen)).length;
  tell("unread", unread);
}

function markSeen() {
  unread = 0;
  if (log.lastId) store.set(SEEN, log.lastId);
  tell("unread", 0);
}

/** @param {State} next */
function show(next) {
  if (next.holder !== "agent" && state?.holder === "agent") typing("");
  state = next;
  strip.show(next);
  if (!next.can_rate) store.drop(UNRATED);
  rating(next.can_rate && store.get(UNRATED) === null);
  listenOrRest();
}

/** A stream is worth having while the panel is open or a person is concerned. */
function listenOrRest() {
  const wanted = started && state && (open || state.holder !== "bot");
  if (!wanted) {
    stream?.close();
    stream = null;
    clearTimeout(timers.poll);
    return;
  }
  stream ??= openStream("/widget/stream", {
    headers: () => api.headers(),
    lastId: log.lastId,
    onEvent,
    onState: onStream,
    onRefused: () => api.session().then(() => true, (error) => error.passing),
  });
}

/** @param {import("./stream.js").StreamEvent} event */
function onEvent({ type, data }) {
  if (type === "entry") receive([data]);
  else if (type === "state") show(data);
  else if (type === "typing" && data.author === "agent") typing(`${data.name || "A person"} is writing`);
}

/** @param {import("./stream.js").StreamState} now */
function onStream(now) {
  clearTimeout(timers.poll);
  if (now === "open") {
    connection("");
    outbox.flush();
  } else if (now === "offline") connection("You are offline. What you write is kept.");
  else if (now === "waiting") {
    timers.poll = window.setTimeout(catchUp, PATIENCE_MS);
  }
}

/** Without a stream, ask; the conversation goes on, only slower. */
async function catchUp() {
  try {
    const after = log.lastId ? "?after=" + encodeURIComponent(log.lastId) : "";
    const news = await api.request("GET", "/widget/messages" + after);
    receive(news.entries);
    show(news.state);
    connection("");
    timers.poll = window.setTimeout(catchUp, POLL_MS);
  } catch {
    connection(navigator.onLine ? "Reconnecting…" : "You are offline. What you write is kept.");
  }
}

// ---- what the customer does -------------------------------------------------------------------

/** @param {string} words */
function say(words) {
  const letter = outbox.add(words);
  log.letter(letter, null);
  if (!coarse) text.focus();
  if (started) outbox.flush();
}

/** @param {import("./widget/outbox.js").Letter} letter */
async function deliver(letter) {
  const patience = setTimeout(() => state?.holder === "bot" && typing("The assistant is writing", 0), PATIENCE_MS);
  try {
    const turn = await api.request("POST", "/widget/messages", { event_id: letter.event_id, text: letter.text });
    log.accepted(letter.event_id, turn.message_id);
    const at = Date.now();
    receive(turn.replies.map((/** @type {any} */ reply) => ({ ...reply, kind: "message", author: "bot", at })));
    show(turn.state);
  } finally {
    clearTimeout(patience);
    typing("");
  }
}

/** @param {import("./widget/outbox.js").Letter} letter */
function takeBack(letter) {
  outbox.drop(letter.event_id);
  log.dropLetter(letter.event_id);
  text.value = [letter.text, text.value].filter(Boolean).join("\n");
  grow();
  text.focus();
}

async function cancel() {
  show(await api.request("POST", "/widget/cancel", {}).then((row) => row.state));
}

/** @param {string} email */
async function leaveEmail(email) {
  show(await api.request("POST", "/widget/email", { email }).then((row) => row.state));
}

/** @param {number} score @param {string} comment */
async function rate(score, comment) {
  show(await api.request("POST", "/widget/rating", { score, comment }).then((row) => row.state));
}

function begin() {
  if (state?.holder === "waiting") cancel().catch(() => {});
  stream?.close();
  stream = null;
  outbox.letters().forEach((letter) => outbox.drop(letter.event_id));
  api.forget();
  store.drop(SEEN);
  log.clear();
  tell("kept", false);
  started = false;
  state = null;
  menu(false);
  start();
  text.focus();
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([log.text()], { type: "text/plain" }));
  link.download = "conversation.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
  menu(false);
}

// ---- small parts of the page --------------------------------------------------------------------

/** @param {string} words */
function connection(words) {
  const line = byId("connection");
  if (line.textContent !== words) line.textContent = words;
}

/** Show that somebody writes; "" ends it. @param {string} words @param {number} [forMs] */
function typing(words, forMs = TYPING_SHOWN_MS) {
  clearTimeout(timers.typing);
  byId("typing").hidden = !words;
  byId("typing-who").textContent = words;
  if (words && forMs) timers.typing = window.setTimeout(() => typing(""), forMs);
}

/** @param {boolean} wanted */
function rating(wanted) {
  const place = byId("rating");
  if (wanted === Boolean(place.firstChild)) return;
  const later = () => {
    store.set(UNRATED, "1");
    rating(false);
    text.focus();
  };
  place.replaceChildren(...(wanted ? [ratingCard(rate, later)] : []));
}

/** @param {boolean} shown */
function menu(shown) {
  byId("menu").hidden = !shown;
  byId("more").setAttribute("aria-expanded", String(shown));
  if (shown) byId("menu").querySelector("button").focus();
}

/** The box grows with its text, up to a third of the page. */
function grow() {
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight + 2, innerHeight / 3) + "px";
  byId("send").disabled = !text.value.trim();
  store.set(DRAFT, text.value);
}

function tellTyping() {
  const now = Date.now();
  if (!state || state.holder === "bot" || now - lastTyping < TYPING_EVERY_MS || !text.value) return;
  lastTyping = now;
  api.request("POST", "/widget/typing", {}).catch(() => {});
}

function submit() {
  const words = text.value.trim();
  if (!words) return;
  text.value = "";
  grow();
  say(words);
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape") return;
  if (!byId("menu").hidden) {
    menu(false);
    byId("more").focus();
  } else tell("close");
}

/** @param {boolean} [focus] */
function opened(focus) {
  open = true;
  start();
  markSeen();
  listenOrRest();
  log.toEnd();
  if (focus) (coarse ? byId("log") : text).focus();
}

/** The shop's own colour for what the customer says and presses. @param {string} [colour] */
function paint(colour) {
  if (!colour || !CSS.supports("color", colour)) return;
  const root = document.documentElement;
  root.style.setProperty("--brand", colour);
  const parts = getComputedStyle(byId("send")).backgroundColor.match(/[\d.]+/g) ?? [];
  const [red, green, blue] = parts.map(Number);
  root.style.setProperty("--brand-ink", red * 0.3 + green * 0.59 + blue * 0.11 > 150 ? "#111" : "#fff");
}

/** @param {import("./widget/host.js").HostMessage} message */
function onHost(message) {
  if (message.type === "hello") {
    paint(message.colour);
    byId("close").hidden = Boolean(message.fixed);
    if (message.open) opened();
    else if (api.known) start();
  } else if (message.type === "open") opened(message.focus);
  else if (message.type === "closed") {
    open = false;
    listenOrRest();
  } else if (message.type === "say" && typeof message.text === "string") {
    if (sameSite) say(message.text);
    else text.value ||= message.text;
    grow();
  }
}

byId("composer").onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  submit();
};
text.onkeydown = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
};
text.oninput = () => {
  grow();
  tellTyping();
};
document.onkeydown = onEscape;
byId("more").onclick = () => menu(byId("menu").hidden);
byId("begin").onclick = begin;
byId("save").onclick = save;
byId("close").onclick = () => tell("close");
byId("close").hidden = !framed;
addEventListener("online", () => {
  clearTimeout(timers.start);
  if (open && !started) start();
  stream?.retry();
});
addEventListener("offline", () => connection("You are offline. What you write is kept."));

text.value = store.get(DRAFT) ?? "";
grow();
listen(onHost);
tell("ready");
if (!framed) opened();
