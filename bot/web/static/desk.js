// The desk: lists, one conversation, its card; live by a stream that only says what to ask for again.

import { get, post } from "./api.js";
import { Actions } from "./desk/actions.js";
import { Composer } from "./desk/composer.js";
import { Conversation } from "./desk/conversation.js";
import { showKeys } from "./desk/dialogs.js";
import { byId, say } from "./desk/dom.js";
import { Duty } from "./desk/duty.js";
import { Find } from "./desk/find.js";
import { Hints } from "./desk/hints.js";
import { listen } from "./desk/keys.js";
import { Lists, VIEWS } from "./desk/lists.js";
import { Looking } from "./desk/looking.js";
import { Offer } from "./desk/offer.js";
import { Palette } from "./desk/palette.js";
import { calmly, quietly } from "./desk/rhythm.js";
import { Scroll } from "./desk/scroll.js";
import { Sending } from "./desk/sending.js";
import { Strip } from "./desk/strip.js";
import { Toast } from "./desk/toast.js";
import { Typing } from "./desk/typing.js";
import { refuseFiles } from "./files.js";
import { openStream } from "./stream.js";
import { t } from "./words.js";

const TICK_MS = 10_000;

const root = byId("desk");
const me = root.dataset.me;
const strip = new Strip(byId("strip"), byId("strip-words"), byId("strip-act"));
const scroll = new Scroll(byId("log"), byId("log-box"), root, byId("latest"));
/** @type {Hints} */
const hints = new Hints(me, {
  ask: (text) => post(talk.at("hints"), { text }),
  replies: () => composer.offer(),
  jump: (message) => talk.jump(message),
});
/** @type {Composer} */
const composer = new Composer({
  send: (mode, text, op) => actions.send(mode, text, op),
  typing: () => quietly(post(talk.at("typing"))),
  takeBack: () => sending.takeBackLast(),
  sure: () => typing.sure(),
  look: (text, isReply) => hints.look(text, isReply),
  replies: async () => (await get(talk.at("replies"))).replies,
  colleagues: async () => (await get("/desk/team")).team,
});
const calls = { fine: () => strip.fine(), troubled, lookers: (/** @type {any[]} */ people) => looking.show(people) };
/** @type {Sending} */
const sending = new Sending(me, composer, () => talk.fresh());
/** @type {Conversation} */
const talk = new Conversation(root, composer, scroll, sending, calls);
const lists = new Lists(me, { ...calls, waiting: (count, why) => duty.count(count, why), mentioned: (count) => duty.mentioned(count) });
const duty = new Duty({ tokens: () => lists.tokens(), lost: () => undefined, failed: troubled });
/** @type {Actions} */
const actions = new Actions(talk, lists, composer, sending, hints, new Toast(), troubled);
/** @type {Looking} */
const looking = new Looking(me);
const typing = new Typing(talk, composer);
const offer = new Offer({
  taken: async (name) => {
    location.hash = encodeURIComponent(name);
    openConversation(name);
    await talk.load(true);
    composer.text.focus({ preventScroll: true });
  },
  changed: () => lists.fresh(),
  cue: (words) => say(byId("offer-cue"), words),
  said: (words) => actions.told(words),
  failed: troubled,
});
const freshOffer = calmly(() => offer.fresh());

/** @param {any} error */
function troubled(error) {
  if (error?.status === 401) strip.signedOut();
  else if (error?.status === 0 || error?.status >= 500) strip.away(error.message);
  else if (error?.status === undefined) throw error; // ours to mend, not the network's
}

const stream = openStream("/desk/stream", {
  onEvent({ type, data }) {
    if (type === "typing" && data.author === "looking") data.conversation === talk.name && data.agent !== me && talk.fresh();
    else if (type === "typing" && data.author === "erased") data.conversation === talk.name && talk.gone(data.name);
    else if (type === "typing") typing.show(data);
    else if (type === "queue") {
      lists.fresh();
      freshOffer();
    } else if (type === "conversation") {
      if (data.conversation === talk.name) talk.fresh(); // before the lists: somebody is reading it
      lists.fresh();
    }
  },
  onState(state) {
    strip.stream(state);
    if (state === "open") {
      lists.fresh();
      talk.fresh();
      freshOffer();
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
  lists.load();
  talk.load(false);
};

/** @param {string} name */
function openConversation(name) {
  if (name === talk.name) return;
  lists.list.select(name);
  talk.open(name);
  looking.open(name);
}

const fromHash = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

byId("next").addEventListener("click", () => actions.takeNext());
byId("take").addEventListener("click", () => actions.take());
byId("step-in").addEventListener("click", () => actions.take());
byId("resolve").addEventListener("click", () => actions.resolve());
byId("do-spare").addEventListener("click", () => actions.spare());
byId("do-transfer").addEventListener("click", () => actions.transfer());
byId("do-snooze").addEventListener("click", () => actions.snooze());
byId("do-wake").addEventListener("click", () => actions.withTicket("wake"));
byId("do-release").addEventListener("click", () => actions.withTicket("release"));
byId("do-hand-back").addEventListener("click", () => actions.withTicket("hand-back"));
byId("do-erase")?.addEventListener("click", () => actions.erase());
byId("show-keys").addEventListener("click", showKeys);
addEventListener("hashchange", () => openConversation(fromHash()));
addEventListener("pagehide", () => stream.close());
setInterval(() => {
  lists.tick();
  if (talk.story) talk.drawHead(talk.story);
}, TICK_MS);

listen({
  j: () => lists.list.move(1),
  k: () => lists.list.move(-1),
  t: () => actions.takeNext(),
  a: () => offer.accept(),
  r: () => talk.story && composer.use("reply", true),
  n: () => talk.story && composer.use("note", true),
  "/": () => find.focus(),
  s: () => actions.snooze(),
  "?": showKeys,
  Escape: () => /** @type {HTMLElement | null} */ (lists.list.place.querySelector("[aria-current]"))?.focus(),
});

byId("lists-views").addEventListener("click", () => find.clear());
const find = new Find({
  open: () => lists.view !== "found" && lists.show("found"),
  close: () => lists.show(lists.before),
  show: (rows, done) => lists.view === "found" && lists.showFound(rows, done),
  failed: troubled,
});

refuseFiles(() => (talk.name ? composer.fail(t("composer.no_files")) : actions.told(t("composer.no_files"))));
lists.acted = () => find.again();
const mine = () => talk.isMine();
const open = () => !!talk.story;
new Palette(() => [
  { title: t("palette.take_next"), keys: "T", run: () => actions.takeNext() },
  { title: t("palette.take"), can: () => talk.story?.holder === "waiting", run: () => actions.take() },
  { title: t("palette.step_in"), can: () => talk.story?.holder === "bot", run: () => actions.take() },
  { title: t("palette.reply"), keys: "R", can: open, run: () => composer.use("reply", true) },
  { title: t("palette.note"), keys: "N", can: open, run: () => composer.use("note", true) },
  { title: t("palette.choose"), keys: "/", can: mine, run: () => { composer.use("reply", true); composer.offer(); } },
  { title: t("palette.resolve"), can: mine, run: () => actions.resolve() },
  { title: t("palette.snooze"), keys: "S", can: () => mine() && !talk.story.snoozed_ms, run: () => actions.snooze() },
  { title: t("palette.wake"), can: () => mine() && !!talk.story.snoozed_ms, run: () => actions.withTicket("wake") },
  { title: t("palette.transfer"), can: mine, run: () => actions.transfer() },
  { title: t("palette.release"), can: mine, run: () => actions.withTicket("release") },
  { title: t("palette.hand_back"), can: mine, run: () => actions.withTicket("hand-back") },
  ...VIEWS.map((view) => ({ title: t("palette.show", { list: byId(`view-${view}`).firstChild.data.trim() }), run: () => { find.clear(); lists.show(view); } })),
  { title: t("palette.search"), keys: "/", run: () => find.focus() },
  { title: t("palette.available"), run: () => byId("available").click() },
  { title: t("palette.keys"), keys: "?", run: showKeys },
], (words) => find.look(words));

lists.show("waiting");
openConversation(fromHash());
