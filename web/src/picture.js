// The picture of a network by sigma, for the exported page and the explorer alike.

import { EdgeCurvedArrowProgram, indexParallelEdgesIndex } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram } from "sigma/rendering";

const FAINT_NODE = "#e3e5e8";
const EDGE = "#b9bec6";
const CHOSEN_EDGE = "#1f2328";
/** Edges get wider with the root of their weight, from 1 to this many pixels. */
const WIDEST = 6;

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
 * Nodes are {id, label, type, x, y, size, colour}, edges {source, target, kind, weight}, ends by the id of the node.
 */
export class Picture {
  /**
   * @param {HTMLElement} element has a size of its own.
   * @param {{nodes: object[], edges: object[]}} network
   * @param {{onNode?: (id: string) => void, onEdge?: (index: number) => void, onNothing?: () => void}} [listeners]
   */
  constructor(element, network, listeners = {}) {
    this.hidden = { nodes: new Set(), edges: new Set() };
    this.chosen = { nodes: new Set(), edges: new Set() };
    this.pointed = null;
    this.graph = toGraph(network);
    this.sigma = new Sigma(this.graph, element, {
      allowInvalidContainer: true,
      defaultEdgeType: "straight",
      edgeProgramClasses: { straight: EdgeArrowProgram, curved: EdgeCurvedArrowProgram },
      enableEdgeEvents: Boolean(listeners.onEdge),
      hideEdgesOnMove: this.graph.size > 10_000,
      labelDensity: 0.8,
      labelFont: "system-ui, sans-serif",
      labelRenderedSizeThreshold: 5,
      minCameraRatio: 0.02,
      maxCameraRatio: 3,
      nodeReducer: (id, data) => this.#dressNode(id, data),
      edgeReducer: (key, data) => this.#dressEdge(Number(key), data),
      stagePadding: 40,
      zIndex: true,
    });
    this.sigma.on("enterNode", ({ node }) => this.#point(node));
    this.sigma.on("leaveNode", () => this.#point(null));
    if (listeners.onNode) this.sigma.on("clickNode", ({ node }) => listeners.onNode(node));
    if (listeners.onEdge) this.sigma.on("clickEdge", ({ edge }) => listeners.onEdge(Number(edge)));
    if (listeners.onNothing) this.sigma.on("clickStage", () => listeners.onNothing());
  }

  /** Draw without these nodes (ids) and edges (indices). */
  hide(nodes, edges) {
    this.hidden = { nodes, edges };
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Make these nodes and edges stand out; with none of either all look alike. */
  choose(nodes, edges) {
    this.chosen = { nodes, edges };
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Move the camera so that the node is in the middle. */
  show(id) {
    const { x, y } = this.sigma.getNodeDisplayData(id);
    this.#move({ x, y, ratio: Math.min(this.sigma.getCamera().ratio, 0.5) });
  }

  zoom(factor) {
    this.#move({ ratio: this.sigma.getBoundedCameraState
      ? this.sigma.getCamera().ratio / factor : this.sigma.getCamera().ratio / factor });
  }

  reset() {
    this.#move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  kill() {
    this.sigma.kill();
  }

  #move(state) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.sigma.getCamera().animate(state, { duration: calm ? 0 : 250 });
  }

  #point(id) {
    this.pointed = id && new Set([id, ...this.graph.neighbors(id)]);
    this.sigma.refresh({ skipIndexation: true });
  }

  #dressNode(id, data) {
    if (this.hidden.nodes.has(id)) return { ...data, hidden: true };
    const bright = this.pointed ?? (this.chosen.nodes.size ? this.chosen.nodes : null);
    if (!bright) return data;
    if (!bright.has(id)) return { ...data, color: FAINT_NODE, label: null, zIndex: 0 };
    return { ...data, zIndex: 2, forceLabel: bright.size < 40 };
  }

  #dressEdge(index, data) {
    if (this.hidden.edges.has(index)) return { ...data, hidden: true };
    if (this.chosen.edges.has(index)) return { ...data, color: CHOSEN_EDGE, zIndex: 3, size: Math.max(data.size, 2) };
    const isDimmed = this.pointed
      ? !(this.pointed.has(data.ends[0]) && this.pointed.has(data.ends[1]))
      : this.chosen.nodes.size > 0;
    return isDimmed ? { ...data, color: "#eef0f2", zIndex: 0 } : data;
  }
}

function toGraph(network) {
  const graph = new MultiDirectedGraph();
  for (const node of network.nodes) {
    const { id, label, x, y, size, colour } = node;
    graph.addNode(id, { label, x, y, size, color: colour, zIndex: 1 });
  }
  const heaviest = Math.max(1, ...network.edges.map((edge) => edge.weight));
  network.edges.forEach((edge, index) => {
    const size = 1 + (WIDEST - 1) * Math.sqrt((edge.weight - 1) / Math.max(1, heaviest - 1));
    const attributes = { size, color: EDGE, ends: [edge.source, edge.target], zIndex: 1 };
    graph.addDirectedEdgeWithKey(String(index), edge.source, edge.target, attributes);
  });
  bendParallelEdges(graph);
  return graph;
}

/** Edges between the same two nodes would cover each other: each of them gets a bend of its own. */
function bendParallelEdges(graph) {
  indexParallelEdgesIndex(graph, { edgeIndexAttribute: "rank", edgeMinIndexAttribute: "least", edgeMaxIndexAttribute: "most" });
  graph.forEachEdge((key, { rank, most }) => {
    if (typeof rank !== "number") return;
    const bend = most ? (rank / most) * 0.5 : 0;
    graph.mergeEdgeAttributes(key, bend ? { type: "curved", curvature: bend } : { type: "straight" });
  });
}
