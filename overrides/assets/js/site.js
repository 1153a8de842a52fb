// On every page: the menu of narrow screens, the choice of light or dark, buttons that print.

const menu = document.querySelector("[data-menu-button]");
const nav = document.querySelector("[data-menu]");

if (menu && nav) {
  const open = (state) => {
    nav.toggleAttribute("data-open", state);
    menu.setAttribute("aria-expanded", String(state));
  };
  menu.addEventListener("click", () => open(menu.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
    open(false);
    menu.focus();
  });
}

const choice = document.querySelector("[data-theme-button]");

if (choice) {
  const words = { system: "System", light: "Hell", dark: "Dunkel" };
  const order = ["system", "light", "dark"];
  const current = () => document.documentElement.dataset.theme ?? "system";
  const label = () => {
    choice.querySelector("[data-theme-name]").textContent = words[current()];
  };
  choice.addEventListener("click", () => {
    const next = order[(order.indexOf(current()) + 1) % order.length];
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      if (next === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch {
      // Without storage the choice lasts for this page.
    }
    label();
  });
  label();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}
