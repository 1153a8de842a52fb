// What the build checks, checked in the browser: the same values, the same names of rules.
//
// `checker(table)` takes the table that formrules.py compiles from the model. Its result takes the
// answers as they will stand in the file, all values texts, and the day ("2026-11-23"), and tells
// what is wrong: [{ at: "massnahmen.0.ziel", rule: "reihenfolge", … }]. `@` behind a path means the
// key itself. A test puts the same answers before this and before the model.

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
  const fault = (rule, more) => ({ rule, ...more });
  const fits = (name, rule) => (text) => patterns[name].test(text) ? text : fault(rule);

  const partial = (text, rule = "datum") => {
    const rest = text.replace(patterns.atLatest, "");
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
    const marked = rest !== text;
    return { first, last, earliest: marked ? "" : first, exact: Boolean(day) && !marked };
  };

  const number = (text) => {
    let rest = text.endsWith("%") ? strip(text.slice(0, -1)) : text;
    if (patterns.looksGrouped.test(rest)) {
      const words = { tausend: rest.replace(".", ""), komma: `${+rest}`.replace(".", ",") };
      return fault("zahl_mehrdeutig", words);
    }
    if (patterns.grouped.test(rest)) rest = rest.replace(/[^0-9,]/g, "");
    else if (!patterns.plain.test(rest)) return fault("zahl");
    return +rest.replace(",", ".");
  };

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
    url: fits("url", "adresse"),
    mail: fits("mail", "mail"),
    postcode: fits("postcode", "plz"),
    year: fits("year", "jahr"),
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
          walk(each, shape.keys?.[key] ?? shape.each ?? shape.rest, before + key);
        }
      }
    };

    const measure = (said, at) => {
      const when = (step) => values.get(`${at}.${step}`);
      const goal = when("ziel");
      const steps = table.steps.filter(when);
      const unclear = [...table.steps, "ziel"].some((step) => failed.has(`${at}.${step}`));
      if (!steps.length && !unclear) add(`${at}.typ`, "ohne-datum");
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
      if (table.types[said.typ] && said.umfang) extent(said.umfang, table.types[said.typ], `${at}.umfang`);
    };
    const extent = (said, unit, at) => {
      const years = typeof said === "string" ? [at] : Object.keys(said).map((year) => `${at}.${year}`);
      const known = years.filter((each) => values.has(each) && !failed.has(`${each}@`));
      if (unit.kind === "ja_nein") {
        if (known.length) add(at, "umfang-unpassend");
        return;
      }
      const most = unit.atMost && values.get(unit.atMost);
      for (const each of known) {
        const value = values.get(each);
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
      for (const key of Object.keys(said)) {
        const at = `kennzahlen.${year}.${key}`;
        if (table.figures[key] === "anteil" && values.get(at) > 100) add(at, "kennzahl-zu-gross");
      }
    }
    return problems;
  };
}
