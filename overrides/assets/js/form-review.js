// The answers in words, to be read once more, and the ways to send them.
import { all, inside, isDue, label, measures, value, words } from "./form-fields.js";
import { slug, yaml } from "./form-yaml.js";

const MOST = 6000; // characters of an address that GitHub still takes

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function answers(fields) {
  const list = element("dl", "", "review__answers");
  for (const field of fields.filter((each) => value(each).length)) {
    list.append(element("dt", label(field)), element("dd", words(field)));
  }
  return list.childElementCount ? [list] : [];
}

function measure(group) {
  const { typ, titel, ...rest } = inside(group);
  if (group.querySelector("[data-extent]").hidden) for (const key of ["umfang", "jahr"]) delete rest[key];
  const head = `${group.querySelector("legend").textContent}: ${value(titel) || words(typ)}`;
  return [element("h4", head), ...answers([typ, ...Object.values(rest)])];
}

// The measures of a list; none is an answer, too.
function measured(list) {
  const found = measures(list);
  if (found.length) return found.flatMap(measure);
  const none = element("dl", "", "review__answers");
  none.append(element("dt", label(list)), element("dd", "noch keine"));
  return [none];
}

// Write the summary into `place`.
export function summarise(form, place) {
  place.replaceChildren();
  for (const section of all(form, "[data-section]")) {
    const found = all(section, "[data-field]")
      .filter((field) => !field.closest("[data-measure]"))
      .flatMap((field) =>
        field.dataset.kind === "measures" ? measured(field) : answers([field]),
      );
    if (found.length) place.append(element("h3", section.querySelector("h3").textContent), ...found);
  }
}

// Questions that need a yes before anything can be published.
export const refused = (form, data) =>
  all(form, "[data-consent]")
    .filter(isDue(data))
    .filter((field) => value(field) === "nein")
    .map(label);

export function file(data, version) {
  const text = `# Fragebogen in der Fassung vom ${version}, ausgefüllt im Browser\n${yaml(data)}`;
  return { name: `${slug(data.name)}.yml`, text };
}

export function letter(to, data, name, contact) {
  const lines = [
    "Guten Tag,",
    "",
    `anbei erhalten Sie den ausgefüllten Fragebogen von ${data.name} (Datei ${name}).`,
    "",
    ...(contact.length ? [`Für Rückfragen: ${contact.join(", ")}`, ""] : []),
    "Freundliche Grüße",
  ];
  const subject = encodeURIComponent(`Fragebogen: ${data.name}`);
  return `mailto:${to}?subject=${subject}&body=${encodeURIComponent(lines.join("\r\n"))}`;
}

// Where GitHub can be handed the answers: only what may be public anyway, and only if it fits.
export function proposal(base, data, text, form) {
  const consents = all(form, "[data-consent]").map((field) => field.dataset.field);
  const isPublic =
    !data.notiz &&
    data.oeffentlich !== "nein" &&
    (data.massnahmen ?? []).every((each) => each.veroeffentlichung === "einzeln") &&
    Object.values(data.kennzahlen ?? {}).every((each) => each.veroeffentlichung === "einzeln") &&
    Object.keys(data.antworten ?? {}).every((key) => consents.includes(`antworten.${key}`));
  const title = encodeURIComponent(`Fragebogen: ${data.name}`);
  const address = `${base}?title=${title}&body=${encodeURIComponent(`\`\`\`yaml\n${text}\`\`\`\n`)}`;
  return base && isPublic && address.length <= MOST ? address : "";
}
