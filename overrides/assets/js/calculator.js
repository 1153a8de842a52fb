// The calculator on a measure type's page. Formulas, bounds, factors and sentences stand in the page,
// made by the build from the definitions of the estimates; nothing is sent, nothing is kept.

import { names, outcome, told } from "./calculator-formula.js";
import { read } from "./form-number.js";

const form = document.querySelector("[data-calculator]");
const rules = JSON.parse(document.querySelector("[data-rules]").textContent);
const inputs = [...form.querySelectorAll("[data-value]")];
const patterns = Object.fromEntries(
  Object.entries(rules.muster).map(([name, [source, flags]]) => [
    name,
    new RegExp(`^(?:${source})$`, flags),
  ]),
);
const [maximumSignificantDigits] = rules.ziffern;
const format = new Intl.NumberFormat("de-DE", { maximumSignificantDigits }).format;
const euros = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" }).format;
const listing = new Intl.ListFormat("de-DE");
const strip = (text) => text.trim();
const filled = (text, words) => text.replace(/\{(\w+)\}/g, (_, name) => words[name]);

// What an input says: a number, null where it is empty, or what is wrong with it.
function value(input) {
  const rule = rules.felder[input.dataset.value];
  const typed = strip(input.value);
  if (!typed) return null;
  if (rule.ganz && !patterns.whole.test(typed)) return { text: rules.texte.ganze_zahl };
  const found = rule.ganz ? +typed.replace(/[^0-9]/g, "") : read(typed, patterns, strip);
  if (typeof found !== "number") return { text: filled(rules.texte[found.rule], found) };
  if (found < rule.von || found > rule.bis) {
    return { text: filled(rules.texte.grenze, { von: format(rule.von), bis: format(rule.bis) }) };
  }
  return found / rule.durch;
}

// Beside the input, and said with it.
function note(input, text) {
  const id = `${input.id}-fehler`;
  let told = document.getElementById(id);
  if (!told && !text) return;
  if (!told) {
    told = document.createElement("p");
    told.id = id;
    told.className = "calculator__error";
    input.closest(".calculator__field").append(told);
  }
  told.hidden = !text;
  if (told.textContent !== text) told.textContent = text;
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ");
  const ids = others.filter((each) => each && each !== id);
  if (text) ids.push(id);
  if (ids.length) input.setAttribute("aria-describedby", ids.join(" "));
  else input.removeAttribute("aria-describedby");
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

// The range of each value. While somebody types, only what is right again is told; with `all`, what
// is wrong, too.
function ranges(all) {
  const found = {};
  let wrong = false;
  for (const name of Object.keys(rules.felder)) {
    const own = inputs.filter((input) => input.dataset.value === name);
    const values = own.map(value);
    const faults = values.map((each) => each?.text ?? "");
    // One end alone stands for both.
    const [low, high = low] = values.filter((each) => typeof each === "number");
    if (low > high) {
      const [von, bis] = own.map((input) => strip(input.value));
      faults[1] = filled(rules.texte.verkehrt, { von, bis });
    }
    own.forEach((input, at) => {
      if (all || !faults[at]) note(input, faults[at]);
    });
    if (faults.some(Boolean)) wrong = true;
    else if (low !== undefined) found[name] = [low, high];
  }
  return { found, wrong };
}

function say(kind, key, text) {
  const place = form.querySelector(`[data-${kind}="${key}"]`);
  if (place.textContent !== text) place.textContent = text;
}

function show(all) {
  const { found, wrong } = ranges(all);
  for (const [name, fixed] of Object.entries(rules.fest)) found[name] = [fixed, fixed];
  for (const [key, formula] of Object.entries(rules.formeln)) {
    const missing = names(formula).filter((name) => !found[name]);
    let [range, likely] = ["", rules.texte.falsch];
    if (!wrong && missing.length) {
      const what = listing.format(missing.map((name) => rules.felder[name].name));
      likely = filled(rules.texte.fehlt, { what });
    } else if (!wrong) {
      [range, likely] = words(key, outcome(formula, found, rules));
    }
    say("range", key, range);
    say("likely", key, likely);
  }
}

// An outcome in words: costs to the cent, all else as an estimate.
function words(key, found) {
  const units = rules.einheiten[key];
  if (!units) return [euros(found.low), ""];
  const [first, smaller] = units;
  const ends = told(found, first[0], rules);
  const [factor, unit] = smaller && ends.low > -1 && ends.high < 1 ? smaller : first;
  const values = Object.fromEntries(
    Object.entries(told(found, factor, rules)).map(([end, number]) => [end, format(number)]),
  );
  if (found.low === found.high) return [filled(rules.texte.einzeln, { ...values, unit }), ""];
  return [filled(rules.texte.spanne, { ...values, unit }), filled(rules.texte.meist, values)];
}

for (const input of inputs) input.readOnly = false;
form.addEventListener("input", () => show(false));
form.addEventListener("change", () => show(true));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => show(true))); // after the fields have changed
show(true); // a browser may have kept what was typed before
