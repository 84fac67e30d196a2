// Who else has this conversation open: told to colleagues now and again, and read from the story.

import { post } from "../api.js";
import { t } from "../words.js";
import { byId, say } from "./dom.js";
import { quietly } from "./rhythm.js";

const AGAIN_MS = 20_000;

export class Looking {
  /** @param {string} me */
  constructor(me) {
    this.me = me;
    this.conversation = "";
    setInterval(() => document.visibilityState === "visible" && this.tell(true), AGAIN_MS);
    addEventListener("pagehide", () => this.tell(false));
  }

  /** @param {string} conversation */
  open(conversation) {
    if (conversation === this.conversation) return;
    this.tell(false);
    this.conversation = conversation;
    this.show([]);
    this.tell(true);
  }

  /** @param {boolean} there */
  tell(there) {
    if (!this.conversation) return;
    quietly(post(`/desk/conversations/${encodeURIComponent(this.conversation)}/looking`, { there }));
  }

  /** @param {{id: string, name: string}[]} people */
  show(people) {
    const names = people.filter((one) => one.id !== this.me).map((one) => one.name);
    byId("talk-looking").hidden = !names.length;
    say(byId("talk-looking-words"), names.length ? t("talk.looking", { names: together(names), count: names.length }) : "");
  }
}

/** Names as a sentence has them: two, and how many more. @param {string[]} names */
function together([one, other, ...more]) {
  if (!other) return one;
  return more.length ? t("talk.and_more", { names: `${one}, ${other}`, number: more.length }) : t("talk.and", { one, other });
}
