// Bringing in files: what they would change is shown in words before they become the draft.
import { call, make } from "./workshop-call.js";

const MOST_BYTES = 16 * 1024 * 1024;
/** @type {Record<string, string>} */
const HEADINGS = { added: "Added", changed: "Changed", lost: "Lost" };

export function openImport() {
  const input = document.getElementById("import");
  const state = document.getElementById("import-state");
  const dialog = document.getElementById("import-look");
  if (!(input instanceof HTMLInputElement) || !state || !(dialog instanceof HTMLDialogElement)) return;
  /** @type {File[]} */
  let files = [];
  let seen = "";
  input.addEventListener("change", async () => {
    files = [...(input.files ?? [])];
    input.value = "";
    const large = files.find((one) => one.size > MOST_BYTES);
    if (large) {
      state.textContent = `Nothing was brought in. ${large.name} has ${Math.round(large.size / 1048576)} MB; 16 MB is the most.`;
      return;
    }
    state.textContent = "Reading the files…";
    const answer = await call("/workshop/import/look", form(files, ""));
    state.textContent = answer.status === 200 ? "" : `Nothing was brought in. ${answer.message}`;
    if (answer.status !== 200) return;
    seen = answer.body.seen;
    document.getElementById("import-told")?.replaceChildren(...told(answer.body));
    document.getElementById("import-wrong")?.replaceChildren();
    dialog.showModal();
  });
  document.getElementById("import-take")?.addEventListener("click", async () => {
    const answer = await call("/workshop/import", form(files, seen));
    if (answer.status === 200) location.href = answer.body.url;
    else document.getElementById("import-wrong")?.replaceChildren(answer.message);
  });
}

/**
 * @param {File[]} files
 * @param {string} seen
 */
function form(files, seen) {
  const found = new FormData();
  for (const one of files) found.append("files", one);
  if (seen) found.append("seen", seen);
  return found;
}

/** @param {any} body */
function told(body) {
  const parts = [make("p", "", `${body.files.join(", ")}, compared with version ${body.live_version}, which is live:`)];
  if (!body.groups.length) parts.push(make("p", "", make("b", "", "Nothing differs."), " The files say what live says."));
  for (const group of body.groups) {
    const rows = group.changes.map(change);
    parts.push(make("h3", "", `${HEADINGS[group.kind]} `, make("span", "num soft", String(rows.length))), make("ul", "changes", ...rows));
  }
  if (body.replaced.length) {
    parts.push(make("div", "notice attention", make("div", "",
      make("p", "", make("b", "", "The draft has edits in these files that would be replaced"), ` (last by ${body.replaced_by}):`),
      make("ul", "", ...body.replaced.map((/** @type {string} */ one) => make("li", "", one))))));
  }
  if (body.problem) {
    parts.push(make("div", "notice attention", make("p", "", make("b", "", "It can become the draft, but not be published yet. "), body.problem)));
  }
  if (body.left_out.length) parts.push(make("p", "small soft", `Left out, as no files of a pack: ${body.left_out.join(", ")}.`));
  return parts;
}

/** @param {any} one */
function change(one) {
  const words = [
    ...one.gone.map((/** @type {string} */ text) => line("gone", "del", "Gone: ", text)),
    ...one.new.map((/** @type {string} */ text) => line("new", "ins", "New: ", text)),
  ];
  if (!words.length) return make("li", "", make("p", "", one.sentence));
  if (one.more) words.push(make("p", "soft small", `and ${one.more} more`));
  const details = make("details", "", make("summary", "", one.sentence), make("div", "words", ...words));
  details.toggleAttribute("open", words.length <= 6);
  return make("li", "", details);
}

/**
 * @param {string} kind
 * @param {string} tag
 * @param {string} before
 * @param {string} text
 */
function line(kind, tag, before, text) {
  const place = make("p", kind, make("span", "unseen", before), make(tag, "", text));
  place.dir = "auto";
  return place;
}
