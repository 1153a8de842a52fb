// The editing page: Sveltia CMS with our configuration and our way to read and write pages.
import CMS from "@sveltia/cms";
import { read, write } from "./format.js";

const get = async (name) => (await fetch(name)).json();

// Not awaited: parts that are loaded later wait until this module is done.
async function start() {
  const [config, formats] = await Promise.all([get("config.json"), get("format.json")]);
  for (const [kind, table] of Object.entries(formats)) {
    CMS.registerCustomFormat(kind, "md", { fromFile: read(kind, table), toFile: write(table) });
  }
  CMS.init({ config });
}
start();
