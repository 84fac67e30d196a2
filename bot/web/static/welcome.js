// The first-run page talks to the widget as any embedding page does: by name, tagged.

const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("chat"));
const copy = /** @type {HTMLButtonElement} */ (document.getElementById("copy"));
const snippet = /** @type {HTMLElement} */ (document.getElementById("snippet"));

/** @param {object} message */
const post = (message) => frame.contentWindow?.postMessage({ attune: 1, ...message }, location.origin);

addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.source !== frame.contentWindow) return;
  if (event.data?.attune === 1 && event.data.type === "ready") post({ type: "hello", open: true, fixed: true });
});
frame.src = "/widget?host=" + encodeURIComponent(location.origin);

for (const button of document.querySelectorAll("button[data-say]")) {
  button.addEventListener("click", () => post({ type: "say", text: button.getAttribute("data-say") }));
}

copy.addEventListener("click", async () => {
  await navigator.clipboard.writeText(snippet.textContent ?? "");
  copy.textContent = "Copied";
  setTimeout(() => (copy.textContent = "Copy"), 2_000);
});
