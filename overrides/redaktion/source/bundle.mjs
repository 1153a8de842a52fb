// Makes ../cms/ from the packages named in package.json: `npm ci && node bundle.mjs`.
//
// The CMS as its makers ship it asks other hosts for fonts, texts and whether GitHub is well, and
// forbids zooming. Here it gets its own copies; each change must fit in exactly one place, so that a
// new version cannot slip past them. What our forms never use (maps, photo formats, code editing) is
// left out.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { notices } from "./notices.mjs";

const OUT = "../cms";
const FROM = "node_modules/@sveltia/cms";
const CDN = "https://cdn.jsdelivr.net/fontsource/fonts/";
const FONTS = {
  [`${CDN}source-sans-3:vf@5.3.0/latin-wght-normal.woff2`]: "source-sans-3-latin-wght-normal-BqRLTx4X.woff2",
  [`${CDN}noto-mono@5.3.0/latin-400-normal.woff2`]: "noto-mono-latin-400-normal-DiC8lJru.woff2",
  [`${CDN}material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2`]:
    "material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
};
const CHANGES = [
  ...Object.entries(FONTS).map(([address, file]) => [address, `cms/assets/${file}`]),
  ["`maximum-scale=1`,", ""],
  // An icon for a phone's home screen, drawn from the logo by way of an address nobody may ask.
  ["let e=await fetch(t);if(!e.ok)throw Error(`Failed to fetch logo`)", "throw Error(`no icon`);let e"],
  ["let{status:{indicator:e}}=await ZR(Rye)", "let e=`none`"],
  // File names as the check wants them: no underscore, no tilde.
  ["pP=/[^\\w-~]/", "pP=/[^a-zA-Z0-9-]/"],
  // German, whatever the browser or somebody before has chosen.
  ["e.locale??=EW,e.locale===`en`&&(e.locale=EW)", "e.locale=`de`"],
];
const UNUSED =
  /^@shikijs\/|shiki-engine|chunks\/(?:heic|webp_enc)|^(?:leaflet|terra-draw|svgo|exifr)|locales\/(?!de\.json|en-US\.json)/;

const changed = (text, [old, fresh]) => {
  if (text.split(old).length !== 2) throw new Error(`not there exactly once: ${old}`);
  return text.replace(old, () => fresh);
};
// The German texts with what their makers have not translated yet, from german.json; only messages about
// the configuration stay as they are: a test keeps them from ever being shown.
const flat = (table, way = "") =>
  Object.entries(table).flatMap(([key, text]) =>
    typeof text === "string" ? [[`${way}${key}`, text]] : flat(text, `${way}${key}.`),
  );
async function german(path) {
  const text = async (file) => JSON.parse(await readFile(file, "utf8"));
  const made = await text(path);
  for (const [key, own] of Object.entries(await text("german.json"))) {
    const way = key.split(".");
    const last = way.pop();
    way.reduce((at, step) => (at[step] ??= {}), made)[last] ??= own;
  }
  const known = new Set(flat(made).map(([key]) => key));
  const missing = flat(await text(path.replace("de.json", "en-US.json"))).filter(
    ([key]) => !known.has(key) && !key.startsWith("config."),
  );
  if (missing.length) throw new Error(`not in German: ${missing.map(([key]) => key).join(", ")}`);
  return JSON.stringify(made);
}

const own = {
  name: "own",
  setup(made) {
    made.onResolve({ filter: /.*/ }, ({ path }) =>
      UNUSED.test(path) ? { path: "unused", namespace: "unused" } : null,
    );
    made.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export default {}" }));
    made.onLoad({ filter: /locales\/de\.json$/ }, async ({ path }) => ({
      contents: await german(path),
      loader: "json",
    }));
    made.onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, async ({ path }) => ({
      contents: CHANGES.reduce(changed, await readFile(path, "utf8")),
    }));
  },
};

await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  metafile: true,
  // The format stands alone, too, so that tests can put files before it.
  entryPoints: { redaktion: "start.js", format: "format.js" },
  outdir: OUT,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  chunkNames: "[name]-[hash]",
  plugins: [own],
});
await mkdir(`${OUT}/assets`);
for (const file of Object.values(FONTS)) await cp(`${FROM}/npm/assets/${file}`, `${OUT}/assets/${file}`);
await writeFile(`${OUT}/LICENSE.txt`, await notices(Object.keys(metafile.inputs), Object.values(FONTS)));
