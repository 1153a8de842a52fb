// The licence notices of everything that is in the bundle: what esbuild has read, what the CMS already
// held (its source map names each package with its version), and its fonts.
import { readdir, readFile } from "node:fs/promises";

const MAKERS = "@sveltia/";
const CMS = "@sveltia/cms";
const HELD = /node_modules\/\.pnpm\/[^/]+\/node_modules\/((?:@[^/]+\/)?[^/]+)/;
const VERSION = /node_modules\/\.pnpm\/@?[^@/]+@([^_/]+)/;
const INSTALLED = /^node_modules\/((?:@[^/]+\/)?[^/]+)/;

const text = async (file) => (await readFile(file, "utf8")).replace(/\r\n?/g, "\n").trim();
const json = async (file) => JSON.parse(await text(file));

// Each package in the bundle with its version.
async function parts(inputs) {
  const found = new Map();
  const held = [];
  for (const file of inputs) {
    const name = INSTALLED.exec(file)?.[1];
    if (name) found.set(name, (await json(`node_modules/${name}/package.json`)).version);
    if (name === CMS && file.endsWith(".js")) held.push(...(await json(`${file}.map`)).sources);
  }
  for (const source of held) {
    const name = HELD.exec(source)?.[1];
    // What its makers wrote themselves has the CMS's own licence.
    if (name && !name.startsWith(MAKERS)) found.set(name, VERSION.exec(source)[1]);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

async function notice(name, version) {
  const own = await text(`licences/${name}.txt`).catch(() => null);
  if (own) return `${name} ${version}\n\n${own}`;
  const folder = `node_modules/${name}`;
  const said = await json(`${folder}/package.json`).catch(() => ({}));
  if (said.version !== version) {
    throw new Error(`the bundle holds ${name} ${version}: package.json must name it in this version`);
  }
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).sort();
  const told = await Promise.all(files.map((file) => text(`${folder}/${file}`)));
  if (!told.length) {
    const from = said.repository?.url ?? said.repository;
    told.push(`Copyright (c) ${said.author?.name ?? said.author ?? "the authors"} (${from})`);
    told.push(await text(`licences/${said.license}.txt`));
  }
  return [`${name} ${version} (${said.license})`, ...told].join("\n\n");
}

// The whole text. `inputs` are the files that esbuild has read, `fonts` those copied from the CMS.
export async function notices(inputs, fonts) {
  const every = [];
  for (const [name, version] of await parts(inputs)) every.push(await notice(name, version));
  for (const font of fonts) {
    const name = font.replace(/-latin.*/, "");
    every.push(`Font ${name}\n\n${await text(`node_modules/${CMS}/npm/assets/${name}.LICENSE.txt`)}`);
  }
  return `${every.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
