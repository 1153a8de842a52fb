// Measures: as many groups of fields as the company needs.
import { all, equip, fill, inside, value } from "./form-fields.js";

const blank = document.createElement("template");
let made = 0;
let types;

// How a measure looks, and what each type asks.
export function prepare(table) {
  blank.innerHTML = table.measure;
  equip(blank.content);
  types = table.types;
}

const renumber = (form) =>
  all(form, "[data-measure]").forEach((measure, i) => {
    for (const place of all(measure, "[data-number]")) place.textContent = i + 1;
  });

// Another group at the end of a list, with `said` in its fields.
export function add(list, said = {}) {
  const group = blank.content.cloneNode(true).firstElementChild;
  const steps = list.dataset.steps?.split(" ");
  if (steps) {
    for (const each of all(group, "[data-any]")) each.remove();
    for (const each of all(group, "[data-step]")) if (!steps.includes(each.dataset.field)) each.remove();
  }
  made += 1;
  for (const each of all(group, "[id], [for], [name], [aria-describedby]")) {
    for (const name of ["id", "for", "name", "aria-describedby"]) {
      const before = each.getAttribute(name);
      if (before) each.setAttribute(name, before.replaceAll("-0-", `-${made}-`));
    }
  }
  const fields = inside(group);
  for (const [key, wanted] of Object.entries(said)) if (fields[key]) fill(fields[key], wanted);
  list.querySelector("[data-items]").append(group);
  ask(group);
  renumber(list.closest("form"));
  return group;
}

// The chosen type's own question for the extent; some types have none.
export function ask(measure) {
  const { typ, umfang } = inside(measure);
  const { question, unit } = types[value(typ)] ?? {};
  measure.querySelector("[data-extent]").hidden = !unit;
  umfang.querySelector("label").firstChild.textContent = `${question ?? ""} `;
  umfang.querySelector("[data-unit]").textContent = unit ? `Gezählt wird: ${unit}.` : "";
}

export const isEmpty = (measure) => Object.values(inside(measure)).every((field) => !value(field).length);

// Take a group away; gives what is to have the focus then.
export function remove(measure) {
  const list = measure.closest("[data-kind=measures]");
  const next = measure.nextElementSibling ?? measure.previousElementSibling;
  const form = list.closest("form");
  measure.remove();
  renumber(form);
  return next?.querySelector("legend") ?? list.querySelector("[data-add]");
}
