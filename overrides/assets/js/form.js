// The questionnaire, filled in and checked in the browser. Nothing is sent: at the end there is a
// file that the company saves and an e-mail that it writes itself.
import { checker } from "./form-check.js";
import { forget, keep, restore } from "./form-draft.js";
import {
  all, controls, equip, fill, inside, isDue, label, measures, read, single, tell, value,
} from "./form-fields.js";
import { add, ask, isEmpty, prepare, remove } from "./form-measures.js";
import { file, letter, proposal, refused, summarise } from "./form-review.js";

const area = document.querySelector("[data-form-area]");
if (area) begin(area);

async function begin(area) {
  try {
    const answer = await fetch(area.dataset.table);
    if (!answer.ok) throw new Error(answer.status);
    start(area, await answer.json());
  } catch (error) {
    document.querySelector("[data-broken]").hidden = false;
    throw error;
  }
}

function start(area, table) {
  const { mail, version, issues } = area.dataset;
  const check = checker(table);
  const part = (name) => area.querySelector(`[data-${name}]`);
  const [form, review, errors, status, draft] = ["form", "review", "errors", "status", "draft"].map(part);
  const hidden = new RegExp(table.invisible, "gu"); // comes along when text is pasted
  const clean = (text) => text.replace(hidden, "").trim();
  let unsaved = false;
  prepare(table);
  review.innerHTML = table.review;
  equip(form);

  const now = new Date();
  const two = (number) => `${number}`.padStart(2, "0");
  const [year, month, day] = [`${now.getFullYear()}`, two(now.getMonth() + 1), two(now.getDate())];
  const today = `${year}-${month}-${day}`;
  const say = (text) => {
    status.textContent = text;
  };

  const sentence = ({ at, rule, weil, ...more }) => {
    const special = at.startsWith("auskunft") && rule === "zukunft" ? "auskunft-zukunft" : rule;
    const text = table.messages[weil ? `${rule}-${weil}` : special];
    return text.replace(/\{(\w+)\}/g, (_, name) => table.titles[more[name]] ?? more[name]);
  };

  // Field → what is wrong with it, in the order of the page.
  const findings = () => {
    const { data, where, hasFigures } = read(form, clean);
    const found = new Map();
    const note = (field, text) => field && !found.has(field) && found.set(field, text);
    for (const field of all(form, "[data-required]").filter(isDue(data))) {
      const { field: path, kind } = field.dataset;
      if (path.startsWith("kennzahlen.") && !hasFigures) continue;
      if (kind === "measures" && !measures(field).length) note(field, table.messages["liste-fehlt"]);
      else if (kind !== "measures" && !value(field).length) note(field, table.messages.fehlt);
    }
    for (const measure of measures(form)) {
      const { jahr, umfang } = inside(measure);
      if (value(jahr) && !value(umfang)) note(umfang, table.messages["umfang-fehlt"]);
    }
    for (const problem of check(data, today)) {
      const field = where.get(problem.at);
      const dates = problem.rule === "ohne-datum" && field.closest("[data-measure]");
      note(dates ? dates.querySelector("[data-step]") : field, sentence(problem));
    }
    const order = all(form, "[data-field]");
    return new Map([...found].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
  };

  const told = (field, text) => {
    const legend = field.closest("[data-measure]")?.querySelector("legend");
    const name = legend ? `${legend.textContent}, ${label(field)}` : label(field);
    return name.endsWith("?") ? `${name} ${text}` : `${name}: ${text}`;
  };

  const show = (found) => {
    for (const field of all(form, "[data-field]")) tell(field, found.get(field) ?? "");
    list(found);
  };
  const list = (found) => {
    errors.hidden = !found.size;
    const head = found.size === 1 ? "eine Angabe" : `${found.size} Angaben`;
    errors.querySelector("[data-count]").textContent = `Bitte berichtigen Sie ${head}`;
    errors.querySelector("ul").replaceChildren(
      ...[...found].map(([field, text]) => {
        const item = document.createElement("li");
        const link = item.appendChild(document.createElement("a"));
        const [target] = controls(field).slice(field.dataset.kind === "measures" ? -1 : 0);
        link.href = `#${target.id}`;
        link.textContent = told(field, text);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          target.focus();
        });
        return item;
      }),
    );
  };

  const save = () => {
    if (!draft.checked) return;
    if (!keep(form)) say("Der Entwurf lässt sich auf diesem Gerät nicht behalten.");
  };

  const toReview = () => {
    const { data } = read(form, clean);
    const { name, text } = file(data, version);
    summarise(form, part("summary"));
    const no = refused(form, data);
    part("refused").hidden = !no.length;
    part("refused").querySelector("ul").replaceChildren(
      ...no.map((question) => Object.assign(document.createElement("li"), { textContent: question })),
    );
    for (const place of all(review, "[data-file]")) place.textContent = name;
    const link = part("download");
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    link.download = name;
    const write = () => {
      const contact = all(review, "[data-contact]").map((field) => field.value.trim());
      part("mail-draft").href = letter(mail, data, name, contact.filter(Boolean));
    };
    review.oninput = write;
    write();
    const address = proposal(issues, data, text, form);
    part("proposal").hidden = !address;
    if (address) part("proposal").querySelector("a").href = address;
    turn(true);
    review.querySelector("h2").focus();
  };
  const turn = (isReview) => {
    form.hidden = isReview;
    review.hidden = !isReview;
    document.documentElement.classList.toggle("form-review", isReview);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = findings();
    show(found);
    if (found.size) errors.focus();
    else toReview();
  });

  form.addEventListener("input", () => {
    unsaved = true;
    save();
  });
  form.addEventListener("change", (event) => {
    const field = event.target.closest("[data-field]");
    if (!field) return;
    if (field.dataset.field === "typ") ask(field.closest("[data-measure]"));
    const found = findings();
    const text = value(field).length ? (found.get(field) ?? "") : "";
    tell(field, text);
    for (const each of all(form, "[data-field]")) {
      if (!each.querySelector("[data-error]").hidden) tell(each, found.get(each) ?? "");
    }
    if (!errors.hidden) list(found);
    say(text && told(field, text));
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-add]")) {
      const group = add(button.closest("[data-field]"));
      tell(button.closest("[data-field]"), "");
      group.querySelector("select").focus();
      say(`${group.querySelector("legend").textContent} hinzugefügt.`);
      save();
    } else if (button?.matches("[data-remove]")) {
      const group = button.closest("[data-measure]");
      const name = group.querySelector("legend").textContent;
      if (!isEmpty(group) && !confirm(`${name} mit allen Angaben entfernen?`)) return;
      remove(group).focus();
      say(`${name} entfernt.`);
      if (!errors.hidden) show(findings());
      save();
    } else if (button?.matches("[data-forget]")) {
      draft.checked = false;
      draft.dispatchEvent(new Event("change"));
      draft.focus();
    }
  });

  draft.addEventListener("change", () => {
    part("forget").hidden = !draft.checked;
    if (draft.checked) {
      say("Der Entwurf bleibt ab jetzt auf diesem Gerät.");
      save();
    } else {
      forget();
      say("Der Entwurf ist von diesem Gerät gelöscht. Im Formular stehen Ihre Angaben noch.");
    }
  });

  part("back").addEventListener("click", () => {
    turn(false);
    form.querySelector("h3").focus();
  });
  part("download").addEventListener("click", () => {
    unsaved = false;
    say(`Die Datei ${part("download").download} wird gespeichert.`);
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !draft.checked) event.preventDefault();
  });

  const presets = { today: `${day}.${month}.${year}`, "last-year": `${year - 1}` };
  for (const field of single(form)) {
    if (field.dataset.preset) fill(field, presets[field.dataset.preset]);
  }
  const kept = restore(form);
  if (kept) {
    draft.checked = true;
    part("forget").hidden = false;
    const day = kept.toLocaleDateString("de-DE", { day: "numeric", month: "long", year: "numeric" });
    part("restored").textContent = `Ihr Entwurf vom ${day} steht im Formular.`;
    part("restored").hidden = false;
  }
  area.inert = false;
}
