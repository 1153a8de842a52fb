// The search page. Nothing is loaded until someone searches; the query stands in the address.

import { fold } from "./fold.js";

const form = document.querySelector("[data-search]");
if (form) start(form);

function start(form) {
  const input = form.querySelector("input[type=search]");
  const status = document.querySelector("[data-search-status]");
  const list = document.querySelector("[data-search-results]");
  const template = document.querySelector("[data-search-result]");
  let index;
  let latest = 0;
  form.hidden = false;

  const run = async () => {
    const query = input.value.trim();
    const turn = ++latest;
    if (query.length < 2) {
      show([], query ? "Bitte mindestens zwei Zeichen eingeben." : "");
      return;
    }
    try {
      index ??= load(form.dataset.search);
      const { find } = await index;
      if (turn !== latest) return; // a later query has overtaken this one
      const found = find(query);
      show(found, sentence(found.length, query));
    } catch {
      index = undefined;
      show([], "Die Suche ist gerade nicht erreichbar. Bitte später noch einmal versuchen.");
    }
  };

  const show = (found, text) => {
    status.textContent = text;
    list.replaceChildren(...found.slice(0, 50).map((entry) => item(template, entry, form)));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", input.value.trim());
    history.replaceState(null, "", address);
    run();
  });
  input.addEventListener("input", run);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    run();
  }
}

function sentence(count, query) {
  if (count === 0) return `Nichts gefunden zu „${query}“.`;
  return count === 1 ? `Ein Treffer zu „${query}“.` : `${count} Treffer zu „${query}“.`;
}

function item(template, entry, form) {
  const node = template.content.cloneNode(true);
  const link = node.querySelector("a");
  link.href = form.dataset.root + entry.a;
  link.textContent = entry.t;
  node.querySelector("[data-kind]").textContent = entry.k;
  node.querySelector("[data-text]").textContent = entry.x;
  return node;
}

async function load(address) {
  const [{ default: MiniSearch }, answer] = await Promise.all([
    import("./vendor/minisearch.js"),
    fetch(address),
  ]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const entries = (await answer.json()).map((entry, id) => ({ ...entry, id }));
  const index = new MiniSearch({
    fields: ["t", "x", "s"],
    processTerm: (term) => stem(fold(term)),
    searchOptions: {
      boost: { t: 4, x: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: "AND",
    },
  });
  index.addAll(entries);
  const plain = entries.map((entry) => fold(`${entry.t} ${entry.x} ${entry.s}`));

  const find = (query) => {
    const ranked = index.search(query).map((hit) => entries[hit.id]);
    // German compounds: "ticket" stands inside "Jobticket", where a word index does not look.
    const words = fold(query).split(/\s+/);
    const inside = entries.filter(
      (entry) => !ranked.includes(entry) && words.every((word) => plain[entry.id].includes(word)),
    );
    return [...ranked, ...inside];
  };
  return { find };
}

// Endings of German words, so that "Lastenräder" and "Lastenrads" meet.
function stem(word) {
  return word.length > 5 ? word.replace(/(?:ern|en|er|es|em|e|n|s)$/, "") : word;
}
