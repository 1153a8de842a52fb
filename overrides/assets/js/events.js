// What was to come when the site was built may be over by now: say so without a new build.

const past = [...document.querySelectorAll("[data-over-at]")].filter(
  (event) => new Date(event.dataset.overAt) <= new Date(),
);

for (const event of past) {
  event.dataset.over = "";
  for (const note of event.querySelectorAll("[data-over-note]")) note.hidden = false;
  const upcoming = event.closest("[data-upcoming]");
  if (upcoming) {
    const target = document.querySelector("[data-past]");
    if (target) target.prepend(event);
    else event.hidden = true;
  }
}

for (const list of document.querySelectorAll("[data-upcoming]")) {
  const empty = document.querySelector("[data-upcoming-empty]");
  if (empty) empty.hidden = Boolean(list.querySelector("[data-over-at]:not([hidden])"));
}
