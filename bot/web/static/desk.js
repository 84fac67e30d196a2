// The desk: lists, one conversation, its card; live by a stream that only says what to ask for again.

import { post } from "./api.js";
import { Actions } from "./desk/actions.js";
import { Composer } from "./desk/composer.js";
import { Conversation } from "./desk/conversation.js";
import { showKeys } from "./desk/dialogs.js";
import { byId, say } from "./desk/dom.js";
import { Duty } from "./desk/duty.js";
import { listen } from "./desk/keys.js";
import { Lists } from "./desk/lists.js";
import { Offer } from "./desk/offer.js";
import { calmly, quietly } from "./desk/rhythm.js";
import { Scroll } from "./desk/scroll.js";
import { Sending } from "./desk/sending.js";
import { Strip } from "./desk/strip.js";
import { Typing } from "./desk/typing.js";
import { openStream } from "./stream.js";

const TICK_MS = 10_000;

const root = byId("desk");
const me = root.dataset.me;
const strip = new Strip(byId("strip"), byId("strip-words"), byId("strip-act"));
const scroll = new Scroll(byId("log"), byId("log-box"), root, byId("latest"));
/** @type {Composer} */
const composer = new Composer({
  send: (mode, text, op) => actions.send(mode, text, op),
  typing: () => quietly(post(talk.at("typing"))),
  takeBack: () => sending.takeBackLast(),
  sure: () => typing.sure(),
});
const calls = { fine: () => strip.fine(), troubled };
/** @type {Sending} */
const sending = new Sending(me, composer, () => talk.fresh());
/** @type {Conversation} */
const talk = new Conversation(root, composer, scroll, sending, calls);
const lists = new Lists(me, { ...calls, waiting: (count, why) => duty.count(count, why) });
const duty = new Duty({ tokens: () => lists.tokens(), lost: () => undefined, failed: troubled });
/** @type {Actions} */
const actions = new Actions(talk, lists, composer, sending, troubled);
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
    if (type === "typing") typing.show(data);
    else if (type === "queue") {
      lists.fresh();
      freshOffer();
    } else if (type === "conversation") {
      lists.fresh();
      if (data.conversation === talk.name) talk.fresh();
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
byId("do-release").addEventListener("click", () => actions.withTicket("release"));
byId("do-hand-back").addEventListener("click", () => actions.withTicket("hand-back"));
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
  "?": showKeys,
  Escape: () => /** @type {HTMLElement | null} */ (lists.list.place.querySelector("[aria-current]"))?.focus(),
});

lists.show("waiting");
openConversation(fromHash());
