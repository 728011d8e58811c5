// Elements made of text: nothing is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {object} [attributes] functions are listeners of the event that they are named after; false, null and undefined are left out.
 * @param {...(Node|string)} children strings become text.
 */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an element of SVG. */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A little square of a colour; colours come from the data, and the content policy forbids styles in attributes. */
export function makeSwatch(colour) {
  const attributes = { class: "swatch", width: 11, height: 11, viewBox: "0 0 11 11", "aria-hidden": "true" };
  return draw("svg", attributes, draw("rect", { width: 11, height: 11, rx: 2, fill: colour }));
}

/** Text of strangers with a direction of its own. */
export function isolate(text) {
  return make("bdi", {}, text);
}

/** "1 claim", "2 claims", "1,200 claims". */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Offer a file for saving. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
