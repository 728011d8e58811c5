// Bundles the scripts of the exported page and of the explorer: `node build.mjs FOLDER`.
//
// What is written depends on the sources, the lock file and nothing else: no date, no path of this machine.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const LOCK = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8")).packages;

/** What may be shipped; anything else stops the build. */
const PERMITTED = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "(CC-BY-4.0 AND MIT)",
  "(MPL-2.0 OR Apache-2.0)",
]);
/** Packages whose licence stands in their licence file alone. */
const STATED_IN_FILE = { jsuri: "MIT" };

const OUTPUTS = [
  { entry: "src/page/main.js", name: "page.js", format: "iife", hasNotice: true },
  { entry: "src/explorer.js", name: "explorer.js", format: "esm", hasNotice: false },
  { entry: "src/editor.js", name: "yasgui.js", format: "esm", hasNotice: false },
];

/** The names of the packages that `inputs` (paths of an esbuild metafile) come from, with all that these depend on. */
function findPackages(inputs) {
  const found = new Set();
  const waiting = [];
  for (const path of inputs) {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (match) waiting.push(match[1]);
  }
  // Some packages are published as bundles of their dependencies.
  while (waiting.length) {
    const name = waiting.pop();
    const locked = LOCK[`node_modules/${name}`];
    if (found.has(name) || !locked) continue;
    found.add(name);
    waiting.push(...Object.keys(locked.dependencies ?? {}));
  }
  return [...found].sort();
}

/** Name, version, licence and the text of the licence file of one package. */
function describePackage(name) {
  const folder = join(HERE, "node_modules", name);
  const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = described.license ?? STATED_IN_FILE[name];
  if (!PERMITTED.has(licence)) throw new Error(`${name}: licence ${licence} is not among those that may be shipped`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  if (!texts.length) {
    const people = [described.author, ...(described.contributors ?? [])].filter(Boolean);
    const names = people.map((person) => (typeof person === "string" ? person : person.name));
    texts.push(names.length ? `Copyright ${names.join(", ")}. The licence is ${licence}.` : `The licence is ${licence}.`);
  }
  return `${name} ${described.version} (${licence})\n\n${texts.join("\n\n")}\n`;
}

const RULE = `\n${"-".repeat(78)}\n\n`;

async function bundle(output, folder) {
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: [output.entry],
    outfile: join(folder, output.name),
    bundle: true,
    format: output.format,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    minify: true,
    platform: "browser",
    target: "es2020",
    write: false,
  });
  const packages = findPackages(Object.keys(result.metafile.inputs));
  for (const { text } of result.outputFiles) {
    // The page has them within its own script and style elements, which end at the first end tag, whatever the quotes.
    if (/<!--|<\/?(script|style)/i.test(text) && output.hasNotice) throw new Error(`${output.name}: holds HTML's markup`);
  }
  for (const file of result.outputFiles) {
    // A file that travels alone takes the licences of what is in it along.
    const isAlone = output.hasNotice && file.path.endsWith(".js");
    const notice = isAlone ? `/*!\n${packages.map(describePackage).join("\n").replaceAll("*/", "* /")}*/\n` : "";
    writeFileSync(file.path, notice + file.text);
  }
  return packages;
}

const folder = process.argv[2];
if (!folder) throw new Error("name the folder to write to");
mkdirSync(folder, { recursive: true });
const packages = new Set();
for (const output of OUTPUTS) for (const name of await bundle(output, folder)) packages.add(name);
const head = "Sayso's scripts contain these packages, each under the licence that follows its name.\n";
writeFileSync(join(folder, "licences.txt"), head + [...packages].sort().map((name) => RULE + describePackage(name)).join(""));
