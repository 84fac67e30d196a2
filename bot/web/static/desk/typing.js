// Who else is writing here, and one question before two people answer at once.

import { t } from "../words.js";
import { ask } from "./dialogs.js";
import { byId, say } from "./dom.js";

const TYPING_MS = 6_000;

export class Typing {
  /**
   * @param {import("./conversation.js").Conversation} talk
   * @param {import("./composer.js").Composer} composer
   */
  constructor(talk, composer) {
    this.talk = talk;
    this.composer = composer;
    this.timer = 0;
    this.colleague = "";
    this.where = "";
  }

  /** @param {{conversation: string, author: string, name: string, agent: string}} typed */
  show(typed) {
    const { talk } = this;
    const isMe = typed.author === "agent" && typed.agent === talk.me;
    if (typed.conversation !== talk.name || !talk.story || isMe) return;
    if (typed.author === "agent") this.colleague = typed.name;
    this.where = typed.conversation;
    say(byId("typing"), t("talk.writing", { who: typed.author === "customer" ? talk.story.shownName : typed.name }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.quiet(), TYPING_MS);
  }

  quiet() {
    this.colleague = "";
    say(byId("typing"), "");
  }

  /** Ask before a second reply, where a colleague is writing one. @returns {Promise<boolean>} */
  async sure() {
    if (!this.colleague || this.where !== this.talk.name) return true;
    return ask(t("talk.sure", { who: this.colleague }), t("talk.send"));
  }
}
