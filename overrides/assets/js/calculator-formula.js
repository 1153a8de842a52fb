// Formulas as sums of products, and what they yield when their values are ranges: the same steps, in
// the same order, as in figures/effects/formula.py, so that both give the same digits. Primes, ranks
// and counts are `rules`, which the build writes into the page.

export function names(formula) {
  return [...new Set(formula.flatMap(([times, over]) => [...times, ...over]))];
}

function result(formula, values) {
  let total = 0;
  for (const [times, over, sign] of formula) {
    let product = sign;
    for (const name of times) product *= values[name];
    for (const name of over) product /= values[name];
    total += product;
  }
  return total;
}

// Where a value of the Halton sequence lies between the ends of its range: 0 to 1.
function place(point, base) {
  let found = 0;
  let weight = 1;
  for (let rest = point; rest > 0; rest = Math.floor(rest / base)) {
    weight /= base;
    found += weight * (rest % base);
  }
  return found;
}

export function outcome(formula, ranges, rules) {
  const needed = names(formula);
  const corners = needed.reduce(
    (all, name) =>
      all.flatMap((one) => [...new Set(ranges[name])].map((end) => ({ ...one, [name]: end }))),
    [{}],
  );
  const ends = corners.map((values) => result(formula, values));
  const cases = [];
  for (let point = 1; point <= rules.punkte; point += 1) {
    const values = {};
    for (const name of needed) {
      const [low, high] = ranges[name];
      values[name] = low === high ? low : low + (high - low) * place(point, rules.basen[name]);
    }
    cases.push(result(formula, values));
  }
  cases.sort((one, other) => one - other);
  const [p5, median, p95] = rules.raenge.map((rank) => cases[rank - 1]);
  return { low: Math.min(...ends), p5, median, p95, high: Math.max(...ends) };
}

// To the digits that are shown, with `to` as one rounds; further than known digits it is not looked.
function rounded(value, to, [known, shown]) {
  const [mantissa, exponent] = value.toExponential(known - 1).split("e");
  const kept = to(+mantissa.replace(".", "") / +`1e${known - shown}`);
  return +`${kept}e${exponent - shown + 1}`;
}

// An outcome as it is told, in a unit that is `factor` times smaller: ends are rounded outwards.
export function told(found, factor, { ziffern }) {
  const { floor, round, ceil } = Math;
  const to = { low: floor, p5: floor, median: round, p95: ceil, high: ceil };
  return Object.fromEntries(
    Object.entries(to).map(([end, way]) => [end, rounded(found[end] * factor, way, ziffern)]),
  );
}
