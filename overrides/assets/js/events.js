// What was to come when the site was built may be over by now: say so without a new build, also on
// a page that stays open.

const LONGEST_WAIT = 3_600_000; // a sleeping computer does not count; look again after an hour

function correct() {
  const now = Date.now();
  const over = (event) => new Date(event.dataset.overAt).getTime();
  const ahead = [...document.querySelectorAll("[data-over-at]:not([data-over])")];
  for (const event of ahead.filter((each) => over(each) <= now)) pass(event);
  for (const list of document.querySelectorAll("[data-upcoming]")) {
    const empty = document.querySelector("[data-upcoming-empty]");
    if (empty) empty.hidden = Boolean(list.querySelector("[data-over-at]:not([hidden])"));
  }
  const next = Math.min(...ahead.map(over).filter((moment) => moment > now));
  if (next < Infinity) setTimeout(correct, Math.min(next - now, LONGEST_WAIT));
}

function pass(event) {
  event.dataset.over = "";
  for (const note of event.querySelectorAll("[data-over-note]")) note.hidden = false;
  if (!event.closest("[data-upcoming]")) return;
  const target = document.querySelector("[data-past]");
  if (target) target.prepend(event);
  else event.hidden = true;
}

correct();
