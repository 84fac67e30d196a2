// When to ask again: at most once in a while, and never because something failed.

const REST_MS = 900;
const SHORT_MS = 100;
const SHARE = 3;

/** What may fail without a word. @param {Promise<any>} promise */
export const quietly = (promise) => promise.catch(() => undefined);

/** A rest after something quick: three times as long as it took. @param {number} took  ms */
export const soon = (took) => Math.min(REST_MS, Math.max(SHORT_MS, SHARE * took));

/**
 * Run at most once in a while; the last call always counts.
 * @param {() => Promise<void>} work
 * @param {(took: number) => number} [rest]  ms between two runs, given how long the last one took
 */
export function calmly(work, rest = () => REST_MS) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const begun = performance.now();
    await quietly(work());
    setTimeout(() => {
      running = false;
      if (again) {
        again = false;
        run();
      }
    }, rest(performance.now() - begun));
  };
}
