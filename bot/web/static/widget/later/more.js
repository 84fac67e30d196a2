// What is loaded when it is first needed: the words and the styles of the person's part and the menu.
import { find, learn } from "../../words.js";
import { byId, el } from "../page.js";

/** Have the words of a part there. @param {"person" | "card" | "earlier" | "rights"} part */
export async function learned(part) {
  if (find(part)) return;
  const answer = await fetch(byId("words").dataset.more.replace("PART", part));
  learn({ [part]: await answer.json() });
}

/** Have a style sheet of this folder there. @param {string} name */
export const styled = (name) =>
  new Promise((onload, onerror) => {
    const href = new URL(name, import.meta.url).href;
    document.head.append(el("link", { rel: "stylesheet", href, onload, onerror }));
  });
