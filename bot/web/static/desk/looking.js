// Who else has this conversation open: told to colleagues now and again, and read from the story.

import { post } from "../api.js";
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
    const words = names.length > 2 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(" and ");
    byId("talk-looking").hidden = !words;
    say(byId("talk-looking-words"), words ? `${words} ${names.length > 1 ? "are" : "is"} looking, too` : "");
  }
}
