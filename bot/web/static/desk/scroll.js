// Where the log stands: it follows what is new only while one is at the end and marks nothing.

const NEAR = 80;

export class Scroll {
  /**
   * @param {HTMLElement} log     holds the lines
   * @param {HTMLElement} frame   scrolls them
   * @param {HTMLElement} page    scrolls instead of the frame on a phone
   * @param {HTMLElement} latest  leads back to the end
   */
  constructor(log, frame, page, latest) {
    this.log = log;
    this.frame = frame;
    this.page = page;
    this.latest = latest;
    this.follow = false;
    for (const one of [frame, page]) one.addEventListener("scroll", () => this.seen(), { passive: true });
    latest.addEventListener("click", () => this.toEnd());
  }

  box() {
    return getComputedStyle(this.frame).overflowY === "visible" ? this.page : this.frame;
  }

  isAtEnd() {
    const box = this.box();
    return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  toEnd() {
    const box = this.box();
    box.scrollTop = box.scrollHeight;
  }

  seen() {
    if (this.isAtEnd()) this.latest.hidden = true;
  }

  /**
   * Call before the log changes, and what it gives after.
   * @param {boolean} first  the conversation was just opened
   * @param {boolean} mine   and its card was read when it was taken
   */
  before(first, mine) {
    const box = this.box();
    const count = this.log.childElementCount;
    const marks = !getSelection()?.isCollapsed && this.log.contains(getSelection()?.anchorNode ?? null);
    const stays = !first && !this.follow && (marks || !this.isAtEnd());
    this.follow = false;
    return () => {
      if (first && !mine && box === this.page) box.scrollTop = 0; // on a phone the card is read first
      else if (!stays) this.toEnd();
      else if (this.log.childElementCount > count) this.latest.hidden = false;
    };
  }
}
