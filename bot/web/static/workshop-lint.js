// What a good editor would say of a wording, beside it.
import { make } from "./workshop-call.js";

/**
 * @typedef {object} Remark
 * @property {"error" | "warning"} severity
 * @property {string} code
 * @property {string} words what it is about, empty when it is about all
 * @property {number} start
 * @property {number} end
 * @property {string} says
 * @property {string} mend
 */

/**
 * Show what was found in a wording; its words can be pressed to be selected in it.
 * @param {HTMLTextAreaElement} area
 * @param {Remark[]} remarks
 */
export function showRemarks(area, remarks) {
  const list = area.closest("li")?.querySelector("[data-remarks]");
  if (!list) return;
  const now = JSON.stringify(remarks);
  if (list.getAttribute("data-shown") === now) return;
  list.setAttribute("data-shown", now);
  list.replaceChildren(...remarks.map((one) => row(area, one)));
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {Remark} one
 */
function row(area, one) {
  const error = one.severity === "error";
  const label = make("b", "", error ? "Not to be published" : "Look again");
  return make("li", error ? "is-error" : "", label, ". ", where(area, one), `${one.says} `, one.mend);
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {Remark} one
 */
function where(area, one) {
  if (!one.words) return null;
  const letters = [...area.value]; // positions count whole characters
  if (one.end - one.start === letters.length) return make("span", "", make("q", "", one.words), " ");
  const button = make("button", "link", make("q", "", one.words));
  button.setAttribute("type", "button");
  button.title = "Select it in the wording";
  button.addEventListener("click", () => {
    area.focus();
    const [start, end] = [one.start, one.end].map((at) => letters.slice(0, at).join("").length);
    area.setSelectionRange(start ?? 0, end ?? 0);
  });
  return make("span", "", button, " ");
}
