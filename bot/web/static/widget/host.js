// The line to the page that shows the widget. The page's origin is named in our own address; what
// does not come from that origin and from the parent window is not heard, and nothing is posted to
// anybody else. `frame-ancestors` decides who may be that page at all.

const origin = new URLSearchParams(location.search).get("host") ?? "";
export const framed = window.parent !== window;
export const sameSite = origin === location.origin;

/** @param {"ready" | "close" | "unread" | "kept"} type @param {unknown} [value] */
export function tell(type, value) {
  if (framed && origin) window.parent.postMessage({ attune: 1, type, value }, origin);
}

/**
 * @typedef {object} HostMessage
 * @property {"hello" | "open" | "closed" | "say"} type
 * @property {boolean} [open]
 * @property {boolean} [focus]
 * @property {boolean} [fixed]  part of the page: there is nothing to close
 * @property {string} [colour]
 * @property {string} [text]
 */

/** @param {(message: HostMessage) => void} receive */
export function listen(receive) {
  addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== origin) return;
    if (event.data?.attune === 1) receive(event.data);
  });
}
