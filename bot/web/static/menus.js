// Menus made of <details>: one open at a time, closed by Escape (focus returns) and by a click elsewhere.

/** @returns {HTMLDetailsElement[]} */
const open = () => [...document.querySelectorAll("details.menu[open]")].filter(
  (one) => one instanceof HTMLDetailsElement,
);

document.addEventListener("click", (event) => {
  const target = event.target instanceof Node ? event.target : null;
  for (const menu of open()) {
    const inside = target && menu.contains(target);
    const chosen = inside && target instanceof Element && target.closest(".menu-item");
    if (!inside || chosen) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  }
}, true);
