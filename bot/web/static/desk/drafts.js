// What is being written, kept in this browser per conversation until the server has it. Beside it
// stands what was last tried to be sent, with its op: the same words keep their op through reloads,
// other conversations and second tabs, so that one reply can never become two.

/** @typedef {"reply" | "note"} Mode */
/** @typedef {{text: string, op: string}} Try */

/** @param {Mode} mode @param {string} conversation */
const draft = (mode, conversation) => `attune:${mode}:${conversation}`;
/** @param {Mode} mode @param {string} conversation */
const tried = (mode, conversation) => `attune:try:${mode}:${conversation}`;

/** @param {Mode} mode @param {string} conversation */
export const load = (mode, conversation) => localStorage.getItem(draft(mode, conversation)) ?? "";

/** @param {Mode} mode @param {string} conversation @param {string} text */
export const keep = (mode, conversation, text) => set(draft(mode, conversation), text);

/** What was tried and not yet known to have arrived. @param {Mode} mode @param {string} conversation @returns {Try | null} */
export function lastTry(mode, conversation) {
  try {
    return JSON.parse(localStorage.getItem(tried(mode, conversation)) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Mode} mode @param {string} conversation @param {Try | null} one */
export const keepTry = (mode, conversation, one) => set(tried(mode, conversation), one ? JSON.stringify(one) : "");

/** What is left of a text without words at its begin that were sent. @param {string} text @param {string} sent */
export const without = (text, sent) => (text.startsWith(sent) ? text.slice(sent.length).trimStart() : text);

/**
 * Tell when another tab changes a draft.
 * @param {(mode: Mode, conversation: string, before: string, now: string) => void} changed
 */
export function onOtherTab(changed) {
  addEventListener("storage", ({ key, oldValue, newValue }) => {
    const [, mode, conversation] = /^attune:(reply|note):(.*)$/s.exec(key ?? "") ?? [];
    if (mode) changed(/** @type {Mode} */ (mode), conversation, oldValue ?? "", newValue ?? "");
  });
}

/** @param {string} place @param {string} text */
function set(place, text) {
  try {
    if (text) localStorage.setItem(place, text);
    else localStorage.removeItem(place);
  } catch {
    // A full or forbidden store loses nothing yet: the text is still in its box.
  }
}
