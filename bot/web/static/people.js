// The people page: copy a link, ask before removing, tell times in the reader's own zone.

const when = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

for (const time of document.querySelectorAll("time[data-at]")) {
  if (time instanceof HTMLTimeElement) time.textContent = when.format(Number(time.dataset.at));
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.addEventListener("click", async () => {
    const secret = document.getElementById(button.dataset.copy ?? "");
    const words = button.querySelector("span");
    if (!secret || !words) return;
    try {
      await navigator.clipboard.writeText(secret.textContent ?? "");
      words.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(secret);
      words.textContent = "Selected: press Ctrl+C";
    }
  });
}

const ask = document.getElementById("ask");
const words = document.getElementById("ask-words");
for (const form of document.querySelectorAll("form[data-ask]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener("submit", (event) => {
    if (!(ask instanceof HTMLDialogElement) || !words) return;
    event.preventDefault();
    words.textContent = form.dataset.ask ?? "";
    ask.returnValue = "no";
    ask.showModal();
    ask.addEventListener("close", () => ask.returnValue === "yes" && form.submit(), { once: true });
  });
}
