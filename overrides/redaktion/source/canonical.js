// The one form in which a page's head is written: the same as hooks/partnership/reading/canonical.py makes
// of it. A test puts the same values before both and compares the lines.

const INDICATORS = "-?:,[]{}#&*!|>'\"%@`=<~. ";
const NUMBER_LIKE = /^(?:[+.]?\d[\d_.,:+xXoObBeE-]*|[yYnN])$/;
const UNPRINTABLE = /[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;
// What YAML readers that guess types take for something else (YAML 1.1).
const TYPED = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^(?:null|Null|NULL)$/,
  /^[-+]?0x[0-9a-fA-F_]+$/,
  /^[-+]?\.(?:inf|Inf|INF)$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
];
const BARE = /^[\p{L}\d][\p{L}\d .:+,-]*$/u;

const escape = (sign) => {
  const code = sign.codePointAt(0);
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
};
const quoted = (text) => JSON.stringify(text).replace(UNPRINTABLE, escape);

function isSafe(text, inBrackets) {
  if (!text || INDICATORS.includes(text[0]) || ": ".includes(text.at(-1))) return false;
  if (NUMBER_LIKE.test(text) || TYPED.some((type) => type.test(text))) return false;
  if (/: | #|[\t\n]/.test(text) || text.search(UNPRINTABLE) >= 0) return false;
  return !(inBrackets && /[,[\]{}?:]/.test(text));
}

function scalar(text, bare = false, inBrackets = false) {
  if (bare && BARE.test(text) && !/: |:$/.test(text) && !(inBrackets && text.includes(","))) return text;
  return isSafe(text, inBrackets) ? text : quoted(text);
}

const isParagraphs = (text) => text.includes("\n") && text === text.trim() && text.search(UNPRINTABLE) < 0;
const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// The lines of a group. `isBare` tells of a path whether its value is written without quotes.
export function block(group, isBare, indent = "", way = []) {
  return Object.entries(group).flatMap(([key, value]) =>
    entry(`${indent}${scalar(key, /^\d+$/.test(key))}:`, value, isBare, indent, [...way, key]),
  );
}

function entry(start, value, isBare, indent, way) {
  if (isGroup(value)) return [start, ...block(value, isBare, `${indent}  `, way)];
  if (Array.isArray(value)) {
    if (!value.some((each) => typeof each === "object")) {
      return [`${start} [${value.map((each) => scalar(each, isBare(way), true)).join(", ")}]`];
    }
    return [start, ...value.flatMap((each) => item(each, isBare, `${indent}  `, way))];
  }
  if (isParagraphs(value)) {
    return [`${start} |-`, ...value.split("\n").map((line) => (line ? `${indent}  ${line}` : ""))];
  }
  return [`${start} ${scalar(value, isBare(way))}`];
}

function item(value, isBare, indent, way) {
  const [first, ...rest] = block(value, isBare, `${indent}  `, way);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}
