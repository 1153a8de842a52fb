// The search page. Nothing is loaded until someone searches; the query stands in the address.

import { fold } from "./fold.js";
import { Reader, parts, stem, words } from "./search-query.js";

// So much of a text is shown around what was looked for.
const BEFORE = 60;
const SHOWN = 220;
// So many places of one page come among the first; the others follow behind them.
const OF_A_PAGE = 2;

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
      show(found.hits, sentence(found, query));
    } catch {
      index = undefined;
      show([], "Die Suche ist gerade nicht erreichbar. Bitte später noch einmal versuchen.");
    }
  };

  const show = (hits, text) => {
    status.textContent = text;
    list.replaceChildren(...hits.slice(0, 50).map((hit) => item(template, hit, form)));
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

function sentence({ hits, isPartial }, query) {
  if (hits.length === 0) return `Nichts gefunden zu „${query}“.`;
  const count = hits.length === 1 ? "Ein Treffer" : `${hits.length} Treffer`;
  return isPartial
    ? `Nichts enthält alles aus „${query}“. ${count} mit einem Teil davon.`
    : `${count} zu „${query}“.`;
}

function item(template, { entry, marked }, form) {
  const node = template.content.cloneNode(true);
  const link = node.querySelector("a");
  link.href = form.dataset.root + entry.a;
  link.append(...withMarks(entry.t, marked));
  node.querySelector("[data-kind]").textContent = entry.k;
  node.querySelector("[data-text]").append(...withMarks(shown(entry, marked), marked));
  return node;
}

// What stands below the title: what the page says of itself, or the place that was found.
function shown(entry, marked) {
  if (entry.x) return entry.x;
  const at = [...entry.s.matchAll(/[\p{L}\p{N}]+/gu)].find(([word]) => marked(word))?.index ?? 0;
  const from = at > BEFORE ? entry.s.indexOf(" ", at - BEFORE) + 1 : 0;
  const end = entry.s.lastIndexOf(" ", from + SHOWN);
  const to = entry.s.length > from + SHOWN && end > from ? end : entry.s.length;
  return `${from ? "… " : ""}${entry.s.slice(from, to)}${to < entry.s.length ? " …" : ""}`;
}

function withMarks(text, marked) {
  return text.split(/([\p{L}\p{N}]+)/u).map((part, place) => {
    if (place % 2 === 0 || !marked(part)) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}

async function load(address) {
  const [{ default: MiniSearch }, answer] = await Promise.all([
    import("./vendor/minisearch.js"),
    fetch(address),
  ]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { entries, same, ignored } = await answer.json();
  const reader = new Reader(same, ignored);
  const known = new Set();
  const index = new MiniSearch({
    fields: ["t", "x", "s"],
    tokenize: words,
    processTerm: (word) => {
      const term = stem(fold(word));
      known.add(term);
      return term;
    },
    searchOptions: {
      // The terms of a query are read already.
      tokenize: (word) => [word],
      processTerm: (word) => word,
      boost: { t: 4, x: 2 },
      prefix: true,
      fuzzy: (word) => (word.length > 4 ? 0.2 : false),
      boostDocument: (id) => entries[id].w ?? 1,
    },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  const isKnown = (word) => index.search(word, { fuzzy: false }).length > 0;
  // German compounds: "ticket" stands inside "Jobticket", where a word index does not look.
  const holding = (word) =>
    word.length < 4 ? [] : [...known].filter((each) => each.includes(word) && !each.startsWith(word));

  const all = (terms, more) => ({ combineWith: "AND", queries: terms, ...more });
  const any = (queries) => ({ combineWith: "OR", queries });
  const exact = { prefix: false, fuzzy: false };
  // A term, and the compounds that hold it.
  const term = (word) => any([word, ...holding(word).map((each) => all([each], { ...exact, boostTerm: () => 0.6 }))]);
  const way = ([own, ...others]) => {
    const queries = [
      all(own.map(term)),
      ...others.map((each) => all(each, { fuzzy: false, boostTerm: () => 0.5 })),
    ];
    // What has other names needs no guess at its parts.
    const isOdd = own.length === 1 && !others.length && !isKnown(own[0]);
    const cut = isOdd ? parts(own[0], isKnown) : undefined;
    if (cut) queries.push(all(cut.map((part) => way([[part], ...reader.others([part])]))));
    return any(queries);
  };

  const find = (query) => {
    const asked = reader.read(query);
    // A question has many words, and its answer not all of them: what holds more of them comes first.
    const found = new Map();
    for (const each of asked) {
      for (const { id, score, terms } of index.search(way(each))) {
        const hit = found.get(id) ?? { score: 0, count: 0, terms: [] };
        found.set(id, { score: hit.score + score, count: hit.count + 1, terms: [...hit.terms, ...terms] });
      }
    }
    const share = ({ count }) => count / asked.length;
    const rank = (hit) => hit.score * share(hit) ** 2;
    const enough = [...found].filter(([, hit]) => share(hit) >= 0.5);
    enough.sort(([, one], [, other]) => rank(other) - rank(one));
    const own = asked.flatMap(([each]) => each);
    const hits = enough.map(([id, { terms }]) => ({ entry: entries[id], marked: marking(terms, own) }));
    return { hits: spread(hits), isPartial: !enough.some(([, hit]) => share(hit) === 1) };
  };
  return { find };
}

// Whether a word of a text is one of those found, or holds one that was asked for.
function marking(terms, own) {
  const found = new Set(terms);
  return (text) => {
    const word = fold(text);
    return found.has(stem(word)) || own.some((each) => each.length > 3 && word.includes(each));
  };
}

// Of a page with many places, the best come among the first; a list of one page alone helps few.
function spread(hits) {
  const counts = new Map();
  const first = [];
  const later = [];
  for (const hit of hits) {
    const [page] = hit.entry.a.split("#");
    counts.set(page, (counts.get(page) ?? 0) + 1);
    (counts.get(page) <= OF_A_PAGE ? first : later).push(hit);
  }
  return [...first, ...later];
}
