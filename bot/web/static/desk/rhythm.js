// When to ask again: at most once in a while, and never because something failed.

const REST_MS = 900;

/** What may fail without a word. @param {Promise<any>} promise */
export const quietly = (promise) => promise.catch(() => undefined);

/**
 * Run at most once in a while; the last call always counts.
 * @param {() => Promise<void>} work @param {() => number} [rest]  ms between two runs
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
    await quietly(work());
    setTimeout(() => {
      running = false;
      if (again) {
        again = false;
        run();
      }
    }, rest());
  };
}
