// What the build checks, checked in the browser: the same values, the same names of rules.
//
// `checker(table)` takes the table that formrules.py compiles from the model. Its result takes the
// answers as they will stand in the file, all values texts, and the day ("2026-11-23"), and tells
// what is wrong: [{ at: "massnahmen.0.ziel", rule: "reihenfolge", … }]. `@` behind a path means the
// key itself. A test puts the same answers before this and before the model.

import { read } from "./form-number.js";

export function checker(table) {
  const inner = (source) => source.replaceAll("\\s", table.space);
  const patterns = Object.fromEntries(
    Object.entries(table.patterns).map(([name, [source, flags]]) => [
      name,
      new RegExp(name === "atLatest" ? inner(source) : `^(?:${inner(source)})$`, flags),
    ]),
  );
  const edges = new RegExp(`^[${table.space}]+|[${table.space}]+$`, "gu");
  const strip = (text) => text.replace(edges, "");
  const usual = (kind, typed) =>
    table.usual[kind].reduce(
      (text, [source, flags, instead]) => text.replace(new RegExp(source, flags), instead),
      typed,
    );
  const fault = (rule, more) => ({ rule, ...more });
  const fits = (name, rule) => (text) => patterns[name].test(text) ? text : fault(rule);

  const partial = (text, rule = "datum") => {
    const said = usual("date", text);
    const rest = said.replace(patterns.atLatest, "");
    const iso = patterns.iso.exec(rest);
    const german = patterns.german.exec(rest);
    if (!iso && !german) return fault(rule);
    const [year, month, day] = iso ? iso.slice(1) : german.slice(1).reverse();
    if (+year < table.years[0] || +year > table.years[1]) return fault(rule);
    const iso8601 = (...parts) => new Date(Date.UTC(...parts)).toISOString().slice(0, 10);
    const first = iso8601(+year, (month ?? 1) - 1, day ?? 1);
    if (+first.slice(5, 7) !== +(month ?? 1) || +first.slice(8) !== +(day ?? 1)) {
      return fault("datum_unmoeglich");
    }
    const last = day ? first : iso8601(+year, month ?? 12, 0);
    const marked = rest !== said;
    return { first, last, earliest: marked ? "" : first, exact: Boolean(day) && !marked };
  };

  const number = (text) => read(text, patterns, strip);

  const longest = (text, most) =>
    [...text].length > most ? fault("string_too_long", { grenze: most }) : text;

  const checks = {
    text: (text, most) => longest(text.replace(new RegExp(`[${table.space}]+`, "gu"), " "), most),
    paragraphs: longest,
    whole: (text) => (patterns.whole.test(text) ? +text.replace(/[^0-9]/g, "") : fault("ganze_zahl")),
    number,
    partial: (text) => partial(text),
    day: (text) => {
      const found = partial(text, "tag");
      return found.rule || found.exact ? found : fault("tag");
    },
    url: (text) => fits("url", "adresse")(usual("url", text)),
    mail: fits("mail", "mail"),
    postcode: fits("postcode", "plz"),
    year: fits("year", "jahr"),
    yes_no: (text) => text, // a question with two buttons
  };

  return (data, today) => {
    const problems = [];
    const values = new Map();
    const failed = new Set();
    const add = (at, rule, more) => problems.push({ at, rule, ...more });

    const single = (text, shape, at) => {
      const [name, most] = shape.split(" ");
      const found = checks[name](strip(text), +most);
      if (!found?.rule) return values.set(at, found);
      failed.add(at);
      return problems.push({ at, ...found });
    };
    const walk = (value, shape, at) => {
      if (!shape) return;
      if (typeof shape === "string") single(value, shape, at);
      else if (shape.one) walk(value, typeof value === "string" ? shape.one : shape.many, at);
      else if (Array.isArray(value)) value.forEach((each, i) => walk(each, shape.each, `${at}.${i}`));
      else {
        const before = at && `${at}.`;
        for (const key of shape.need ?? []) if (!(key in value)) add(before + key, "fehlt");
        for (const [key, each] of Object.entries(value)) {
          if (shape.key) single(key, shape.key, `${before}${key}@`);
          // A key that is known may have nothing to be checked (null): a choice of a closed list.
          const known = shape.keys && Object.hasOwn(shape.keys, key);
          walk(each, known ? shape.keys[key] : (shape.each ?? shape.rest), before + key);
        }
      }
    };

    const prefixed = (group, at) =>
      Object.fromEntries(Object.entries(group).map(([key, value]) => [`${at}.${key}`, value]));
    const measure = (said, at) => {
      const when = (step) => values.get(`${at}.${step}`);
      const goal = when("ziel");
      const steps = table.steps.filter(when);
      const unclear = [...table.steps, "ziel"].some((step) => failed.has(`${at}.${step}`));
      if (!steps.length && !unclear) {
        // With a goal alone, the day of the answer is the day of the plan.
        const day = values.get("auskunft.0.stand")?.first ?? today;
        if (!goal) add(`${at}.typ`, "ohne-datum");
        else if (goal.last < day) add(`${at}.ziel`, "reihenfolge", { weil: "antwort" });
      }
      if (steps.join() === "geplant") {
        if (!goal && !unclear) add(`${at}.geplant`, "ziel-fehlt", { naechstes: +today.slice(0, 4) + 1 });
      }
      const inOrder = (before, after) => {
        if (when(after).last < when(before).earliest) {
          add(`${at}.${after}`, "reihenfolge", { davor: before, danach: after });
        }
      };
      if (goal && when("geplant")) inOrder("geplant", "ziel");
      steps.slice(1).forEach((step, i) => inOrder(steps[i], step));
      for (const step of steps) if (when(step).first > today) add(`${at}.${step}`, "zukunft");
      if (table.types[said.typ] && said.umfang) {
        const begun = steps.some((step) => step !== "geplant");
        const since = +(when("laufend")?.earliest.slice(0, 4) ?? 0);
        extent(said.umfang, table.types[said.typ], `${at}.umfang`, begun, since);
      }
    };
    const extent = (said, unit, at, begun, since) => {
      const byYear = typeof said === "string" ? { [at]: said } : prefixed(said, at);
      const years = Object.keys(byYear);
      const known = years.filter((each) => values.has(each) && !failed.has(`${each}@`));
      if (unit.kind === "ja_nein") {
        if (known.length) add(at, "umfang-unpassend");
        return;
      }
      const most = unit.atMost && values.get(unit.atMost);
      for (const each of known) {
        const value = values.get(each);
        const year = +each.slice(at.length + 1);
        if (year && year < since) add(`${each}@`, "jahr-vor-beginn");
        if (begun && year > +today.slice(0, 4)) add(`${each}@`, "jahr-zukunft");
        if (unit.kind !== "anteil" && strip(byYear[each]).endsWith("%")) add(each, "umfang-prozent");
        if (unit.kind === "anteil" && value > 100) add(each, "umfang-zu-gross", { weil: "anteil" });
        if (most && value > most) add(each, "umfang-zu-gross", { weil: unit.atMost, grenze: most });
      }
    };

    walk(data, table.shape, "");
    (data.massnahmen ?? []).forEach((said, i) => measure(said, `massnahmen.${i}`));
    (data.auskunft ?? []).forEach((_, i) => {
      if (values.get(`auskunft.${i}.stand`)?.first > today) add(`auskunft.${i}.stand`, "zukunft");
    });
    for (const [year, said] of Object.entries(data.kennzahlen ?? {})) {
      const of = `kennzahlen.${year}@`;
      if (!failed.has(of) && +year > +today.slice(0, 4)) add(of, "jahr-zukunft");
      for (const key of Object.keys(said)) {
        const at = `kennzahlen.${year}.${key}`;
        if (table.figures[key] === "anteil" && values.get(at) > 100) add(at, "kennzahl-zu-gross");
      }
    }
    return problems;
  };
}
