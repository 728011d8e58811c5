// The network picture of the explorer's pages.

import { canDraw, Picture } from "./picture.js";

/**
 * Draw a network into an element.
 *
 * @param {HTMLElement} element what is in it is replaced, unless there is no WebGL.
 * @param {{nodes: object[], edges: object[]}} network as `Picture` takes it; `href` of a node or edge is opened on click.
 * @returns {Picture | null} null where this browser has no WebGL: the element is left as it is.
 */
export function drawPicture(element, network) {
  if (!canDraw()) return null;
  element.replaceChildren();
  const hrefs = new Map(network.nodes.map((node) => [node.id, node.href]));
  return new Picture(element, network, {
    onNode: (id) => follow(hrefs.get(id)),
    onEdge: (index) => follow(network.edges[index].href),
  });
}

function follow(href) {
  if (href) location.assign(new URL(href, document.baseURI));
}

async function drawFrom(element) {
  const answer = await fetch(element.dataset.picture, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${element.dataset.picture}: ${answer.status}`);
  const network = await answer.json();
  element.picture = drawPicture(element, network);
  element.dataset.state = element.picture ? "drawn" : "no-webgl";
}

for (const element of document.querySelectorAll("[data-picture]")) {
  drawFrom(element).catch((error) => {
    element.dataset.state = "failed";
    console.error(error);
  });
}
