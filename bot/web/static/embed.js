// The one script a shop adds: <script src="https://help.example/embed.js" async></script>
// It puts a button on the page and opens one frame with the chat. It sets no global, takes no
// handler of the page, and hears nothing but its own frame. Options on the tag: data-lang, data-label,
// data-title, data-colour, data-side="left". To restyle: attune-chat::part(launcher), ::part(panel).
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {Record<string, any>} */
  const WORDS = {}; // of all languages, put here by the server
  const wished = script.dataset.lang ?? "";
  /** @param {string} tag */
  const code = (tag) => tag.split("-")[0].toLowerCase();
  const lang = [wished, ...navigator.languages].map(code).find((one) => one in WORDS) ?? "en";
  const { label = WORDS[lang].label, title = WORDS[lang].title, colour = "", side = "" } = script.dataset;
  const origin = new URL(script.src).origin;
  const KEY = "attune:" + origin; // local: there is a conversation; session: the panel was open
  const LOAD_MS = 10_000;

  const css = `
:host { all: initial; --colour: #1e5a41; --on-colour: #fff; --back: #f6f4ee; --text: #1c241f }
* { box-sizing: border-box }
[hidden] { display: none !important }
button { position: fixed; inset-block: auto 20px; inset-inline: auto 20px; z-index: 2147483000; display: flex; gap: 8px;
  align-items: center; height: 48px; padding-inline: 16px 20px; border: 0; border-radius: 24px;
  background: var(--colour); color: var(--on-colour); cursor: pointer;
  font: 600 15px/1 Seravek, "Segoe UI", Ubuntu, Roboto, "Liberation Sans", sans-serif;
  box-shadow: 0 1px 2px rgb(0 0 0/.2), 0 6px 20px rgb(0 0 0/.18) }
button:hover { filter: brightness(1.1) }
button:focus-visible { outline: 3px solid var(--colour); outline-offset: 3px }
svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round }
b { min-width: 22px; padding: 4px 6px; border-radius: 11px; background: var(--on-colour);
  color: var(--colour); font-size: 13px; text-align: center }
div { position: fixed; inset-block: auto 80px; inset-inline: auto 20px; z-index: 2147483000; width: 392px;
  height: min(680px, 100vh - 100px); border-radius: 14px; overflow: hidden; background: var(--back);
  box-shadow: 0 0 0 1px rgb(128 128 128/.25), 0 16px 48px rgb(0 0 0/.22); animation: in .12s ease-out }
iframe { width: 100%; height: 100%; border: 0; display: block }
p { margin: 0; padding: 24px; font: 15px/1.5 Seravek, "Segoe UI", sans-serif; color: var(--text) }
.left button, .left div { left: 20px; right: auto }
.right button, .right div { left: auto; right: 20px }
@keyframes in { from { opacity: 0; transform: translateY(8px) } }
@media (prefers-color-scheme: dark) {
  :host { --colour: #86c9a6; --on-colour: #0b2216; --back: #131714; --text: #e9ece5 } }
@media (prefers-reduced-motion) { div { animation: none } }
@media (max-width: 480px), (max-height: 420px) { .open button { display: none }
  .open div { inset: 0; width: auto; height: auto; border-radius: 0 } }
@media print { button, div { display: none } }`;

  /** Do what a browser may forbid, such as touching storage. @param {() => any} work */
  const attempt = (work) => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };

  /** @param {string} tag */
  const make = (tag, part = "") => {
    const made = document.createElement(tag);
    if (part) made.setAttribute("part", part);
    return made;
  };

  const host = make("attune-chat");
  const root = make("section");
  const button = /** @type {HTMLButtonElement} */ (make("button", "launcher"));
  const words = make("span");
  const count = make("b", "count");
  const panel = make("div", "panel");
  const problem = make("p", "problem");
  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  let ready = false;
  let open = false;
  let focused = false; // opened by hand, not by coming back
  /** @type {string[]} */
  let colours = [];

  /** Send to the frame, by name. @param {string} type @param {object} [more] */
  const post = (type, more) =>
    ready && frame?.contentWindow?.postMessage({ attune: 1, type, ...more }, origin);

  function load() {
    if (frame) return;
    problem.remove();
    frame = /** @type {HTMLIFrameElement} */ (make("iframe"));
    frame.title = title;
    frame.src = `${origin}/widget?host=${encodeURIComponent(location.origin)}${wished && "&lang=" + encodeURIComponent(wished)}`;
    panel.append(frame);
    setTimeout(() => ready || failed(), LOAD_MS);
  }

  function failed() {
    console.warn(
      `Attune: the chat did not load. Is ${location.origin} among the sites in ATTUNE_ALLOWED_SITES?`,
    );
    problem.textContent = WORDS[lang].failed;
    frame?.replaceWith(problem);
    frame = null;
  }

  /** @param {boolean} yes @param {boolean} focus */
  function show(yes, focus) {
    [open, focused] = [yes, focus];
    if (yes) load();
    panel.hidden = !yes;
    root.classList.toggle("open", yes);
    button.setAttribute("aria-expanded", String(yes));
    attempt(() => sessionStorage.setItem(KEY, yes ? "open" : ""));
    post(yes ? "open" : "closed", { focus });
    if (focus) (yes ? frame : button)?.focus();
  }

  /** @param {number} number */
  function unread(number) {
    count.hidden = !number;
    count.textContent = number > 99 ? "99+" : String(number);
    const { unread: forms } = WORDS[lang];
    const words = forms[new Intl.PluralRules(lang).select(number)] ?? forms.other;
    button.setAttribute("aria-label", number ? words.replace("{label}", label).replace("{count}", number) : label);
  }

  /** @param {MessageEvent} event */
  function hear(event) {
    if (!frame || event.origin !== origin || event.source !== frame.contentWindow) return;
    const { attune, type, value } = event.data ?? {};
    if (attune !== 1) return;
    if (type === "ready") {
      ready = true;
      post("hello", { open, focus: focused, colours });
    } else if (type === "close") show(false, true);
    else if (type === "unread") unread(Number(value) || 0);
    else if (type === "kept") attempt(() => localStorage[value ? "setItem" : "removeItem"](KEY, "1"));
  }

  /** The shop's colour, with ink that can be read on it. */
  function paint() {
    if (!colour || !CSS.supports("color", colour)) return;
    host.style.setProperty("--colour", colour);
    const parts = getComputedStyle(button).backgroundColor.match(/[\d.]+/g) ?? [];
    const [red, green, blue] = parts.map(Number);
    colours = [colour, red * 0.3 + green * 0.59 + blue * 0.11 > 150 ? "#111" : "#fff"];
    host.style.setProperty("--on-colour", colours[1]);
  }

  function icon() {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.append(document.createElementNS(space, "path"));
    svg.firstElementChild?.setAttribute("d", "M7.9 20A9 9 0 1 0 4 16.1L2 22Z");
    return svg;
  }

  function start() {
    if (document.querySelector("attune-chat")) return;
    const sheet = new CSSStyleSheet(); // asks nothing of the page's style-src
    sheet.replaceSync(css);
    host.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    root.setAttribute("aria-label", title);
    if (side === "left" || side === "right") root.classList.add(side);
    root.lang = lang;
    root.dir = WORDS[lang].dir;
    if (wished && lang !== code(wished)) console.warn(`Attune has no words for data-lang="${wished}".`);
    words.textContent = label;
    button.append(icon(), words, count);
    root.append(button, panel);
    host.shadowRoot?.append(root);
    document.body.append(host);
    button.onclick = () => show(!open, true);
    button.onpointerenter = button.onfocus = load; // so that a click finds it there
    root.onkeydown = (event) => {
      if (event.key === "Escape" && open) show(false, true);
    };
    addEventListener("message", hear);
    paint();
    unread(0);
    const wide = matchMedia("(min-width: 481px)").matches;
    show(wide && attempt(() => sessionStorage.getItem(KEY)) === "open", false);
    if (attempt(() => localStorage.getItem(KEY))) setTimeout(load, 500);
  }

  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
