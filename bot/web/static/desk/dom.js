// The smallest useful set of DOM words for the desk. Text only ever goes in as text.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element: properties, then children; strings become text, false and null nothing.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [props]  names with a dash, and `role`, are attributes
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.includes("-") || name === "role") made.setAttribute(name, String(value));
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "on") for (const [type, what] of Object.entries(value)) made.addEventListener(type, what);
    else Object.assign(made, { [name]: value });
  }
  made.append(.../** @type {(Node | string)[]} */ (children.filter((one) => one !== null && one !== undefined && one !== false)));
  return made;
}

/** A text whose e-mail addresses and numbers stay whole among words of either direction. @param {string} text */
export const whole = (text) => text.split(/(\S+@\S+\w|#?\d{4,})/).map((part, at) => (at % 2 ? el("bdi", {}, part) : part));

/**
 * Make an SVG element.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Node} children
 */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * An icon of the shared set; decorative, so put words or a label beside it.
 * @param {string} name
 */
export const icon = (name) =>
  svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `/static/icons.svg#${name}` }));

/**
 * Give the element of this id, which the page is known to have.
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/**
 * Write text only where it changed, so that nothing is read out or redrawn for nothing.
 * @param {Element} target
 * @param {string} text
 */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Make the children of `parent` those of `items`, keeping elements by key: only what is new is made,
 * only what moved is moved.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => HTMLElement} make
 * @param {(element: HTMLElement, item: T) => void} update
 */
export function keyed(parent, items, keyOf, make, update) {
  const known = new Map([...parent.children].map((one) => [/** @type {HTMLElement} */ (one).dataset.key, one]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let element = /** @type {HTMLElement | undefined} */ (known.get(key));
    if (!element) {
      element = make(item);
      element.dataset.key = key;
    }
    known.delete(key);
    update(element, item);
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  for (const left of known.values()) left.remove();
}
