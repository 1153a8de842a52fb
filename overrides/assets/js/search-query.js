// What a query asks for, in the words of the index. Knows no page.

import { fold } from "./fold.js";

// Endings of German words and the vowels of their plurals, so that "Lastenräder" and "Lastenrads"
// meet. What else becomes the same does so in the index, too.
export function stem(word) {
  if (word.length <= 5) return word;
  return word.replace(/(?:ern|en|er|es|em|e|n|s)$/, "").replace(/([aou])e/g, "$1");
}

// "Elektro-Transporter" stands in the index as one word and as two.
export function words(text) {
  return (text.match(/[\p{L}\p{N}]+(?:[-–·][\p{L}\p{N}]+)*/gu) ?? []).flatMap((word) => {
    const parts = word.split(/[-–·]/u);
    return parts.length > 1 ? [parts.join(""), ...parts.filter((part) => part.length > 2)] : parts;
  });
}

const term = (word) => stem(fold(word));
const whole = (word) => term(word.replace(/[-–·]/gu, ""));

// One more letter at the end is a form of the same word: "werde" and "werden".
const like = (one) => (other) =>
  one === other || (Math.abs(one.length - other.length) === 1 && (one.startsWith(other) || other.startsWith(one)));

const WORD = /[\p{L}\p{N}]+(?:[-–·][\p{L}\p{N}]+)*/gu;

// Reads queries with what the city knows of words: groups that mean the `same`, and the `ignored`.
export class Reader {
  constructor(same, ignored) {
    this.same = same.map((group) => group.map((each) => each.split(/\s+/).map(whole)));
    this.ignored = new Set(ignored.map(fold));
  }

  // The things a query asks for; each is a list of ways to say it, its own first, and each way a
  // list of terms.
  read(query) {
    const said = query.match(WORD) ?? [];
    const all = said.map(whole);
    // "Wie werden wir Mitglied?" asks for what "Mitglied werden" means, though that says little.
    const phrases = this.same
      .map((group) => group.find((way) => way.length > 1 && way.every((each) => all.some(like(each)))))
      .filter(Boolean);
    const inPhrases = phrases.flat().map(like);
    const telling = said.filter((word) => !this.ignored.has(fold(word)));
    const terms = (telling.length ? telling : said).map(whole);
    const single = terms.filter((each) => !inPhrases.some((is) => is(each))).map((each) => [each]);
    return [...phrases, ...single].map((own) => [own, ...this.others(own)]);
  }

  // Other ways to say the same.
  others(own) {
    const is = (way) => way.join(" ") === own.join(" ");
    return this.same.filter((group) => group.some(is)).flatMap((group) => group.filter((way) => !is(way)));
  }
}

// The two words of a compound, "Fahrrad" and "Parkplatz" of "Fahrradparkplatz": the first way to
// cut it, from the longest beginning, of which the index has both parts.
export function parts(word, isKnown) {
  for (let cut = word.length - 4; cut >= 4; cut--) {
    const tail = stem(word.slice(cut));
    const heads = [word.slice(0, cut), word.slice(0, cut).replace(/(?:s|n|en|er|e)$/, "")];
    const head = heads.find((each) => each.length > 3 && isKnown(stem(each)));
    if (head && isKnown(tail)) return [stem(head), tail];
  }
  return undefined;
}
