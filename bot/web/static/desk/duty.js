// Being here: the heartbeat that keeps what one holds, breaks, and the calm cue for somebody new.

import { post } from "../api.js";
import { t } from "../words.js";
import { byId, say } from "./dom.js";

const BEAT_MS = 20_000;

export class Duty {
  /**
   * @param {{tokens: () => Record<string, number>, lost: (tickets: string[]) => void, failed: (error: any) => void}} calls
   */
  constructor(calls) {
    this.calls = calls;
    this.toggle = /** @type {HTMLInputElement} */ (byId("available"));
    this.turn = 0;
    this.waiting = -1;
    this.named = -1;
    this.onDuty = 1;
    this.finishing = /** @type {HTMLInputElement} */ (byId("finishing"));
    for (const one of [this.toggle, this.finishing]) one.addEventListener("change", () => this.beat(true));
    for (const name of ["come-back", "come-back-now"]) {
      byId(name).addEventListener("click", () => {
        this.toggle.checked = true;
        this.beat(true);
      });
    }
    this.bell = /** @type {HTMLButtonElement} */ (byId("bell"));
    const may = "Notification" in window && Notification.permission === "default";
    this.bell.hidden = !may;
    this.bell.addEventListener("click", async () => {
      await Notification.requestPermission();
      this.bell.hidden = true;
    });
    setInterval(() => this.beat(), BEAT_MS);
    this.beat();
  }

  /** @param {boolean} [chosen]  the switch was pressed just now */
  async beat(chosen = false) {
    const available = this.toggle.checked;
    const finishing = this.finishing.checked;
    this.words();
    try {
      const body = { available, finishing, chosen, tokens: this.calls.tokens() };
      const turn = ++this.turn;
      const told = await post("/desk/heartbeat", body);
      const { lost, on_duty: onDuty, sent_away: sentAway } = told;
      if (turn === this.turn) { // what was chosen last, here or at another desk
        this.toggle.checked = told.available;
        this.finishing.checked = told.finishing;
      }
      byId("sent-away").hidden = !sentAway;
      this.words();
      byId("nobody").hidden = onDuty > 0;
      this.calls.lost(lost);
    } catch (error) {
      this.calls.failed(error);
    }
  }

  words() {
    say(byId("available-words"), t(this.toggle.checked ? "available" : "on_break"));
  }

  /** Tell that a colleague called one by name. @param {number} count */
  mentioned(count) {
    const more = this.named >= 0 && count > this.named;
    this.named = count;
    if (!more) return;
    say(byId("cue"), t("duty.mentioned_cue"));
    const told = document.visibilityState === "hidden" && "Notification" in window && Notification.permission === "granted";
    if (told) new Notification(t("duty.mentioned"), { tag: "attune-mention" });
  }

  /** Tell, without a sound, that more people wait than before. @param {number} count @param {string} why */
  count(count, why) {
    document.title = count ? t("title_count", { count }) : t("title");
    const more = this.waiting >= 0 && count > this.waiting;
    this.waiting = count;
    if (!more) return;
    say(byId("cue"), why ? t("duty.waiting_cue_why", { why }) : t("duty.waiting_cue"));
    const told = document.visibilityState === "hidden" && "Notification" in window && Notification.permission === "granted";
    if (told && this.toggle.checked) new Notification(t("duty.waiting"), { body: why, tag: "attune-waiting" });
  }
}
