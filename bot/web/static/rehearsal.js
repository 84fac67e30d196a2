// While the draft is tried: how far it is, and the result as soon as it is there.
import { call } from "./workshop-call.js";

const EVERY_MS = 1_000;
const running = document.querySelector("[data-rehearsal]");
if (running instanceof HTMLElement) watch(running.dataset.rehearsal ?? "");

/** @param {string} id */
function watch(id) {
  const bar = document.getElementById("rehearsal-bar");
  const state = document.getElementById("rehearsal-state");
  if (!(bar instanceof HTMLProgressElement) || !state) return;
  const look = async () => {
    const answer = await call("/workshop/rehearsal/standing");
    if (answer.status !== 200) {
      state.textContent = `${answer.message} It goes on meanwhile.`;
    } else if (answer.body.id !== id || answer.body.stage !== "running") {
      location.reload();
      return;
    } else if (answer.body.total) {
      const { done, total } = answer.body;
      bar.max = total;
      bar.value = done;
      state.textContent = `${count(done)} of ${count(total)} conversations`;
    }
    setTimeout(look, EVERY_MS);
  };
  setTimeout(look, EVERY_MS);
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString("en-GB");
}
