// How the CMS reads and writes our pages. It keeps lists where our files have groups by year, whose
// keys it would take for places in a list; and it knows files by their path, ours by their name.
import { parse } from "yaml";
import { block } from "./canonical.js";

const PAGE = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/;
const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isEmpty = (value) =>
  value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length);

// Every group and value within `value`, changed by `change(key, value)` from the inside out.
function mapped(value, change, key = "") {
  if (Array.isArray(value)) return change(key, value.map((each) => mapped(each, change)));
  if (!isGroup(value)) return change(key, value);
  const inner = Object.entries(value).map(([name, each]) => [name, mapped(each, change, name)]);
  return change(key, Object.fromEntries(inner));
}

const byYear = (value, isNumber) =>
  isGroup(value)
    ? Object.entries(value).map(([jahr, inner]) => (isNumber ? { jahr, wert: inner } : { jahr, ...inner }))
    : [{ wert: value }];

function fromYears(list, isNumber) {
  const told = list.filter((each) => !isEmpty(each));
  if (isNumber && told.length === 1 && !told[0].jahr) return told[0].wert;
  const years = told.map(({ jahr, ...rest }) => [jahr || "", isNumber ? rest.wert : rest]);
  return Object.fromEntries(years.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const baseName = (path) => path.slice(path.lastIndexOf("/") + 1);

// A page of `kind` as the CMS keeps it.
export function read(kind, table) {
  return (text) => {
    const [, head = "", body = ""] = PAGE.exec(text) ?? [];
    // Everything is text, as in the check; nothing is guessed.
    const values = parse(head, { schema: "failsafe", logLevel: "error" }) ?? {};
    const shown = mapped(values, (key, value) => {
      if (key in table.years) return byYear(value, table.years[key]);
      return key in table.files && value ? `${table.files[key]}${value}` : value;
    });
    // A folder's own page has what no entry of it has.
    return { ...shown, art: "vorspann" in values || "menue" in values ? "seite" : kind, body: body.trim() };
  };
}

// The page as it is written: only what says something, in the order of the form.
export function write(table) {
  const bare = new Set(table.bare);
  return ({ art, body = "", ...content }) => {
    const values = mapped(content, (key, value) => {
      if (key in table.years && Array.isArray(value)) return fromYears(value, table.years[key]);
      if (key in table.files && value) return baseName(value);
      if (Array.isArray(value)) return value.filter((each) => !isEmpty(each));
      if (isGroup(value)) return Object.fromEntries(Object.entries(value).filter(([, each]) => !isEmpty(each)));
      return typeof value === "string" ? value.trim() : isEmpty(value) ? "" : String(value);
    });
    const isBare = (way) => {
      const last = way.at(-1);
      if (table.numbered.includes(last)) return /^[1-9]\d*$/.test(valueAt(values, way));
      return way.some((_, i) => bare.has(way.slice(0, i + 1).join(".")));
    };
    const head = block(values, isBare).join("\n");
    return body.trim() ? `---\n${head}\n---\n${body.trim()}\n` : `---\n${head}\n---\n`;
  };
}

const valueAt = (values, way) => String(way.reduce((at, key) => at?.[key], values) ?? "");
