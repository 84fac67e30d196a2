// What a customer may do with the whole conversation: keep a copy of it, or delete it.
import { byId, el } from "./page.js";
import { ApiError } from "./wire.js";

const FREED_MS = 60_000;

/**
 * Make the menu's entries work.
 * @param {{copy: () => Promise<{text: string}>, erase: () => Promise<void>, trouble: (words: string) => void}} act
 */
export function rights(act) {
  const sure = byId("sure");
  byId("copy").onclick = async () => {
    back();
    await act.copy().then(({ text }) => save(text), (error) => act.trouble("Not saved: " + why(error)));
  };
  byId("delete").onclick = () => {
    byId("menu").hidePopover();
    byId("sure-problem").textContent = "";
    sure.showModal();
  };
  byId("keep").onclick = () => sure.close();
  sure.onclose = () => byId("more").focus();
  byId("erase").onclick = async () => {
    byId("erase").disabled = true;
    byId("sure-problem").textContent = "";
    try {
      await act.erase();
      sure.close();
      byId("text").focus();
    } catch (error) {
      byId("sure-problem").textContent = "Not deleted: " + why(error);
    } finally {
      byId("erase").disabled = false;
    }
  };
}

function back() {
  byId("menu").hidePopover();
  byId("more").focus();
}

/** Give a text to the browser as a file. @param {string} text */
function save(text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0"));
  el("a", { href, download: `conversation-${day.join("-")}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), FREED_MS);
}

/** @param {unknown} error */
const why = (error) => (error instanceof ApiError && !error.passing ? error.message : "try again in a moment.");
