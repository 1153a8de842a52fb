// The form's fields: what they say, where that belongs in the file, and what is wrong with them.

export const all = (root, selector) => [...root.querySelectorAll(selector)];

export const label = (field) =>
  field.querySelector("label, legend, .field__label").firstChild.textContent.trim();

export const controls = (field) => all(field, "input, select, textarea, [data-add]");

// A place below each label for what is wrong. The control refers to it and to its hint.
export function equip(root) {
  for (const field of all(root, "[data-field]")) {
    const [first] = controls(field);
    const place = document.createElement("p");
    const id = first.name || first.id;
    place.id = `${id}-e`;
    place.className = "field__error";
    place.dataset.error = "";
    place.hidden = true;
    const hint = field.querySelector(".field__hint");
    (hint ?? field.firstElementChild).after(place);
    if (hint) hint.id = `${id}-h`;
    const bearers = field.matches("fieldset, [role]") ? all(field, "[data-add]").concat(field) : [first];
    const ids = hint ? `${id}-h ${id}-e` : place.id;
    for (const each of bearers) each.setAttribute("aria-describedby", ids);
  }
}

// A text, or for a question with several answers a list of them.
export function value(field) {
  const found = controls(field);
  const chosen = found.filter((each) => each.checked).map((each) => each.value);
  if (field.dataset.kind === "checks") return chosen;
  return field.dataset.kind === "radio" ? (chosen[0] ?? "") : found[0].value.trim();
}

export function fill(field, wanted) {
  for (const each of controls(field)) {
    if (/^(?:radio|checkbox)$/.test(each.type)) each.checked = [wanted].flat().includes(each.value);
    else each.value = wanted;
  }
}

// What a person reads as the answer.
export function words(field) {
  if (field.dataset.kind === "select") {
    const [select] = controls(field);
    return select.value && select.selectedOptions[0].text;
  }
  const chosen = controls(field).filter((each) => each.checked);
  if (!/^(?:radio|checks)$/.test(field.dataset.kind)) return value(field);
  return chosen.map((each) => each.closest("label").textContent.trim()).join("; ");
}

// Fields outside of measures, and those of one measure.
export const single = (form) =>
  all(form, "[data-field]").filter((field) => !field.closest("[data-measure]"));
export const measures = (form) => all(form, "[data-measure]");
export const inside = (measure) =>
  Object.fromEntries(all(measure, "[data-field]").map((field) => [field.dataset.field, field]));

// Some questions are void where the company is not to be shown.
export const isDue = (data) => (field) =>
  data.oeffentlich !== "nein" || !("onlyListed" in field.dataset);

// The answers as they will stand in the file, and which field each path of it belongs to. `clean`
// takes out of a text what no file may hold.
export function read(form, clean) {
  const group = () => Object.create(null); // a year may be typed as any word
  const data = group();
  const where = new Map();
  const put = (path, typed, field) => {
    const said = typeof typed === "string" ? clean(typed) : typed;
    where.set(path.join("."), field);
    if (!said.length) return;
    let place = data;
    path.slice(0, -1).forEach((step, i) => {
      place = place[step] ??= typeof path[i + 1] === "number" ? [] : group();
    });
    place[path.at(-1)] = said;
  };

  const fields = single(form);
  const figures = fields.filter((field) => /^kennzahlen\./.test(field.dataset.field));
  const year = figures.find((field) => field.dataset.field === "kennzahlen.jahr");
  const hasFigures = figures.some((field) => "figure" in field.dataset && value(field));
  let count = 0;
  for (const field of fields) {
    const path = field.dataset.field.split(".");
    if (field === year) where.set(`kennzahlen.${value(year)}@`, year);
    else if (path[0] === "kennzahlen") {
      if (hasFigures) put([path[0], year ? value(year) : "", path[1]], value(field), field);
    } else if (path[0] === "auskunft") put([path[0], 0, path[1]], value(field), field);
    else if (field.dataset.kind !== "measures") put(path, value(field), field);
    else {
      for (const measure of measures(field)) putMeasure(measure, ["massnahmen", count++], put, where);
    }
  }
  if (data.auskunft) data.auskunft[0].von = "unternehmen";
  return { data, where, hasFigures };
}

function putMeasure(measure, path, put, where) {
  const { jahr, umfang, ...rest } = inside(measure);
  for (const [key, field] of Object.entries(rest)) put([...path, key], value(field), field);
  if (measure.querySelector("[data-extent]").hidden) return;
  const year = value(jahr);
  const way = [...path, "umfang"];
  put(year && value(umfang) ? [...way, year] : way, value(umfang), umfang);
  where.set(way.join("."), umfang);
  where.set(`${way.join(".")}.${year}@`, jahr);
}

// Say below the label what is wrong; an empty text takes it back.
export function tell(field, text) {
  const place = field.querySelector("[data-error]");
  place.textContent = text;
  place.hidden = !text;
  const bearers = field.dataset.kind === "radio" ? [field] : controls(field);
  for (const each of bearers) {
    if (text && each.type !== "button") each.setAttribute("aria-invalid", "true");
    else each.removeAttribute("aria-invalid");
  }
}
