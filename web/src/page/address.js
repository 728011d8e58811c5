// What is seen as a part of the page's address, so that it can be sent and come back to.

import { toDay, toDayNumber } from "./model.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @returns {string} what follows `#`; empty where all is as at first. Names stand for numbers, which another export may change. */
export function toAddress(model, criteria, chosen, isListed) {
  const parts = new URLSearchParams();
  const set = (name, value) => {
    if (value) parts.set(name, value);
  };
  set("view", criteria.view === model.views[0].name ? "" : criteria.view);
  set("search", criteria.text.trim());
  set("frame", criteria.frame === null ? "" : model.data.frames[criteria.frame]);
  set("from", criteria.from === null ? "" : toDay(criteria.from));
  set("until", criteria.until === null ? "" : toDay(criteria.until));
  set("confidence", criteria.confidence ? String(criteria.confidence) : "");
  for (const [name, gone] of [["without", criteria.kinds], ["without-type", criteria.types]]) {
    for (const value of [...gone].sort()) parts.append(name, value);
  }
  set("untied", criteria.untied ? "" : "no");
  set("show", isListed ? "list" : "");
  set("node", chosen?.node === undefined ? "" : model.nodes[chosen.node].iri);
  return parts.toString();
}

/**
 * Read it back; what this page does not have is passed over.
 *
 * @returns {{criteria: object, chosen: {node: number} | null, isListed: boolean}}
 */
export function readAddress(model, text) {
  const parts = new URLSearchParams(text);
  const criteria = {};
  const view = model.views.find(({ name }) => name === parts.get("view"));
  criteria.view = (view ?? model.views[0]).name;
  if (parts.has("search")) criteria.text = parts.get("search");
  const frame = model.data.frames.indexOf(parts.get("frame"));
  if (frame >= 0) criteria.frame = frame;
  for (const name of ["from", "until"]) {
    const day = parts.get(name) ?? "";
    if (DAY.test(day) && !Number.isNaN(toDayNumber(day))) criteria[name] = toDayNumber(day);
  }
  const confidence = Number(parts.get("confidence"));
  if (confidence > 0 && confidence <= 1) criteria.confidence = confidence;
  criteria.kinds = new Set(parts.getAll("without"));
  criteria.types = new Set(parts.getAll("without-type"));
  if (parts.get("untied") === "no") criteria.untied = false;
  const { nodes } = model.view(criteria.view);
  const node = nodes.find(({ index }) => model.nodes[index].iri === parts.get("node"));
  return { criteria, chosen: node ? { node: node.index } : null, isListed: parts.get("show") === "list" };
}
