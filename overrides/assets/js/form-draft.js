// A draft on the company's own device, kept only while it wants one.
import { all, fill, inside, measures, single, value } from "./form-fields.js";
import { add } from "./form-measures.js";

const PLACE = "fragebogen";

export function keep(form) {
  const lists = all(form, "[data-kind=measures]");
  const said = (fields) => Object.fromEntries(fields.map((field) => [field.dataset.field, value(field)]));
  const draft = {
    day: new Date().toISOString(),
    fields: said(single(form).filter((field) => !lists.includes(field))),
    measures: Object.fromEntries(
      lists.map((list) => [
        list.dataset.field,
        measures(list).map((measure) => said(Object.values(inside(measure)))),
      ]),
    ),
  };
  try {
    localStorage.setItem(PLACE, JSON.stringify(draft));
    return true;
  } catch {
    return false; // storage is full or forbidden
  }
}

export function forget() {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // Where storage is forbidden there is nothing to forget.
  }
}

// Fill the form with the draft; gives the day it was kept, or nothing.
export function restore(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(PLACE));
    if (!draft) return null;
    for (const field of single(form)) {
      const { field: path, kind } = field.dataset;
      if (kind === "measures") for (const said of draft.measures[path] ?? []) add(field, said);
      else if (path in draft.fields) fill(field, draft.fields[path]);
    }
    return new Date(draft.day);
  } catch {
    return null; // an unreadable draft is none
  }
}
