// The search field: what is typed filters statements, and the names that fit are offered below.

import { make } from "./dom.js";

const OFFERED = 8;

export class Search {
  #found = [];
  #active = -1;

  /**
   * @param {HTMLElement} element
   * @param {(text: string) => number[]} findNodes
   * @param {(node: number) => Node[]} describe what is shown of a node.
   * @param {{onText: (text: string) => void, onNode: (node: number) => void}} listeners
   */
  constructor(element, findNodes, describe, listeners) {
    this.findNodes = findNodes;
    this.describe = describe;
    this.listeners = listeners;
    this.options = make("ul", { id: "found", role: "listbox", "aria-label": "Names that fit", hidden: true });
    this.input = make("input", {
      type: "search",
      id: "search",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "Search names and sentences",
      "aria-label": "Search",
      "aria-controls": "found",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      input: () => this.#type(),
      keydown: (event) => this.#press(event),
      blur: () => setTimeout(() => this.#close(), 150),
      focus: () => this.#offer(),
    });
    element.append(this.input, this.options);
  }

  /** Show this text without acting on it. */
  show(text) {
    if (this.input.value !== text) this.input.value = text;
  }

  #type() {
    this.listeners.onText(this.input.value);
    this.#offer();
  }

  #offer() {
    this.#found = this.findNodes(this.input.value, OFFERED);
    this.#active = -1;
    const options = this.#found.map((node, place) =>
      make("li", { role: "option", id: `found-${place}`, "aria-selected": "false", mousedown: (event) => this.#choose(event, node) }, ...this.describe(node)),
    );
    this.options.replaceChildren(...options);
    this.options.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  #press(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (!this.options.hidden) this.#close();
      else if (this.input.value) {
        this.input.value = "";
        this.#type();
      }
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.options.hidden) this.#offer();
      const length = this.#found.length;
      if (length) this.#activate((this.#active + (event.key === "ArrowDown" ? 1 : length - (this.#active < 0 ? 0 : 1))) % length);
      event.preventDefault();
    } else if (event.key === "Enter" && this.#found.length) {
      this.#choose(event, this.#found[Math.max(0, this.#active)]);
    }
  }

  #activate(place) {
    this.#active = place;
    [...this.options.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    this.input.setAttribute("aria-activedescendant", `found-${place}`);
    this.options.children[place]?.scrollIntoView({ block: "nearest" });
  }

  #choose(event, node) {
    event.preventDefault();
    this.input.value = "";
    this.#close();
    this.listeners.onText("");
    this.listeners.onNode(node);
  }

  #close() {
    this.options.hidden = true;
    this.#found = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
