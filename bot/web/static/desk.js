// The desk: lists, one conversation, its card; live by a stream that only says what to ask for again.

import { get, newOp, post } from "./api.js";
import { showCard } from "./desk/card.js";
import { Composer } from "./desk/composer.js";
import { ask, askColleague, showKeys } from "./desk/dialogs.js";
import { byId, say } from "./desk/dom.js";
import { Duty } from "./desk/duty.js";
import { listen } from "./desk/keys.js";
import { List } from "./desk/list.js";
import { showLog } from "./desk/log.js";
import { Scroll } from "./desk/scroll.js";
import { Strip } from "./desk/strip.js";
import { dueWords, holderWords, nameOf, reasonOf } from "./desk/words.js";
import { openStream } from "./stream.js";

const REST_MS = 900;
const LONG_LIST = 100;
const LONG_REST_MS = 4_000;
const TICK_MS = 10_000;
const TYPING_MS = 5_000;
const VIEWS = ["waiting", "mine", "open", "closed"];
const EMPTY = /** @type {Record<string, [string, string]>} */ ({
  waiting: ["Nobody is waiting", "As soon as the bot brings somebody in, they stand here, whoever is due first on top. Until then you can look in on what it is answering under “All”."],
  mine: ["You hold no conversation", "Take the next one with T, or open one that waits."],
  open: ["No conversation yet", "When a customer opens the chat on your site, you can follow along here and step in at any time."],
  closed: ["Nothing closed yet", "What you resolve is kept here, with everything that was said."],
});

const root = byId("desk");
const me = root.dataset.me;
const list = new List(byId("list"), byId("fresh"), me);
const strip = new Strip(byId("strip"), byId("strip-words"), byId("strip-act"));
const scroll = new Scroll(byId("log"), byId("log-box"), root, byId("latest"));
const composer = new Composer({ send: sendWords, typing: () => quietly(post(at("typing"))) });

let view = "waiting";
let conversation = "";
/** @type {any} */
let story = null;
/** @type {any[]} */
let mine = [];
let storyTurn = 0;
let listTurn = 0;
let typingTimer = 0;
const duty = new Duty({ tokens, lost: () => undefined, failed: troubled });

/** @param {string} what */
const at = (what) => `/desk/conversations/${encodeURIComponent(conversation)}${what ? `/${what}` : ""}`;
/** @param {Promise<any>} promise */
const quietly = (promise) => promise.catch(() => undefined);

/**
 * Run at most once in a while; the last call always counts.
 * @param {() => Promise<void>} work @param {() => number} [rest]  ms between two runs
 */
function calmly(work, rest = () => REST_MS) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    await quietly(work());
    setTimeout(() => {
      running = false;
      if (again) {
        again = false;
        run();
      }
    }, rest());
  };
}

// Lists

const freshLists = calmly(loadLists, () => (list.rows.length > LONG_LIST ? LONG_REST_MS : REST_MS));

async function loadLists() {
  const turn = ++listTurn;
  try {
    const [shown, held] = await Promise.all([
      get(`/desk/tickets?view=${view}`),
      view === "mine" ? null : get("/desk/tickets?view=mine"),
    ]);
    if (turn !== listTurn || shown.view !== view) return;
    mine = (held ?? shown).tickets;
    list.show(view, shown.tickets);
    counts({ ...shown.counts, mine: mine.length }, shown.tickets);
    empty(shown.tickets.length === 0);
    strip.fine();
  } catch (error) {
    troubled(error);
    if (turn === listTurn) byId("list-wait").hidden = true;
  }
}

/** @param {Record<string, number>} found @param {any[]} rows */
function counts(found, rows) {
  for (const name of ["waiting", "mine"]) {
    say(byId(`count-${name}`), found[name] ? String(found[name]) : "");
  }
  byId("next").disabled = found.waiting === 0;
  const shown = view === "waiting" && found.waiting > rows.length;
  byId("more").hidden = !shown;
  if (shown) say(byId("more"), `The first ${rows.length} of ${found.waiting}, due first on top.`);
  duty.count(found.waiting, view === "waiting" && rows[0] ? reasonOf(rows[0]) : "");
}

/** @param {boolean} none */
function empty(none) {
  byId("list-wait").hidden = true;
  byId("list-empty").hidden = !none;
  const [title, words] = EMPTY[view];
  say(byId("list-empty-title"), title);
  say(byId("list-empty-words"), words);
}

/** @param {string} next */
function showView(next) {
  view = next;
  for (const name of VIEWS) byId(`view-${name}`).setAttribute("aria-pressed", String(name === view));
  byId("list-empty").hidden = true;
  byId("list").replaceChildren();
  list.rows = [];
  list.view = "";
  byId("list-wait").hidden = false;
  byId("lists-scroll").scrollTop = 0;
  loadLists();
}

/** Tokens of all one holds, so that the heartbeat keeps them. */
function tokens() {
  return Object.fromEntries(mine.map((row) => [row.ticket.id, row.ticket.token]));
}

// One conversation

const freshStory = calmly(() => loadStory(false));

/** @param {string} name */
function openConversation(name) {
  if (name === conversation) return;
  conversation = name;
  story = null;
  list.select(name);
  root.dataset.pane = name ? "talk" : "list";
  byId("talk-none").hidden = !!name;
  byId("talk").hidden = !name;
  byId("story").hidden = !name;
  byId("typing").textContent = "";
  if (!name) return;
  byId("log").replaceChildren();
  byId("story-parts").replaceChildren();
  say(byId("talk-name"), "");
  say(byId("talk-state"), "");
  notice("");
  for (const one of ["take", "step-in", "resolve", "more-menu"]) byId(one).hidden = true;
  byId("log-wait").hidden = false;
  byId("story-wait").hidden = false;
  composer.open(name);
  composer.allow("Send", "Opening…", "");
  loadStory(true);
}

/** @param {boolean} first */
async function loadStory(first) {
  const turn = ++storyTurn;
  const name = conversation;
  if (!name) return;
  try {
    const found = await get(at(""));
    if (turn !== storyTurn || name !== conversation) return;
    const before = story;
    story = { ...found, shownName: nameOf(found) };
    drawStory(before, first);
    strip.fine();
  } catch (error) {
    if (turn !== storyTurn || name !== conversation) return;
    byId("log-wait").hidden = true;
    byId("story-wait").hidden = true;
    if (error instanceof Error && "status" in error && error.status === 404) {
      notice("This conversation is not here. It may have been erased.");
    } else {
      troubled(error);
    }
  }
}

/** @param {any} before @param {boolean} first */
function drawStory(before, first) {
  byId("log-wait").hidden = true;
  byId("story-wait").hidden = true;
  const stay = scroll.before(first, story.holder === "agent" && story.agent?.id === me);
  showLog(byId("log"), story, me, (entry) => get(at(`readings/${encodeURIComponent(entry)}/why`)));
  showCard(byId("story-parts"), story, jump, explain);
  drawHead(before);
  stay();
}

/** @param {any} before */
function drawHead(before) {
  const { holder, ticket } = story;
  const isMine = holder === "agent" && story.agent?.id === me;
  const others = holder === "agent" && !isMine;
  say(byId("talk-name"), story.shownName);
  const due = holder === "waiting" && ticket ? `, ${dueWords(ticket.due_ms).words}` : "";
  say(byId("talk-state"), holderWords(story, me) + due);
  byId("take").hidden = holder !== "waiting";
  byId("step-in").hidden = holder !== "bot";
  byId("resolve").hidden = !isMine;
  byId("more-menu").hidden = !isMine;
  const who = story.agent?.name ?? "A colleague";
  if (others && before && before.holder !== "agent") notice(`${who} took this a moment ago. You can read along and leave notes.`);
  else if (others && before?.agent?.id === me) notice(`This is with ${who} now. You can read along and leave notes.`);
  else if (before?.holder === "agent" && before.agent?.id === me && holder === "waiting") notice("This went back in line, because no sign of life came from your desk.");
  else if (before && before.holder !== holder) notice("");
  const words = holder === "agent" ? "Send" : holder === "waiting" ? "Take it and send" : "Step in and send";
  const blocked = others ? `${who} is answering here. You can leave a note.` : "";
  composer.allow(words, blocked, `Write to ${story.shownName}`);
}

/** @param {string} words */
function notice(words) {
  byId("talk-notice").hidden = !words;
  say(byId("talk-notice-words"), words);
}

/** Show a message of the log, and where it is. @param {string} message */
function jump(message) {
  const line = [...byId("log").children].find((one) => one.dataset.key === message);
  if (!line) return null;
  line.scrollIntoView({ block: "center" });
  line.classList.add("shown");
  setTimeout(() => line.classList.remove("shown"), 1_600);
  return line;
}

/** Show why a message was read so, below it. @param {string} message */
function explain(message) {
  const line = jump(message);
  line?.scrollIntoView({ block: "start" });
  for (const part of line?.querySelectorAll("details") ?? []) part.open = true;
  line?.querySelector(".why-reading summary")?.focus({ preventScroll: true });
}

// What an agent does

/** Do something to the open conversation, then see how it stands. @param {() => Promise<any>} work */
async function act(work) {
  notice("");
  try {
    return await work();
  } catch (error) {
    const status = error instanceof Error && "status" in error ? error.status : -1;
    notice(error instanceof Error ? error.message : String(error));
    if (status === 401 || status === 0) troubled(error);
    return null;
  } finally {
    await Promise.all([loadStory(false), loadLists()]);
  }
}

/** Hold the open conversation, taking it or stepping in where that is needed; gives the token. */
async function hold() {
  if (story.holder === "agent") return story.ticket.token;
  const { ticket } = story.holder === "waiting"
    ? await post(at("claim"), { op: newOp(), ticket: story.ticket.id })
    : await post(at("step-in"), { op: newOp() });
  story = { ...story, holder: "agent", agent: { id: me, name: "" }, ticket };
  return ticket.token;
}

/** @param {"reply" | "note"} mode @param {string} text @param {string} op */
async function sendWords(mode, text, op) {
  try {
    if (mode === "note") await post(at("note"), { op, text });
    else await post(at("reply"), { op, text, token: await hold() });
    scroll.follow = true;
  } catch (error) {
    troubled(error);
    await quietly(loadStory(false));
    throw error;
  }
  await Promise.all([loadStory(false), loadLists()]);
}

const take = () => act(hold).then(() => composer.text.focus());

async function takeNext() {
  const found = await act(() => post("/desk/next", { op: newOp() }));
  if (!found) return;
  if (!found.ticket) return say(byId("cue"), "Nobody is waiting.");
  location.hash = encodeURIComponent(found.ticket.conversation);
  composer.text.focus({ preventScroll: true });
}

async function resolve() {
  const sure = !composer.unsent() || (await ask("You have written a reply and not sent it. Resolve anyway? Your words are kept.", "Resolve"));
  if (sure) await act(() => post(at("resolve"), { op: newOp(), token: story.ticket.token }));
}

async function transfer() {
  const chosen = await askColleague();
  if (chosen) await act(() => post(at("transfer"), { op: newOp(), token: story.ticket.token, ...chosen }));
}

// What comes by itself

/** @param {any} error */
function troubled(error) {
  if (error?.status === 401) strip.signedOut();
  else if (error?.status === 0 || error?.status >= 500) strip.away(error.message);
  else if (error?.status === undefined) throw error; // ours to mend, not the network's
}

/** @param {{conversation: string, author: string, name: string}} typed */
function showTyping(typed) {
  if (typed.conversation !== conversation || !story) return;
  if (typed.author === "agent" && story.agent?.id === me && composer.text === document.activeElement) return;
  const who = typed.author === "customer" ? story.shownName : typed.name;
  say(byId("typing"), `${who} is writing…`);
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => say(byId("typing"), ""), TYPING_MS);
}

const stream = openStream("/desk/stream", {
  onEvent({ type, data }) {
    if (type === "typing") showTyping(data);
    else if (type === "queue") freshLists();
    else if (type === "conversation") {
      freshLists();
      if (data.conversation === conversation) freshStory();
    }
  },
  onState(state) {
    strip.stream(state);
    if (state === "open") {
      freshLists();
      freshStory();
    }
  },
  onRefused: async (status) => {
    if (status === 401) strip.signedOut();
    return false;
  },
});
strip.onRetry = () => {
  stream.retry();
  duty.beat();
  loadLists();
  loadStory(false);
};

const fromHash = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

for (const name of VIEWS) byId(`view-${name}`).addEventListener("click", () => showView(name));
byId("next").addEventListener("click", takeNext);
byId("take").addEventListener("click", take);
byId("step-in").addEventListener("click", take);
byId("resolve").addEventListener("click", resolve);
byId("do-transfer").addEventListener("click", transfer);
byId("do-release").addEventListener("click", () => act(() => post(at("release"), { op: newOp(), token: story.ticket.token })));
byId("do-hand-back").addEventListener("click", () => act(() => post(at("hand-back"), { op: newOp(), token: story.ticket.token })));
byId("show-keys").addEventListener("click", showKeys);
addEventListener("hashchange", () => openConversation(fromHash()));
addEventListener("pagehide", () => stream.close());
setInterval(() => {
  list.tick();
  if (story) drawHead(story);
}, TICK_MS);

listen({
  j: () => list.move(1),
  k: () => list.move(-1),
  t: takeNext,
  r: () => story && composer.use("reply", true),
  n: () => story && composer.use("note", true),
  "?": showKeys,
  Escape: () => /** @type {HTMLElement | null} */ (list.place.querySelector("[aria-current]"))?.focus(),
});

showView("waiting");
openConversation(fromHash());
