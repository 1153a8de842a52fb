// The editing page: Sveltia CMS with our configuration, our way to read and write pages, and our pages
// as previews.
import CMS from "@sveltia/cms";
import { read, write } from "./format.js";
import { picturesOnly } from "./pictures.js";
import { preview } from "./preview.js";

const get = async (name) => (await fetch(name)).json();

// Not awaited: parts that are loaded later wait until this module is done.
async function start() {
  const [config, formats] = await Promise.all([get("config.json"), get("format.json")]);
  for (const [kind, table] of Object.entries(formats)) {
    CMS.registerCustomFormat(kind, "md", { fromFile: read(kind, table), toFile: write(table) });
  }
  // The page names the style sheet of the site, whose name changes with what is in it.
  preview(config, document.querySelector('link[type="text/css"]').href);
  picturesOnly(config);
  CMS.init({ config });
}
start();
