// Companies like one's own, without leaving the page: what the page of a trade and a size shows.

const form = document.querySelector("[data-peers]");
if (form) start(form);

function start(form) {
  const status = document.querySelector("[data-peers-status]");
  const result = document.querySelector("[data-peers-result]");
  let latest = 0;
  form.parentElement.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());

  form.addEventListener("change", async () => {
    const { sector, size } = form.elements;
    const turn = ++latest;
    result.replaceChildren();
    status.textContent = "";
    if (!sector.value || !size.value) return;
    const url = new URL(`${form.dataset.peers}${sector.value}${size.value}/`, location.href);
    const found = await load(url);
    if (turn !== latest) return; // another choice has overtaken this one
    if (!found) {
      location.assign(url); // the page itself says what is the matter
      return;
    }
    result.replaceChildren(...found.parts);
    status.textContent = found.told;
  });
}

async function load(url) {
  try {
    const answer = await fetch(url);
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const common = page.querySelector("main section");
    const callout = page.querySelector("main .callout");
    if (!common) return undefined;
    const whole = page.createElement("p");
    const link = page.createElement("a");
    link.href = url.href;
    link.textContent = page.querySelector("h1").textContent;
    whole.append(link);
    const parts = [callout, common, whole].filter(Boolean).map((part) => document.adoptNode(part));
    for (const part of parts) settle(part, url);
    // Said aloud, and so not said again below.
    const count = common.querySelector(".muted");
    count?.remove();
    return { parts, told: `${link.textContent}. ${count?.textContent ?? ""}`.trim() };
  } catch {
    return undefined;
  }
}

// Links of the other page, seen from this one; its headings are a level lower here.
function settle(part, url) {
  for (const link of part.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), url).href;
  part.removeAttribute("aria-labelledby");
  for (const named of part.querySelectorAll("[id]")) named.removeAttribute("id");
  for (const heading of [...part.querySelectorAll("h3, h2")]) {
    const lower = document.createElement(heading.localName === "h2" ? "h3" : "h4");
    lower.className = heading.className;
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
}
