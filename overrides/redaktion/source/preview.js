// What an entry will look like, while it is typed: the parts of the public pages, in their style sheet.
// What the build works out from other entries (counts, neighbours, links) is not shown.
import CMS from "@sveltia/cms";

const h = window.h;
const GERMAN = new Intl.DateTimeFormat("de-DE", { dateStyle: "long", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("de-DE", { month: "long", year: "numeric", timeZone: "UTC" });
const STEPS = { geplant: "geplant", laufend: "in Umsetzung", umgesetzt: "umgesetzt", eingestellt: "eingestellt" };

// A date as the page words it; anything else stays as it was typed.
function day(text) {
  const [, date, year, month, number, time] =
    /^((\d{4})(?:-(\d\d)(?:-(\d\d))?)?)(?:[ T](\d\d:\d\d))?$/.exec(text) ?? [];
  if (!month) return text ?? "";
  const value = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(value.valueOf())) return text;
  return `${(number ? GERMAN : MONTH).format(value)}${time ? `, ${time} Uhr` : ""}`;
}

// Whether a step is reached: one known by month or year alone counts from its end.
function isReached(text) {
  const [year, month = "12", number] = (/\d{4}(-\d\d){0,2}/.exec(text)?.[0] ?? "9999").split("-");
  const last = number ?? new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${year}-${month}-${last}` <= new Date().toLocaleDateString("sv-SE");
}

const plain = (value) => (value?.toJS ? value.toJS() : value);
const listed = (value) => (Array.isArray(value) ? value.filter((each) => each !== null && each !== "") : []);
const section = (title, ...parts) => h("section", { key: title }, h("h2", null, title), ...parts);
const facts = (...pairs) =>
  h(
    "dl",
    { className: "facts" },
    ...pairs.flatMap(([label, value]) => (value ? [h("div", { key: label }, h("dt", null, label), h("dd", null, value))] : [])),
  );
const sources = (entries) =>
  listed(entries).length
    ? [section("Quellen", h("ul", { className: "sources" }, ...listed(entries).map((each, i) =>
        h("li", { key: i }, [each.titel, day(each.datum)].filter(Boolean).join(", ") || each.url || ""))))]
    : [];
// What the CMS makes of the Markdown below the entry.
const prose = (props) => h("div", { className: "prose" }, props.widgetFor("body"));

function page(title, lead, ...parts) {
  return h(
    "main",
    null,
    h("div", { className: "page-head" }, h("div", { className: "wrap" }, h("h1", null, title || "…"), lead)),
    h("div", { className: "wrap page-body md-typeset" }, ...parts.flat()),
  );
}

// `label(field, key)`: what a choice is called.
const MEMBER = (label) => (props, said) => {
  const measures = listed(said.massnahmen).map((each, i) => {
    const kind = label("typ", each.typ);
    const steps = Object.keys(STEPS).filter((key) => each[key]);
    const status = steps.findLast((key) => isReached(each[key])) ?? "geplant";
    return h(
      "article",
      { className: "measure", key: i },
      h(
        "div",
        { className: "measure__head" },
        h("h4", { className: "measure__title" }, each.titel || kind),
        h("span", { className: `badge badge--${status}` }, STEPS[status]),
      ),
      each.titel && h("p", { className: "muted" }, kind),
      each.beschreibung && h("p", null, each.beschreibung),
      h(
        "ol",
        { className: "timeline" },
        ...steps.map((key) =>
          h(
            "li",
            { key, className: `timeline__step timeline__step--${key}`, "data-ahead": isReached(each[key]) ? undefined : "" },
            h("span", { className: "timeline__label" }, STEPS[key]),
            " ",
            h("span", { className: "timeline__when" }, day(each[key])),
          ),
        ),
      ),
      each.veroeffentlichung === "nur_summe" &&
        h("p", { className: "callout" }, "Zählt nur in Summen und erscheint nie beim Unternehmen."),
    );
  });
  const place = said.anschrift ?? {};
  const logo = said.logo && props.getAsset(said.logo);
  return page(
    said.name,
    null,
    logo ? h("p", null, h("img", { src: String(logo), alt: "", style: { maxWidth: "12rem", maxHeight: "6rem" } })) : [],
    facts(
      ["Branche", label("branche", said.branche)],
      ["Stadtbezirk", label("stadtbezirk", said.stadtbezirk)],
      ["Anschrift", [place.strasse, [place.plz, place.ort].filter(Boolean).join(" ")].filter(Boolean).join(", ")],
      ["Beschäftigte", said.beschaeftigte],
      ["Mitglied seit", day(said.beitritt)],
      ["Website", said.website],
      ["Kontakt", said.kontakt],
    ),
    said.austritt ? h("p", { className: "callout" }, `Austritt: ${day(said.austritt)}`) : [],
    said.body ? section("Profil", prose(props)) : [],
    section("Maßnahmen", ...(measures.length ? measures : [h("p", null, "Noch keine Maßnahme eingetragen.")])),
    sources(said.quellen),
  );
};

const EVENT = (label) => (props, said) =>
  page(
    said.titel,
    said.zusammenfassung && h("p", { className: "lead" }, said.zusammenfassung),
    said.status === "abgesagt" ? h("p", { className: "callout callout--alert" }, "Diese Veranstaltung ist abgesagt.") : [],
    said.status === "verschoben" ? h("p", { className: "callout callout--alert" }, "Diese Veranstaltung wurde verschoben.") : [],
    facts(
      ["Wann", [day(said.beginn), said.ende && `bis ${day(said.ende)}`].filter(Boolean).join(" ")],
      ["Wo", said.ort],
      ["Online", said.online],
      ["Wer lädt ein", said.veranstalter],
      ["Anmeldung", [said.anmeldung, said.anmeldeschluss && `bis ${day(said.anmeldeschluss)}`].filter(Boolean).join(", ")],
    ),
    said.body ? prose(props) : [],
    said.barrierefreiheit ? section("Barrierefreiheit", h("p", null, said.barrierefreiheit)) : [],
    listed(said.handlungsfelder).length
      ? section("Handlungsfelder", h("ul", null, ...listed(said.handlungsfelder).map((key) => h("li", { key }, label("handlungsfelder", key)))))
      : [],
    sources(said.quellen),
  );

const NEWS = () => (props, said) =>
  page(said.titel, said.beschreibung && h("p", { className: "lead" }, said.beschreibung), prose(props), sources(said.quellen));

const PAGES = { mitglieder: MEMBER, veranstaltungen: EVENT, aktuelles: NEWS };

// Every choice of the forms, so that a key is shown by its name.
function choices(fields, found = {}) {
  for (const each of fields ?? []) {
    if (each.options) found[each.name] = Object.fromEntries(each.options.map(({ label, value }) => [value, label]));
    choices(each.fields, found);
  }
  return found;
}

export function preview(config, style) {
  CMS.registerPreviewStyle(style);
  for (const { name, fields } of config.collections) {
    const known = choices(fields);
    const drawn = PAGES[name]((field, key) => known[field]?.[key] ?? key ?? "");
    CMS.registerPreviewTemplate(name, (props) => drawn(props, plain(props.entry.get("data"))));
  }
}
