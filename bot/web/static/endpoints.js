// The pages of outgoing webhooks: dialogs, copying a secret, times in the reader's own zone.
import "./people.js";
import { tellTimes } from "./workshop-call.js";

tellTimes(document);
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  const dialog = document.getElementById(button?.dataset.open ?? "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
  if (button?.hasAttribute("data-close")) button.closest("dialog")?.close();
});
