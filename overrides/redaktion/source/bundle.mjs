// Makes ../cms/ from the packages named in package.json: `npm ci && node bundle.mjs`.
//
// The CMS as its makers ship it asks other hosts for fonts, texts and whether GitHub is well, and
// forbids zooming. Here it gets its own copies; each change must fit in exactly one place, so that a
// new version cannot slip past them. What our forms never use (maps, photo formats, code editing) is
// left out.
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

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
];
const UNUSED =
  /^@shikijs\/|shiki-engine|chunks\/(?:heic|webp_enc|react-dom)|^(?:leaflet|terra-draw|svgo|exifr)|locales\/(?!de\.json|en-US\.json)/;

const changed = (text, [old, fresh]) => {
  if (text.split(old).length !== 2) throw new Error(`not there exactly once: ${old}`);
  return text.replace(old, () => fresh);
};
const own = {
  name: "own",
  setup(made) {
    made.onResolve({ filter: /.*/ }, ({ path }) =>
      UNUSED.test(path) ? { path: "unused", namespace: "unused" } : null,
    );
    made.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export default {}" }));
    made.onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, async ({ path }) => ({
      contents: CHANGES.reduce(changed, await readFile(path, "utf8")),
    }));
  },
};

await rm(OUT, { recursive: true, force: true });
await build({
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
await cp(`${FROM}/LICENSE.txt`, `${OUT}/LICENSE.txt`);
