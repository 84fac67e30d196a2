// The widget: one conversation between a customer and the shop, in a frame of its own.
import { refuseFiles } from "./files.js";
import { t } from "./words.js";
import { isLater, Log } from "./widget/log.js";
import { byId, listenToBox, text, write } from "./widget/page.js";
import { Strip } from "./widget/strip.js";
import { Api, ApiError, framed, listen, Outbox, sameSite, store, tell } from "./widget/wire.js";

/** @typedef {import("./widget/types.js").State} State */
/** @typedef {import("./widget/types.js").Entry} Entry */

const SEEN = "attune:seen";
const TYPING_SHOWN_MS = 5_000;
const PATIENCE_MS = 300;
const POLL_MS = 10_000;

const api = new Api();
const log = new Log(byId("log"), byId("jump"), { say: press, again: (id) => outbox.again(id), takeBack });
const strip = new Strip({
  api,
  say: press,
  cancel: () => act("cancel", {}),
  leaveEmail: (email) => act("email", { email }),
  rate: (score, comment) => act("rating", { score, comment }),
  begin: () => begin(),
});
const outbox = new Outbox(deliver, (letter, error) => log.letter(letter, error));
const coarse = matchMedia("(pointer: coarse)").matches;

let open = !framed;
let started = false;
let unread = 0;
/** @type {State | null} */
let state = null;
/** @type {import("./stream-types.js").Stream | null} */
let stream = null;
/** @type {Record<"start" | "typing" | "poll", number | undefined>} */
const timers = { start: undefined, typing: undefined, poll: undefined };
let failures = 0;

/** Begin or come back; the page shows itself before this answers. */
async function start() {
  if (started) return;
  started = true;
  const skeleton = setTimeout(() => (byId("skeleton").hidden = false), PATIENCE_MS);
  try {
    const session = await api.session();
    failures = 0;
    connection();
    const at = session.entries[0]?.at ?? Date.now();
    receive([{ id: "0-0", kind: "message", author: "bot", at, ...session.welcome }, ...session.entries]);
    show(session.state);
    outbox.letters().forEach((letter) => log.letter(letter, null));
    outbox.flush();
    log.toEnd();
  } catch (error) {
    started = false;
    const wait = error instanceof ApiError && error.waitMs;
    connection(t("unreachable"));
    timers.start = window.setTimeout(start, wait || Math.min(30_000, 2_000 * 2 ** failures++));
  } finally {
    clearTimeout(skeleton);
    byId("skeleton").hidden = started;
  }
}

/** Show entries; `inOrder` when none before them can be missing. @param {Entry[]} entries */
function receive(entries, inOrder = true) {
  const theirs = log.add(entries, inOrder).filter(({ author }) => author && author !== "customer");
  if (theirs.length) typing("");
  if (log.lastId > "0-0") tell("kept", true);
  if (open) return markSeen();
  const seen = store.getItem(SEEN) ?? "";
  unread += theirs.filter(({ id }) => isLater(id, seen)).length;
  tell("unread", unread);
}

function markSeen() {
  unread = 0;
  store.setItem(SEEN, log.lastId);
  tell("unread", 0);
}

/** What the line over the box says; it is asked often and changes rarely. @param {string} [words] */
function connection(words = "") {
  const line = byId("connection");
  const said = words && !navigator.onLine ? t("offline") : words;
  if (line.textContent !== said) line.textContent = said;
}

/** @param {State} next */
function show(next) {
  if (state?.holder === "agent" && next.holder !== "agent") typing("");
  state = next;
  strip.show(next);
  listenOrRest();
}

/** A stream is worth having once something was said, while the panel is open or a person is concerned. */
const worthwhile = () => state && (state.holder !== "bot" || (open && log.words));

async function listenOrRest() {
  if (!worthwhile()) {
    stream?.close();
    stream = null;
    return clearTimeout(timers.poll);
  }
  const found = stream ? null : await import("./stream.js").catch(() => null);
  if (!stream && !found && worthwhile()) timers.poll = window.setTimeout(listenOrRest, POLL_MS);
  if (stream || !found || !worthwhile()) return;
  stream = found.openStream("/widget/stream", {
    headers: () => api.headers(),
    lastId: log.lastId,
    onEvent,
    onState: onStream,
    onRefused: () => api.session().then(() => true, (error) => error.passing),
  });
}

/** @param {import("./stream-types.js").StreamEvent} event */
function onEvent({ type, data }) {
  if (type === "entry") receive([data]);
  else if (type === "state") show(data);
  else if (type === "typing" && data.author === "agent") typing(t("writing", { name: data.name || t("somebody") }));
}

/** @param {import("./stream-types.js").StreamState} now */
function onStream(now) {
  clearTimeout(timers.poll);
  if (now === "offline") connection(t("reconnecting"));
  if (now === "waiting") timers.poll = window.setTimeout(catchUp, PATIENCE_MS);
  if (now !== "open") return;
  connection();
  outbox.flush();
}

/** Without a stream, ask; the conversation goes on, only slower. */
async function catchUp() {
  try {
    const news = await api.request("GET", "/widget/messages?after=" + log.lastId);
    receive(news.entries);
    show(news.state);
    connection();
    timers.poll = window.setTimeout(catchUp, POLL_MS);
  } catch {
    connection(t("reconnecting"));
  }
}

/** @param {string} words */
function say(words) {
  strip.person().catch(() => {}); // so that it is there when the answer is
  log.letter(outbox.add(words), null);
  if (api.conversation) outbox.flush();
}

/** Say what a button stands for. @param {string} words */
function press(words) {
  say(words);
  if (!coarse) text.focus(); // the button may be gone
}

/** @param {import("./widget/types.js").Letter} letter */
async function deliver(letter) {
  const before = api.conversation;
  const patience = setTimeout(() => state?.holder === "bot" && typing(t("bot_writing"), 0), PATIENCE_MS);
  try {
    const turn = await api.request("POST", "/widget/messages", { event_id: letter.event_id, text: letter.text });
    if (before !== api.conversation) return; // a new one was begun meanwhile
    log.accepted(letter.event_id, turn.message_id);
    const more = { kind: "message", author: "bot", at: Date.now() };
    receive(turn.replies.map((/** @type {object} */ reply) => ({ ...reply, ...more })), false);
    show(turn.state);
  } finally {
    clearTimeout(patience);
    typing("");
  }
}

/** @param {import("./widget/types.js").Letter} letter */
function takeBack(letter) {
  outbox.drop(letter.event_id);
  log.dropLetter(letter.event_id);
  write([letter.text, text.value].filter(Boolean).join("\n"));
  text.focus();
}

/** @param {string} what @param {object} body */
async function act(what, body) {
  show((await api.request("POST", "/widget/" + what, body)).state);
}

/** Begin again, and say why. @param {Entry} entry */
async function anew(entry) {
  state = null;
  await begin("", ""); // not to be found again
  receive([entry], false);
}

/** Go back to an earlier conversation; false while something here is not sent yet. @param {string} token */
const back = (token) => !outbox.letters().length && begin(token);

/** Begin a conversation, or go back to one. @param {string} [to]  its token @param {string} [words]  to find this one by */
function begin(to, words = log.words) {
  if (!to && state?.holder === "waiting" && !state.email) api.request("POST", "/widget/cancel", {}).catch(() => {});
  state = null;
  listenOrRest();
  outbox.letters().forEach(({ event_id }) => outbox.drop(event_id));
  api.leave(words, to);
  store.removeItem(SEEN);
  log.clear();
  tell("kept", false);
  started = false;
  byId("menu").hidePopover();
  const begun = start();
  text.focus();
  return begun;
}

/** Show that somebody writes; "" ends it. @param {string} words @param {number} [forMs] */
function typing(words, forMs = TYPING_SHOWN_MS) {
  clearTimeout(timers.typing);
  byId("typing").hidden = !words;
  byId("typing-who").textContent = words;
  if (words && forMs) timers.typing = window.setTimeout(typing, forMs, "");
}

/** Tell the desk that the customer writes, where somebody is concerned; says whether it was. */
function tellTyping() {
  if (!state || state.holder === "bot") return false;
  api.request("POST", "/widget/typing", {}).catch(() => {});
  return true;
}

/** @param {boolean} [focus] */
function opened(focus) {
  open = true;
  start();
  markSeen();
  listenOrRest();
  log.toEnd();
  if (focus) (coarse ? log.box : text).focus();
}

/** From here on what arrives is unread. */
function closed() {
  open = false;
  listenOrRest();
}

/** Close by hand: at once here, so that what arrives before the page answers is unread too. */
function close() {
  if (!framed) return;
  closed();
  tell("close");
}

/** @param {import("./widget/types.js").HostMessage} message */
function onHost({ type, ...more }) {
  if (type === "hello") {
    const [colour, ink] = more.colours ?? [];
    document.body.style.setProperty("--brand", colour ?? "");
    document.body.style.setProperty("--brand-ink", ink ?? "");
    byId("close").hidden = more.fixed;
    if (more.open) opened(more.focus);
    else if (api.known) start();
  } else if (type === "open") opened(more.focus);
  else if (type === "closed") closed();
  else if (type === "say" && more.text) {
    if (sameSite) say(more.text);
    else write(text.value || more.text);
  }
}

document.onkeydown = (event) => {
  if (event.key === "Escape" && !event.isComposing && !byId("menu").matches(":popover-open")) close();
};
byId("begin").onclick = () => begin();
byId("more").onclick = () => import("./widget/later/rights.js").then(({ fill }) => fill(api, connection, anew, back)).catch(() => {});
byId("close").onclick = close;
byId("close").hidden = !framed;
addEventListener("online", () => {
  clearTimeout(timers.start);
  connection();
  outbox.flush();
  if (open) start();
});
addEventListener("offline", () => connection(t("reconnecting")));

listenToBox(say, tellTyping, () => connection(t("too_long")));
refuseFiles(() => connection(t("no_files")));
listen(onHost);
tell("ready");
if (!framed) opened();
