// The picture of a network by sigma, for the exported page and the explorer alike.

import { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram } from "sigma/rendering";

const FAINT_NODE = "#e3e5e8";
const FAINT_EDGE = "#f0f1f3";
const EDGE = "#a9b0ba";
const CHOSEN_EDGE = "#16191d";
/** Edges get wider with the root of their weight, from 1 to this many pixels. */
const WIDEST = 7;
/** Sizes of nodes are made for Gephi, which draws on a larger sheet: radii in pixels are this share of them. */
const NODE_SCALE = 0.45;
const MOST_FORCED_LABELS = 12;
/** How far the first of several edges between two nodes is bent; each further one as much again. */
const BEND = 0.16;
const LABEL_LENGTH = 40;
/** Above this many edges the neighbourhood of a node is not lit up under the pointer: it would be redrawn too often. */
const MOST_EDGES_TO_POINT_AT = 6_000;
const MOST_EDGES_TO_MOVE = 12_000;

/** @returns {boolean} whether this browser can draw with WebGL. */
export function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

/**
 * A drawn network: which of it is shown and what is chosen can change, its places cannot.
 *
 * Nodes are {id, label, x, y, size, colour}, edges {source, target, weight, colour}: ends by the id of the node, the colour may
 * be missing. An edge from a node to itself has no length and is not drawn.
 */
export class Picture {
  #chosen = { nodes: new Set(), edges: new Set() };
  #pointed = null;
  #isNodeShown = () => true;
  #weightOf;
  #heaviest;

  /**
   * @param {HTMLElement} element has a size of its own.
   * @param {{nodes: object[], edges: object[]}} network
   * @param {{onNode?: (id: string) => void, onEdge?: (index: number) => void, onNothing?: () => void}} [listeners]
   */
  constructor(element, network, listeners = {}) {
    this.#weightOf = (index) => network.edges[index].weight;
    this.#heaviest = network.edges.reduce((most, edge) => Math.max(most, edge.weight), 1);
    this.graph = toGraph(network);
    this.sigma = new Sigma(this.graph, element, {
      allowInvalidContainer: true,
      defaultEdgeType: "straight",
      edgeProgramClasses: { straight: EdgeArrowProgram, curved: EdgeCurvedArrowProgram },
      enableEdgeEvents: Boolean(listeners.onEdge),
      hideEdgesOnMove: this.graph.size > MOST_EDGES_TO_MOVE,
      itemSizesReference: "screen",
      labelColor: { color: "#16191d" },
      labelDensity: 0.7,
      labelFont: "system-ui, sans-serif",
      labelRenderedSizeThreshold: 3,
      labelSize: 12.5,
      maxCameraRatio: 3,
      minCameraRatio: 0.01,
      minEdgeThickness: 1.2,
      nodeReducer: (id, data) => this.#dressNode(id, data),
      edgeReducer: (key, data) => this.#dressEdge(Number(key), data),
      stagePadding: 45,
      zIndex: true,
    });
    if (this.graph.size <= MOST_EDGES_TO_POINT_AT) {
      this.sigma.on("enterNode", ({ node }) => this.#point(node));
      this.sigma.on("leaveNode", () => this.#point(null));
    }
    this.observer = new ResizeObserver(() => {
      if (!element.clientWidth || !element.clientHeight) return;
      this.sigma.resize();
      this.#refresh();
    });
    this.observer.observe(element);
    for (const event of ["enterNode", "enterEdge"]) this.sigma.on(event, () => element.classList.add("pointing"));
    for (const event of ["leaveNode", "leaveEdge"]) this.sigma.on(event, () => element.classList.remove("pointing"));
    if (listeners.onNode) this.sigma.on("clickNode", ({ node }) => listeners.onNode(node));
    if (listeners.onEdge) this.sigma.on("clickEdge", ({ edge }) => listeners.onEdge(Number(edge)));
    if (listeners.onNothing) this.sigma.on("clickStage", () => listeners.onNothing());
  }

  /**
   * Draw a part of the network.
   *
   * @param {(id: string) => boolean} isNodeShown
   * @param {(index: number) => number} weightOf the weight of an edge now; it is not drawn where that is 0.
   */
  filter(isNodeShown, weightOf) {
    this.#isNodeShown = isNodeShown;
    this.#weightOf = weightOf;
    this.#refresh();
  }

  /** Make these nodes (ids) and edges (indices) stand out; with none of either all look alike. */
  choose(nodes, edges) {
    this.#chosen = { nodes, edges };
    this.#refresh();
  }

  /** Move the camera so that the node is in the middle. */
  show(id) {
    const place = this.sigma.getNodeDisplayData(id);
    if (place) this.#move({ x: place.x, y: place.y, ratio: Math.min(this.sigma.getCamera().ratio, 0.6) });
  }

  zoom(factor) {
    this.#move({ ratio: this.sigma.getCamera().ratio / factor });
  }

  /** Move by shares of what is seen, to the right and upwards. */
  pan(right, up) {
    const { x, y, ratio } = this.sigma.getCamera();
    this.#move({ x: x + right * ratio, y: y + up * ratio });
  }

  reset() {
    this.#move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  /** @returns {HTMLCanvasElement} what is seen now, on white. */
  copy() {
    // What WebGL has drawn can be read until the browser shows it.
    this.sigma.refresh({ skipIndexation: true, schedule: false });
    const layers = Object.values(this.sigma.getCanvases());
    const copy = document.createElement("canvas");
    copy.width = layers[0].width;
    copy.height = layers[0].height;
    const context = copy.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, copy.width, copy.height);
    for (const layer of layers) if (layer.width && layer.height) context.drawImage(layer, 0, 0, copy.width, copy.height);
    return copy;
  }

  kill() {
    this.observer.disconnect();
    this.sigma.kill();
  }

  #refresh() {
    this.sigma.refresh({ skipIndexation: true });
  }

  #move(state) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.sigma.getCamera().animate(state, { duration: isCalm ? 0 : 250 });
  }

  #point(id) {
    this.#pointed = id === null ? null : new Set([id, ...this.graph.neighbors(id)]);
    this.#refresh();
  }

  #dressNode(id, data) {
    if (!this.#isNodeShown(id)) return { ...data, hidden: true };
    const bright = this.#pointed ?? (this.#chosen.nodes.size ? this.#chosen.nodes : null);
    if (!bright) return data;
    if (!bright.has(id)) return { ...data, color: FAINT_NODE, label: null, zIndex: 0 };
    return { ...data, zIndex: 2, forceLabel: bright.size <= MOST_FORCED_LABELS };
  }

  #dressEdge(index, data) {
    const weight = this.#weightOf(index);
    if (!weight || !this.#isNodeShown(data.ends[0]) || !this.#isNodeShown(data.ends[1])) return { ...data, hidden: true };
    const size = 1 + (WIDEST - 1) * Math.sqrt((weight - 1) / Math.max(1, this.#heaviest - 1));
    if (this.#chosen.edges.has(index)) return { ...data, color: CHOSEN_EDGE, zIndex: 3, size: Math.max(size, 2.5) };
    const isFaint = this.#pointed
      ? !(this.#pointed.has(data.ends[0]) && this.#pointed.has(data.ends[1]))
      : this.#chosen.nodes.size > 0;
    return isFaint ? { ...data, size, color: FAINT_EDGE, zIndex: 0 } : { ...data, size };
  }
}

function toGraph({ nodes, edges }) {
  const graph = new MultiDirectedGraph();
  for (const { id, label, x, y, size, colour } of nodes) {
    graph.addNode(id, { label: shorten(label), x, y, size: size * NODE_SCALE, color: colour, zIndex: 1 });
  }
  const bends = findBends(edges);
  edges.forEach(({ source, target, colour }, index) => {
    graph.addDirectedEdgeWithKey(String(index), source, target, {
      color: colour ?? EDGE,
      curvature: bends[index],
      ends: [source, target],
      hidden: source === target,
      type: bends[index] ? "curved" : "straight",
      zIndex: 1,
    });
  });
  return graph;
}

/**
 * Edges between the same two nodes would cover each other: all but one that is alone are bent.
 *
 * @returns {number[]} by edge; 0 is straight. A bend is to the left of its own direction, so that there and back lie apart.
 */
function findBends(edges) {
  const ranks = new Map();
  const rankOf = edges.map(({ source, target }) => {
    const way = JSON.stringify([source, target]);
    const rank = ranks.get(way) ?? 0;
    ranks.set(way, rank + 1);
    return rank;
  });
  return edges.map(({ source, target }, index) => {
    const isTwoWay = ranks.has(JSON.stringify([target, source]));
    return BEND * (rankOf[index] + (isTwoWay ? 1 : 0));
  });
}

function shorten(label) {
  const characters = Array.from(label.slice(0, 2 * LABEL_LENGTH));
  return characters.length > LABEL_LENGTH ? `${characters.slice(0, LABEL_LENGTH - 1).join("")}…` : label;
}
