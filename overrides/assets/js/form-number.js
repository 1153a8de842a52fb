// A number as people type it, read as the build reads it (model/values.py): the questionnaire and the
// calculators hand over the same expressions. Gives the number, or the rule that it breaks.

export function read(text, patterns, strip) {
  let rest = text.endsWith("%") ? strip(text.slice(0, -1)) : text;
  if (patterns.looksGrouped.test(rest)) {
    const words = { tausend: rest.replace(".", ""), komma: `${+rest}`.replace(".", ",") };
    return { rule: "zahl_mehrdeutig", ...words };
  }
  if (patterns.grouped.test(rest)) rest = rest.replace(/[^0-9,]/g, "");
  else if (!patterns.plain.test(rest)) return { rule: "zahl" };
  return +rest.replace(",", ".");
}
