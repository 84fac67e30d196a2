// Keys for people who stay at the desk all day. None works while something is being typed.

/**
 * @param {Record<string, () => void>} keys  a key and what it does
 */
export function listen(keys) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const typing = target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
    if (event.key === "Escape" && target.closest("textarea")) {
      /** @type {HTMLElement} */ (target).blur();
      keys.Escape?.();
      return;
    }
    if (typing) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
