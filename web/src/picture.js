// The picture of a network by sigma, for the exported page and the explorer alike.

import { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";

import { Names } from "./names.js";

const FAINT_NODE = "#e3e5e8";
const FAINT_EDGE = "#f0f1f3";
const EDGE = "#9aa3af";
const CHOSEN_EDGE = "#16191d";
/** Edges get wider with the root of their weight, from the one to the other, in pixels. */
const NARROWEST = 1.5;
const WIDEST = 7;
/** Sizes of nodes are made for Gephi, which draws on a larger sheet: radii in pixels are this share of them. */
const NODE_SCALE = 0.45;
const MOST_FORCED_LABELS = 12;
/** How far the first of several edges between two nodes is bent; each further one as much again. */
const BEND = 0.16;
const LABEL_LENGTH = 40;
/** More edges than these are drawn as plain lines: arrows and bends could not be told apart, and take several times as long. */
const MOST_ARROWS = 5_000;
/** More edges than these do not follow the pointer or a move of the picture: they would be redrawn too often. */
const MOST_LIVELY_EDGES = 6_000;
/** How far from an edge a click is still meant for it, in pixels. */
const REACH = 6;
/** A bent edge is taken for so many straight pieces where a click is looked for. */
const PIECES = 12;

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
  #shown;
  #chosen = { nodes: new Set(), edges: new Set() };
  #pointed = null;
  #heaviest;
  #size;

  /**
   * @param {HTMLElement} element has a size of its own.
   * @param {{nodes: object[], edges: object[]}} network
   * @param {{onNode?: (id: string) => void, onEdge?: (index: number) => void, onNothing?: () => void}} [listeners]
   * @param {object} [shown] as `update` takes it; all is drawn at first if it is missing.
   */
  constructor(element, network, listeners = {}, shown = null) {
    this.#shown = shown ?? { isNodeShown: () => true, weightOf: (index) => network.edges[index].weight, edgeCount: network.edges.length };
    this.#heaviest = network.edges.reduce((most, edge) => Math.max(most, edge.weight), 1);
    this.graph = toGraph(network);
    const isLively = this.graph.size <= MOST_LIVELY_EDGES;
    const names = new Names();
    const drawName = (...name) => names.draw(...name);
    this.sigma = new Sigma(this.graph, element, {
      allowInvalidContainer: true,
      defaultDrawNodeHover: drawName,
      defaultDrawNodeLabel: drawName,
      defaultEdgeType: "straight",
      edgeProgramClasses: { straight: EdgeArrowProgram, curved: EdgeCurvedArrowProgram, line: EdgeLineProgram },
      hideEdgesOnMove: !isLively,
      itemSizesReference: "screen",
      labelColor: { color: "#16191d" },
      labelDensity: 0.7,
      labelFont: "system-ui, sans-serif",
      labelRenderedSizeThreshold: 3,
      labelSize: 12.5,
      maxCameraRatio: 3,
      minCameraRatio: 0.01,
      minEdgeThickness: 1.4,
      nodeReducer: (id, data) => this.#dressNode(id, data),
      edgeReducer: (key, data) => this.#dressEdge(Number(key), data),
      stagePadding: 55,
      zIndex: true,
    });
    this.sigma.on("beforeRender", () => names.clear());
    this.#size = [element.clientWidth, element.clientHeight];
    this.observer = new ResizeObserver(() => this.#fit(element));
    this.observer.observe(element);
    this.sigma.on("enterNode", ({ node }) => {
      element.classList.add("pointing");
      if (isLively) this.#point(node);
    });
    this.sigma.on("leaveNode", () => {
      element.classList.remove("pointing");
      if (isLively) this.#point(null);
    });
    if (listeners.onNode) this.sigma.on("clickNode", ({ node }) => listeners.onNode(node));
    this.sigma.on("clickStage", ({ event }) => {
      const edge = listeners.onEdge ? this.findEdge(event) : null;
      if (edge !== null) listeners.onEdge(edge);
      else listeners.onNothing?.();
    });
    if (listeners.onEdge && isLively) {
      this.sigma.on("moveBody", ({ event }) => {
        if (!this.#pointed) element.classList.toggle("pointing", this.findEdge(event) !== null);
      });
    }
  }

  /**
   * Draw a part of the network, and make some of it stand out.
   *
   * @param {{isNodeShown: (id: string) => boolean, weightOf: (index: number) => number, edgeCount: number}} shown the weight of an
   *   edge is that of now; it is not drawn where that is 0. edgeCount: of how many it is not.
   * @param {{nodes: Set<string>, edges: Set<number>}} chosen with none of either all look alike.
   */
  update(shown, chosen) {
    this.#shown = shown;
    this.#chosen = chosen;
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

  /** @returns {{x: number, y: number}} where the node is now, in pixels from the element's upper left corner. */
  find(id) {
    return this.sigma.framedGraphToViewport(this.sigma.getNodeDisplayData(id));
  }

  /**
   * @param {{x: number, y: number}} place in pixels from the element's upper left corner.
   * @returns {number | null} the edge that is nearest to the place, within a few pixels.
   */
  findEdge(place) {
    let [found, least] = [null, REACH];
    const { isNodeShown, weightOf } = this.#shown;
    const places = new Map();
    const find = (id) => {
      if (!places.has(id)) places.set(id, this.find(id));
      return places.get(id);
    };
    this.graph.forEachEdge((key, { curvature, ends: [source, target] }) => {
      if (source === target || !weightOf(Number(key)) || !isNodeShown(source) || !isNodeShown(target)) return;
      const distance = measureDistance(place, find(source), find(target), this.#isPlain ? 0 : curvature);
      if (distance <= least) [found, least] = [Number(key), distance];
    });
    return found;
  }

  kill() {
    this.observer.disconnect();
    this.sigma.kill();
  }

  get #isPlain() {
    return this.#shown.edgeCount > MOST_ARROWS;
  }

  #fit(element) {
    const size = [element.clientWidth, element.clientHeight];
    // It is told of the size at the beginning, too; drawing all again for that would double the time to the first picture.
    if (!size[0] || !size[1] || String(size) === String(this.#size)) return;
    this.#size = size;
    this.sigma.resize();
    this.#refresh();
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

  // What sigma hands over is a copy of the attributes, made anew each time.
  #dressNode(id, data) {
    if (!this.#shown.isNodeShown(id)) {
      data.hidden = true;
      return data;
    }
    const bright = this.#pointed ?? (this.#chosen.nodes.size ? this.#chosen.nodes : null);
    if (!bright) return data;
    if (bright.has(id)) {
      data.zIndex = 2;
      data.forceLabel = bright.size <= MOST_FORCED_LABELS;
    } else {
      data.color = FAINT_NODE;
      data.label = null;
      data.zIndex = 0;
    }
    return data;
  }

  #dressEdge(index, data) {
    const { isNodeShown, weightOf } = this.#shown;
    const weight = weightOf(index);
    const [source, target] = data.ends;
    if (!weight || !isNodeShown(source) || !isNodeShown(target)) {
      data.hidden = true;
      return data;
    }
    if (this.#isPlain) data.type = "line";
    data.size = NARROWEST + (WIDEST - NARROWEST) * Math.sqrt((weight - 1) / Math.max(1, this.#heaviest - 1));
    if (this.#chosen.edges.has(index)) {
      if (this.#chosen.edges.size === 1) data.color = CHOSEN_EDGE;
      data.size = Math.max(data.size, 2.5);
      data.zIndex = 3;
    } else if (this.#pointed ? !(this.#pointed.has(source) && this.#pointed.has(target)) : this.#chosen.nodes.size) {
      data.color = FAINT_EDGE;
      data.zIndex = 0;
    }
    return data;
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

/** How far a place is from the edge between two others, which is bent as the shader bends it (a curve of the second degree). */
function measureDistance(place, source, target, curvature) {
  if (!curvature) return measureToPiece(place, source, target);
  const middle = {
    x: (source.x + target.x) / 2 + (target.y - source.y) * curvature,
    y: (source.y + target.y) / 2 - (target.x - source.x) * curvature,
  };
  const reached = (share) => {
    const [one, two, three] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
    return { x: one * source.x + two * middle.x + three * target.x, y: one * source.y + two * middle.y + three * target.y };
  };
  let [least, before] = [Infinity, source];
  for (let piece = 1; piece <= PIECES; piece += 1) {
    const next = reached(piece / PIECES);
    least = Math.min(least, measureToPiece(place, before, next));
    before = next;
  }
  return least;
}

function measureToPiece(place, begin, end) {
  const [across, down] = [end.x - begin.x, end.y - begin.y];
  const length = across ** 2 + down ** 2;
  const share = length ? Math.min(1, Math.max(0, ((place.x - begin.x) * across + (place.y - begin.y) * down) / length)) : 0;
  return Math.hypot(place.x - begin.x - share * across, place.y - begin.y - share * down);
}

function shorten(label) {
  const characters = Array.from(label.slice(0, 2 * LABEL_LENGTH));
  return characters.length > LABEL_LENGTH ? `${characters.slice(0, LABEL_LENGTH - 1).join("")}…` : label;
}
