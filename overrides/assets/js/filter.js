// Filters of the directory. The list is complete in the page; this only hides what is not wanted.
// The state stands in the address, so a filtered list can be sent to others and survives "back".

import { fold } from "./fold.js";

const form = document.querySelector("[data-filter]");
if (form) start(form);

function start(form) {
  const cards = [...document.querySelectorAll("[data-card]")];
  const status = document.querySelector("[data-filter-status]");
  const jump = document.querySelector(".jump");
  const empty = document.querySelector("[data-filter-empty]");
  const more = form.querySelector("details");
  const fields = [...form.elements].filter((field) => field.name);

  const apply = () => {
    const wanted = fields.filter((field) => field.value);
    let count = 0;
    for (const card of cards) {
      const fits = wanted.every((field) => matches(card, field));
      card.hidden = !fits;
      count += fits;
    }
    if (jump) jump.hidden = wanted.length > 0; // its letters lead to cards that may be hidden
    if (empty) empty.hidden = count > 0;
    const all = cards.length;
    status.textContent = wanted.length ? `${count} von ${all} Mitgliedern` : `${all} Mitglieder`;
  };

  const read = () => {
    const state = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = state.get(field.name) ?? "";
      field.value = value;
      if (field.value !== value) field.value = ""; // an address may name what is no longer there
    }
    more.open = fields.some((field) => field.value && more.contains(field)); // show what is chosen
    apply();
  };

  const write = () => {
    const address = new URL(location.href);
    for (const field of fields) {
      if (field.value) address.searchParams.set(field.name, field.value);
      else address.searchParams.delete(field.name);
    }
    history.replaceState(null, "", address);
    apply();
  };

  form.addEventListener("input", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(write)); // after the fields are empty
  addEventListener("popstate", read);
  read();
}

function matches(card, field) {
  if (field.type === "search" || field.type === "text") {
    return fold(card.dataset.name ?? "").includes(fold(field.value.trim()));
  }
  return (card.dataset[field.name] ?? "").split(" ").includes(field.value);
}
