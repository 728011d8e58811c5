// The panel beside the graph: the statements behind what is chosen, or the most connected nodes.

import { makeCard } from "./card.js";
import { count, isolate, make } from "./dom.js";
import { wordDirection, wordFrame, wordKind } from "./words.js";

const CARDS_AT_ONCE = 20;
const TOP = 12;
const OPEN_STATEMENTS = 12;

export class Panel {
  /**
   * @param {HTMLElement} element
   * @param {import("./model.js").Model} model
   * @param {{onNode: (node: number) => void, onEdge: (edge: number) => void, onFrame: (frame: number) => void, onClose: () => void}} listeners
   */
  constructor(element, model, listeners) {
    this.element = element;
    this.model = model;
    this.listeners = listeners;
  }

  /** Show what is chosen of a view: {node} or {edge}, else null for an overview. */
  show(view, selection, chosen) {
    const parts = chosen === null ? this.#describeAll(view, selection) : this.#describeChoice(view, selection, chosen);
    this.element.replaceChildren(...parts);
    this.element.scrollTop = 0;
  }

  #describeChoice(view, selection, chosen) {
    return "node" in chosen ? this.#describeNode(view, selection, chosen.node) : this.#describeEdge(view, selection, chosen.edge);
  }

  #makeHead(heading, ...rest) {
    const close = make("button", { type: "button", class: "close", "aria-label": "Close", click: this.listeners.onClose }, "×");
    return make("header", { class: "panel-head" }, make("h2", { tabindex: -1, dir: "auto" }, ...heading), close, ...rest);
  }

  #describeNode(view, { evidence }, index) {
    const { label, type, wikidata, iri } = this.model.nodes[index];
    const facts = [type];
    if (wikidata) facts.push(" · ", make("a", { href: wikidata, rel: "noopener noreferrer", target: "_blank" }, "Wikidata ↗"));
    const groups = new Map();
    for (const edge of view.edges) {
      if (!evidence.has(edge.index) || (edge.source !== index && edge.target !== index)) continue;
      const isOut = edge.source === index;
      const key = `${isOut ? 0 : 1} ${edge.kind}`;
      if (!groups.has(key)) groups.set(key, { isOut, kind: edge.kind, edges: [], statements: new Set() });
      const group = groups.get(key);
      group.edges.push(edge);
      for (const statement of evidence.get(edge.index)) group.statements.add(statement);
    }
    // What somebody says and what is said of them comes first; groups are open until there is enough to read.
    const rank = ({ kind, isOut }) => (kind === "speaks-of" ? 0 : 2) + (isOut ? 0 : 1);
    const sorted = [...groups.values()].sort((one, other) => rank(one) - rank(other) || other.statements.size - one.statements.size);
    let before = 0;
    const sections = sorted.map((group) => {
      const isOpen = before < OPEN_STATEMENTS;
      before += group.statements.size;
      return this.#makeGroup(group, isOpen);
    });
    const none = make("p", { class: "hint" }, "The filters leave none of its ties.");
    return [
      this.#makeHead([label], make("p", { class: "facts", title: iri }, ...facts)),
      ...(sections.length ? sections : [none]),
    ];
  }

  #makeGroup({ isOut, kind, edges, statements }, isOpen) {
    const others = edges
      .map((edge) => [edge, isOut ? edge.target : edge.source])
      .map(([edge, node]) => {
        const choose = () => this.listeners.onEdge(edge.index);
        return make("button", { type: "button", class: "chip link", click: choose }, isolate(this.model.nodes[node].label));
      });
    const summary = make("summary", {}, make("b", {}, wordDirection(kind, isOut)), ` ${count(statements.size, "statement")}, ${count(edges.length, "tie")}`);
    const group = make("details", { class: "group" }, summary);
    group.open = isOpen;
    // Cards are made when they are looked at: a busy actor has thousands.
    const fill = () => {
      if (!group.open || group.childElementCount > 1) return;
      const first = others.splice(0, TOP);
      group.append(make("p", { class: "chips" }, ...first, others.length ? ` and ${count(others.length, "other")}` : ""));
      group.append(this.#makeCards([...statements]));
    };
    group.addEventListener("toggle", fill);
    fill();
    return group;
  }

  #describeEdge(view, { evidence }, index) {
    const edge = view.edges[index];
    const [source, target] = [edge.source, edge.target].map((node) => {
      const choose = () => this.listeners.onNode(node);
      return make("button", { type: "button", class: "link", click: choose }, isolate(this.model.nodes[node].label));
    });
    const statements = evidence.get(index) ?? [];
    const heading = [source, ` ${wordKind(edge.kind)} `, target];
    const facts = statements.length ? count(statements.length, "statement") : "The filters leave none of its statements.";
    return [this.#makeHead(heading, make("p", { class: "facts" }, facts)), this.#makeCards(statements)];
  }

  #describeAll(view, { weights, statements }) {
    const sums = new Map();
    for (const { index, source, target } of view.edges) {
      for (const node of new Set([source, target])) if (weights[index]) sums.set(node, (sums.get(node) ?? 0) + weights[index]);
    }
    const top = [...sums].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, TOP);
    const frames = new Map();
    for (const number of statements) {
      for (const frame of this.model.statements[number].frames) frames.set(frame, (frames.get(frame) ?? 0) + 1);
    }
    const topFrames = [...frames].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, TOP);
    const hint = "Click a node or a line of the graph, or a name here: its statements appear, each with its sentence.";
    const parts = [make("h2", { tabindex: -1 }, "Most connected"), make("p", { class: "hint" }, hint)];
    parts.push(
      this.#makeRanking(top.map(([node, sum]) => [isolate(this.model.nodes[node].label), sum, () => this.listeners.onNode(node)])),
    );
    if (topFrames.length) {
      parts.push(make("h2", {}, "Frames of the claims"));
      const rows = topFrames.map(([frame, sum]) => {
        return [wordFrame(this.model.data.frames[frame]), sum, () => this.listeners.onFrame(frame)];
      });
      parts.push(this.#makeRanking(rows));
    }
    return parts;
  }

  #makeRanking(rows) {
    const items = rows.map(([name, sum, choose]) =>
      make("li", {}, make("button", { type: "button", class: "link", click: choose }, name), " ", make("span", { class: "sum" }, String(sum))),
    );
    return make("ol", { class: "ranking" }, ...items);
  }

  #makeCards(numbers) {
    const list = make("div", { class: "cards" });
    const statements = numbers
      .map((number) => this.model.statements[number])
      .sort((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : one.index - other.index));
    const more = make("button", { type: "button", class: "more", click: () => addCards() }, "");
    let shown = 0;
    const addCards = () => {
      const next = statements.slice(shown, shown + CARDS_AT_ONCE);
      more.before(...next.map((statement) => makeCard(this.model, statement, this.listeners.onNode)));
      shown += next.length;
      more.hidden = shown >= statements.length;
      more.textContent = `Show more (${statements.length - shown})`;
    };
    list.append(more);
    addCards();
    return list;
  }
}
