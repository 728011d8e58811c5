// The exported page: reads the data beside it, and builds graph, list, filters and panel.

import "./page.css";

import { canDraw, Picture } from "../picture.js";
import { readAddress, toAddress } from "./address.js";
import { make, makeSwatch, save } from "./dom.js";
import { Filters } from "./filters.js";
import { List, makePrintedList, toCsv } from "./list.js";
import { Model } from "./model.js";
import { Panel } from "./panel.js";
import { Search } from "./search.js";
import { Timeline } from "./timeline.js";
import { findEdgeColour, wordFrame } from "./words.js";

const CAVEAT = "What is quoted here was said by others; that it stands here does not make it true.";
const NO_WEBGL = "This browser cannot draw with WebGL, so there is no graph; the list has the same statements.";
const PRINTED_ROWS = 300;
const NO_FILTERS = { kinds: new Set(), types: new Set(), frame: null, from: null, until: null, confidence: 0, text: "", untied: true };

class App {
  constructor(root, data) {
    this.model = new Model(data);
    const { criteria, chosen, isListed } = readAddress(this.model, location.hash.slice(1));
    this.criteria = { ...NO_FILTERS, ...criteria };
    this.isDrawable = canDraw();
    this.isListed = isListed || !this.isDrawable;
    this.picture = null;
    this.waiting = false;
    this.#lay(root);
    this.#connect();
    this.#openView(chosen);
    if (chosen) this.picture?.show(String(chosen.node));
  }

  #lay(root) {
    const { model } = this;
    this.counts = make("p", { class: "counts", role: "status" });
    this.only = make("p", { class: "only" });
    this.viewSelect = make("select", { id: "view", "aria-label": "View", change: () => this.#changeView(this.viewSelect.value) });
    this.viewSelect.append(...model.views.map(({ name, label }) => make("option", { value: name }, label)));
    this.graphButton = make("button", { type: "button", disabled: !this.isDrawable, click: () => this.#showList(false) }, "Graph");
    this.listButton = make("button", { type: "button", click: () => this.#showList(true) }, "List");
    const searchBox = make("div", { class: "search" });
    const header = make(
      "header",
      { class: "top" },
      make("div", { class: "title" }, make("h1", {}, document.title), make("p", { class: "caveat" }, CAVEAT)),
      make(
        "div",
        { class: "tools" },
        searchBox,
        this.viewSelect,
        make("div", { class: "switch", role: "group", "aria-label": "Show as" }, this.graphButton, this.listButton),
      ),
    );
    const savePicture = make("button", { type: "button", click: () => this.#savePicture(), hidden: !this.isDrawable }, "Save picture");
    const saveList = make("button", { type: "button", click: () => this.#saveList() }, "Save list (CSV)");
    const bar = make("div", { class: "bar-top" }, this.counts, this.only, make("div", { class: "saves" }, savePicture, saveList));
    const filterBox = make("details", { class: "filters" }, make("summary", {}, "Filters"));
    filterBox.open = matchMedia("(min-width: 901px)").matches;
    this.graphBox = make("div", { class: "graph", tabindex: 0, role: "group", "aria-label": "Graph; the list holds the same statements" });
    this.listBox = make("div", { class: "list-box", tabindex: 0, role: "region", "aria-label": "List of statements" });
    const zoom = (words, label, act) => make("button", { type: "button", "aria-label": label, title: label, click: act }, words);
    this.zoomBox = make(
      "div",
      { class: "zoom" },
      zoom("+", "Zoom in", () => this.picture?.zoom(1.5)),
      zoom("−", "Zoom out", () => this.picture?.zoom(1 / 1.5)),
      zoom("⤢", "Show all", () => this.picture?.reset()),
    );
    const stage = make("section", { class: "stage", "aria-label": "Network" }, bar, this.graphBox, this.zoomBox, this.listBox);
    if (!this.isDrawable) stage.prepend(make("p", { class: "notice", role: "note" }, NO_WEBGL));
    this.panelBox = make("aside", { class: "panel", "aria-label": "Statements", tabindex: 0 });
    const timelineBox = make("section", { class: "timeline", "aria-label": "Dates" });
    this.printBox = make("div", { class: "print" });
    this.main = make("main", {}, filterBox, stage, this.panelBox);
    root.append(header, this.main, timelineBox, this.printBox);

    this.filters = new Filters(filterBox, model, this.criteria, (changes) => this.#change(changes ?? NO_FILTERS));
    this.panel = new Panel(this.panelBox, model, {
      onNode: (node) => this.choose({ node }),
      onEdge: (edge) => this.choose({ edge }),
      onFrame: (frame) => this.#change({ frame }),
      onClose: () => this.choose(null),
    });
    this.list = new List(this.listBox, model, (node) => this.choose({ node }));
    this.timeline = new Timeline(timelineBox, model.dayNumbers, (from, until) => this.#change({ from, until }));
    this.search = new Search(searchBox, (text, limit) => model.findNodes(this.criteria.view, text, limit), (node) => this.#describe(node), {
      onText: (text) => this.#change({ text }),
      onNode: (node) => this.choose({ node }),
    });
  }

  #connect() {
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest("input, select, textarea");
      if (event.key === "/" && !isTyping) {
        this.search.input.focus();
        event.preventDefault();
      } else if (event.key === "Escape" && !isTyping) this.choose(null);
    });
    const moves = {
      "+": () => this.picture.zoom(1.5),
      "=": () => this.picture.zoom(1.5),
      "-": () => this.picture.zoom(1 / 1.5),
      0: () => this.picture.reset(),
      ArrowLeft: () => this.picture.pan(-0.15, 0),
      ArrowRight: () => this.picture.pan(0.15, 0),
      ArrowUp: () => this.picture.pan(0, 0.15),
      ArrowDown: () => this.picture.pan(0, -0.15),
    };
    this.graphBox.addEventListener("keydown", (event) => {
      if (!this.picture || !moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      moves[event.key]();
      event.preventDefault();
    });
    addEventListener("beforeprint", () => this.#fillPrint());
    addEventListener("afterprint", () => this.printBox.replaceChildren());
  }

  /** Show the statements of {node} or {edge} (numbers), or of nothing. */
  choose(chosen) {
    const before = document.activeElement;
    this.chosen = chosen;
    this.#render();
    if (chosen && "node" in chosen) this.picture?.show(String(chosen.node));
    // Whoever goes by keyboard goes on where the statements are.
    if (!chosen || this.graphBox.contains(before)) return;
    const target = this.isListed ? this.listBox : this.panelBox.querySelector("h2");
    target?.focus({ preventScroll: matchMedia("(min-width: 901px)").matches });
  }

  #change(changes) {
    Object.assign(this.criteria, changes);
    if ("text" in changes) this.search.show(changes.text);
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.#render();
    });
  }

  #changeView(name) {
    Object.assign(this.criteria, { view: name, kinds: new Set(), types: new Set() });
    this.#openView(null);
  }

  #openView(chosen) {
    const { model } = this;
    const name = this.criteria.view;
    this.chosen = chosen;
    this.viewSelect.value = name;
    this.search.show(this.criteria.text);
    this.filters.showView(this.criteria);
    this.picture?.kill();
    this.picture = null;
    const view = model.view(name);
    if (this.isDrawable) {
      const nodes = view.nodes.map((node) => ({ ...node, id: String(node.index), label: model.nodes[node.index].label }));
      const edges = view.edges.map(({ source, target, kind, statements }) => {
        return { source: String(source), target: String(target), weight: statements.size, colour: findEdgeColour(kind) };
      });
      const listeners = {
        onNode: (id) => this.choose({ node: Number(id) }),
        onEdge: (edge) => this.choose({ edge }),
        onNothing: () => this.choose(null),
      };
      // Drawn once, as the filters are: the first picture of a large network takes as long as all that is before it.
      this.selection = model.select(this.criteria);
      this.picture = new Picture(this.graphBox, { nodes, edges }, listeners, this.#findShown());
    }
    // For whoever drives the page by a script.
    this.graphBox.picture = this.picture;
    this.#showList(this.isListed, this.picture !== null && chosen === null);
  }

  #showList(isListed, isDrawn = false) {
    this.isListed = isListed;
    this.graphButton.setAttribute("aria-pressed", String(!isListed));
    this.listButton.setAttribute("aria-pressed", String(isListed));
    this.graphBox.hidden = isListed;
    this.zoomBox.hidden = isListed;
    this.listBox.hidden = !isListed;
    // The list has the sentences itself, and wants the room.
    this.panelBox.hidden = isListed;
    this.main.classList.toggle("listed", isListed);
    this.#render(isDrawn);
  }

  /** Keep the address of what is seen, a moment later: browsers refuse to change it too often. */
  #noteAddress() {
    clearTimeout(this.noting);
    this.noting = setTimeout(() => {
      const address = toAddress(this.model, this.criteria, this.chosen, this.isListed && this.isDrawable);
      if (address !== location.hash.slice(1)) history.replaceState(null, "", `#${address}`);
    }, 400);
  }

  #findShown() {
    const { shown, weights, evidence } = this.selection;
    return { isNodeShown: (id) => shown.has(Number(id)), weightOf: (edge) => weights[edge], edgeCount: evidence.size };
  }

  /** Show what the filters and the choice are now; isDrawn: the picture shows it already. */
  #render(isDrawn = false) {
    const { model, criteria } = this;
    const view = model.view(criteria.view);
    const selection = model.select(criteria);
    this.selection = selection;
    this.counts.replaceChildren(
      ...[
        [selection.statements.length, "statement"],
        [selection.shown.size, "node"],
        [selection.evidence.size, "tie"],
      ].flatMap(([number, word]) => [make("span", { "data-count": word }, make("b", {}, number.toLocaleString("en")), ` ${number === 1 ? word : `${word}s`}`), " "]),
    );
    this.#noteAddress();
    this.only.replaceChildren(...(this.isListed ? this.#describeChosen(view) : []));
    this.filters.show(criteria, selection);
    this.timeline.show(selection.days, criteria);
    const isReading = this.panelBox.contains(document.activeElement) && document.activeElement !== this.panelBox;
    this.panel.show(view, selection, this.chosen);
    // What had the focus is gone with the panel as it was.
    if (isReading) this.panelBox.querySelector("h2")?.focus({ preventScroll: true });
    if (this.isListed) this.list.show(this.#listChosen());
    if (this.picture && !this.isListed && !isDrawn) {
      const [nodes, edges] = this.#findChosen(view, selection);
      this.picture.update(this.#findShown(), { nodes, edges });
    }
  }

  /** The statements of what is chosen, else all that the filters let through. */
  #listChosen() {
    if (this.chosen === null) return this.selection.statements;
    const edges = this.#findChosen(this.model.view(this.criteria.view), this.selection)[1];
    return [...new Set([...edges].flatMap((edge) => this.selection.evidence.get(edge) ?? []))];
  }

  /** The nodes (ids) and edges that stand out. */
  #findChosen(view, { weights }) {
    const [nodes, edges] = [new Set(), new Set()];
    if (this.chosen === null) return [nodes, edges];
    const { node, edge: chosen } = this.chosen;
    if (node !== undefined) nodes.add(String(node));
    for (const { index, source, target } of view.edges) {
      if (!weights[index] || (index !== chosen && source !== node && target !== node)) continue;
      nodes.add(String(source)).add(String(target));
      edges.add(index);
    }
    return [nodes, edges];
  }

  /** What the list is narrowed to. */
  #describeChosen(view) {
    if (this.chosen === null) return [];
    const { node, edge } = this.chosen;
    const names = (node === undefined ? [view.edges[edge].source, view.edges[edge].target] : [node]).map((index) => this.model.nodes[index].label);
    const clear = make("button", { type: "button", class: "link", click: () => this.choose(null) }, "show all");
    return ["only ", make("bdi", {}, names.join(" – ")), ", ", clear];
  }

  #describe(node) {
    const { label, type } = this.model.nodes[node];
    const look = this.model.view(this.criteria.view).nodes.find(({ index }) => index === node);
    return [makeSwatch(look.colour), make("bdi", {}, label), make("span", { class: "type" }, type)];
  }

  #savePicture() {
    this.#showList(false);
    this.picture.copy().toBlob((blob) => save(blob, "network.png"));
  }

  #saveList() {
    // A spreadsheet knows UTF-8 by its mark.
    save(new Blob(["\ufeff", toCsv(this.model, this.#listChosen())], { type: "text/csv" }), "statements.csv");
  }

  #fillPrint() {
    const { criteria, model } = this;
    const words = [model.views.find(({ name }) => name === criteria.view)?.label ?? ""];
    const { timeline } = this;
    if (criteria.from !== null || criteria.until !== null) words.push(`from ${timeline.from.value || "the first day"} to ${timeline.until.value || "the last"}`);
    if (criteria.frame !== null) words.push(`frame ${wordFrame(model.data.frames[criteria.frame])}`);
    if (criteria.confidence) words.push(`confidence at least ${criteria.confidence}`);
    if (criteria.text) words.push(`with the words “${criteria.text}”`);
    if (criteria.kinds.size || criteria.types.size) words.push("without some kinds");
    if (this.chosen?.node !== undefined) words.push(`of ${model.nodes[this.chosen.node].label}`);
    const picture = this.picture && !this.isListed ? [this.picture.copy()] : [];
    this.printBox.replaceChildren(make("p", {}, words.join(", ")), ...picture, ...makePrintedList(model, this.#listChosen(), PRINTED_ROWS));
  }
}

const app = new App(document.getElementById("app"), JSON.parse(document.getElementById("data").textContent));
document.documentElement.dataset.state = app.picture ? "drawn" : "listed";
performance.mark("drawn");
