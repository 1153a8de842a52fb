// Makes ../js/vendor/ and ../fonts/ from the packages named in package.json: `npm ci && node bundle.mjs`.
//
// PYTHON names a Python with fontTools and brotli, which cuts the fonts down to the signs of German
// pages and to what our style sheets ask of them; make's environment has both.
import { execFileSync } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { transform } from "esbuild";

const PYTHON = process.env.PYTHON ?? "python3";
const SIGNS =
  "U+20-7E,U+A0-FF,U+131,U+152-153,U+2C6,U+2DA,U+2DC,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026," +
  "U+2039-203A,U+20AC,U+2122,U+2191,U+2193,U+2212";

const search = "node_modules/minisearch";
const { version } = JSON.parse(await readFile(`${search}/package.json`, "utf8"));
const { code } = await transform(await readFile(`${search}/dist/es/index.js`, "utf8"), { minify: true, format: "esm" });
const note =
  `/*! MiniSearch ${version}, MIT, https://github.com/lucaong/minisearch, minified with esbuild;` +
  " licence in minisearch.LICENSE.txt */\n";
await writeFile("../js/vendor/minisearch.js", note + code);
await cp(`${search}/LICENSE.txt`, "../js/vendor/minisearch.LICENSE.txt");

const font = "node_modules/@fontsource/fira-sans";
for (const weight of [400, 600]) {
  execFileSync(PYTHON, [
    "-m",
    "fontTools.subset",
    `${font}/files/fira-sans-latin-${weight}-normal.woff2`,
    `--unicodes=${SIGNS}`,
    "--layout-features=kern,liga,tnum",
    "--no-hinting",
    "--flavor=woff2",
    `--output-file=../fonts/fira-sans-${weight}.woff2`,
  ]);
}
await cp(`${font}/LICENSE`, "../fonts/fira-sans.LICENSE.txt");
