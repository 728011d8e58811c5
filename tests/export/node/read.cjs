// Prints as JSON what graphology reads of a file: node read.cjs FOLDER-OF-NODE_MODULES FILE.{gexf,graphml}
const {createRequire} = require("node:module");
const {readFileSync} = require("node:fs");
const path = require("node:path");

const [modules, file] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(modules), "of-the-web-part.js"));
const Graph = load("graphology");
const format = path.extname(file).slice(1);
const {parse} = load(`graphology-${format}`);

const graph = parse(Graph, readFileSync(file, "utf-8"));
process.stdout.write(
  JSON.stringify({
    type: graph.type,
    nodes: graph.mapNodes((id, data) => ({...data, id})),
    edges: graph.mapEdges((id, data, source, target) => ({...data, id, source, target})),
  }),
);
