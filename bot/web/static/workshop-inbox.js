// The learning inbox: a group of messages is one decision.
import { call, make } from "./workshop-call.js";
import { standing } from "./workshop-fields.js";

/** Reading some hundred messages takes seconds. */
const READ_WAIT_MS = 60_000;

export function openInbox() {
  document.getElementById("read-on")?.addEventListener("click", () => void readOn());
  const list = document.getElementById("lots");
  if (!list) return;
  for (const lot of list.querySelectorAll("li")) showChoice(lot);
  list.addEventListener("change", (event) => {
    const lot = event.target instanceof Element ? event.target.closest("li") : null;
    if (!lot) return;
    showChoice(lot);
  });
  list.addEventListener("keydown", (event) => {
    const typed = event.target instanceof HTMLInputElement && event.target.closest(".lot-new");
    if (!typed || event.key !== "Enter" || event.isComposing) return;
    const lot = typed.closest("li");
    if (lot) void decide(lot, "new");
  });
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const lot = button?.closest("li");
    if (!button || !lot) return;
    void decide(lot, button.hasAttribute("data-refuse") ? "refuse" : isNew(lot) ? "new" : "intent");
  });
}

/** @param {Element} lot */
function chosen(lot) {
  const boxes = [...lot.querySelectorAll("input[type=checkbox]")];
  return boxes.flatMap((one) => (one instanceof HTMLInputElement && one.checked ? [one.value] : []));
}

/** @param {Element} lot */
function isNew(lot) {
  return lot.querySelector("select")?.selectedOptions[0]?.hasAttribute("data-new") ?? false;
}

/** Say how many would be added, and ask for a title where there is none.
 * @param {Element} lot */
function showChoice(lot) {
  const many = chosen(lot).length;
  lot.querySelector("[data-chosen]")?.replaceChildren(String(many));
  lot.querySelector(".lot-new")?.toggleAttribute("hidden", !isNew(lot));
  for (const one of lot.querySelectorAll("button")) one.disabled = many === 0;
}

/**
 * @param {HTMLLIElement} lot
 * @param {"intent" | "new" | "refuse"} to
 */
async function decide(lot, to) {
  const select = lot.querySelector("select");
  const title = lot.querySelector(".lot-new input");
  const state = lot.querySelector("[role=status]");
  const texts = chosen(lot);
  const name = to === "new" ? (title instanceof HTMLInputElement ? title.value.trim() : "") : to === "intent" ? (select?.value ?? "") : "";
  if (to === "new" && !name) {
    if (state) state.textContent = "What do these customers want? Write a title.";
    if (title instanceof HTMLInputElement) title.focus();
    return;
  }
  for (const one of lot.querySelectorAll("button")) one.disabled = true;
  const answer = await call("/workshop/inbox", { to, name, texts });
  if (answer.status !== 200) {
    showChoice(lot);
    if (state) state.textContent = `Nothing was added. ${answer.message}`;
    return;
  }
  standing(answer.body);
  const where = to === "refuse" ? "the messages to refuse" : to === "new" ? name : (select?.selectedOptions[0]?.text ?? name);
  settle(lot, texts, where, answer.body);
  document.dispatchEvent(new CustomEvent("workshop:saved"));
}

/**
 * Put a line where a group was, or leave what was taken out of it.
 * @param {HTMLLIElement} lot
 * @param {string[]} texts
 * @param {string} where
 * @param {{added: number, name?: string, url?: string}} body
 */
function settle(lot, texts, where, body) {
  const link = make("a", "", "Write its reply");
  if (body.url) link.setAttribute("href", body.url);
  const words = `${body.added} added to ${where}, in the draft. `;
  const done = make("li", "lot-done", make("p", "small", words, body.url ? link : null));
  done.setAttribute("role", "status");
  done.tabIndex = -1;
  lot.before(done);
  if (body.name) offer(body.name, where);
  for (const one of lot.querySelectorAll(".lot-text")) {
    const box = one.querySelector("input");
    if (box && texts.includes(box.value)) one.remove();
  }
  if (lot.querySelector(".lot-text")) leave(lot);
  else lot.remove();
  done.focus();
}

/** What was taken out of a group stays to be decided on by itself.
 * @param {HTMLLIElement} lot */
function leave(lot) {
  const more = lot.querySelector("details");
  if (more) more.replaceWith(...more.querySelectorAll(".lot-text"));
  for (const box of lot.querySelectorAll("input[type=checkbox]")) if (box instanceof HTMLInputElement) box.checked = true;
  const title = lot.querySelector("h2");
  if (title) title.textContent = chosen(lot)[0] ?? "";
  const many = chosen(lot).length;
  lot.querySelector(".lot-count")?.replaceChildren(make("span", "num", String(many)), many === 1 ? " message left" : " messages left");
  lot.querySelector(".tags")?.remove();
  showChoice(lot);
}

/** An intent just made can take further groups.
 * @param {string} name
 * @param {string} title */
function offer(name, title) {
  for (const select of document.querySelectorAll("#lots select")) {
    const option = document.createElement("option");
    option.value = name;
    option.textContent = title;
    select.querySelector("optgroup:last-of-type")?.prepend(option);
  }
}

/** Have all messages read, some hundred at a time, then show the page anew. */
async function readOn() {
  const place = document.querySelector("#unread [role=status]");
  const button = document.getElementById("read-on");
  if (button instanceof HTMLButtonElement) button.disabled = true;
  for (let left = 1; left > 0; ) {
    const answer = await call("/workshop/inbox/read", {}, READ_WAIT_MS);
    if (answer.status !== 200) {
      if (place) place.textContent = answer.message;
      if (button instanceof HTMLButtonElement) button.disabled = false;
      return;
    }
    left = answer.body.left;
    if (place) place.textContent = left ? `Reading… ${left} left.` : "Grouping…";
  }
  location.reload();
}
