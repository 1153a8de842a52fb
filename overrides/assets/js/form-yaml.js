// The file a company sends: a small part of YAML that every reader takes for what it says. Words
// stand bare, everything else in double quotes; a test reads it back with the library of the build.

const BARE = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-zäöüß_]+$/i;
// JSON leaves these as they are; for YAML they are line ends or no text at all.
const HIDDEN = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

const LONE = /\p{Surrogate}/gu; // half a character; no file can hold it

const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

const scalar = (text) =>
  BARE.test(text) ? text : JSON.stringify(text.replace(LONE, "\ufffd")).replace(HIDDEN, escaped);

function behind(value, pad) {
  if (typeof value === "string") return ` ${scalar(value)}\n`;
  const inner = `${pad}  `;
  if (Array.isArray(value)) {
    const items = value.map((each) => `${pad}-${item(each, inner)}`);
    return items.length ? `\n${items.join("")}` : " []\n";
  }
  return Object.keys(value).length ? `\n${yaml(value, pad)}` : " {}\n";
}

function item(value, inner) {
  const text = behind(value, inner);
  return text.startsWith("\n") ? ` ${text.slice(1 + inner.length)}` : text;
}

// A group of values as YAML: texts, lists and groups, as deep as they come.
export function yaml(group, pad = "") {
  return Object.entries(group)
    .map(([key, value]) => `${pad}${scalar(key)}:${behind(value, `${pad}  `)}`)
    .join("");
}

// The name of a company as the name of a file: the same as german.slug makes of it.
const WRITTEN_OUT = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", Ä: "Ae", Ö: "Oe", Ü: "Ue", ẞ: "SS" };

export function slug(text) {
  const plain = text.replace(/[äöüßÄÖÜẞ]/g, (letter) => WRITTEN_OUT[letter]).normalize("NFKD");
  const ascii = plain.replace(/[^\0-\x7f]/g, "").toLowerCase();
  const trim = (word) => word.replace(/^-+|-+$/g, "");
  return trim(trim(ascii.replace(/[^a-z0-9]+/g, "-")).slice(0, 60)) || "eintrag";
}
