// What is left out: kinds of ties, types of actors, frames, what is less certain.

import { make, makeSwatch } from "./dom.js";
import { findEdgeColour, wordFrame, wordKind } from "./words.js";

export class Filters {
  #kinds = new Map();
  #types = new Map();

  /**
   * @param {HTMLElement} element
   * @param {import("./model.js").Model} model
   * @param {object} criteria is read, never changed.
   * @param {(changes: object) => void} onChange gets new values of criteria.
   */
  constructor(element, model, criteria, onChange) {
    this.model = model;
    this.onChange = onChange;
    this.kindBox = make("fieldset", {}, make("legend", {}, "Ties"));
    this.typeBox = make("fieldset", {}, make("legend", {}, "Nodes"));
    this.frame = make("select", { id: "frame", change: () => onChange({ frame: this.frame.value === "" ? null : Number(this.frame.value) }) });
    this.frame.append(make("option", { value: "" }, "Any"));
    model.data.frames.forEach((frame, number) => this.frame.append(make("option", { value: number }, wordFrame(frame))));
    this.confidence = make("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05, value: 0 });
    this.confidenceValue = make("output", { for: "confidence" }, "0");
    this.confidence.addEventListener("input", () => onChange({ confidence: Number(this.confidence.value) }));
    this.reset = make("button", { type: "button", class: "reset", click: () => onChange(null) }, "Clear all filters");
    element.append(
      make("div", { class: "field" }, make("label", { for: "frame" }, "Frame"), this.frame),
      make("div", { class: "field" }, make("label", { for: "confidence" }, "Confidence at least ", this.confidenceValue), this.confidence),
      this.kindBox,
      this.typeBox,
      this.reset,
    );
    if (!model.data.frames.length) this.frame.parentElement.hidden = true;
    this.showView(criteria);
  }

  /** Offer the kinds and types of another view. */
  showView(criteria) {
    const view = this.model.view(criteria.view);
    this.#kinds = this.#replaceBoxes(this.kindBox, view.kinds.map((kind) => [kind, wordKind(kind), findEdgeColour(kind)]), "kinds");
    if (criteria.view === "network" && this.model.statements.some(({ index }) => !this.model.tied.has(index))) {
      this.untied = this.#makeBox("without a tie", null, () => this.onChange({ untied: this.untied.input.checked }));
      this.untied.label.title = "Statements whose parties are not both known: they are in the list, not in the graph";
      this.kindBox.append(this.untied.label);
    } else {
      this.untied = null;
    }
    const colours = new Map(view.nodes.map(({ index, colour }) => [this.model.nodes[index].type, colour]));
    const types = [...colours].sort((one, other) => (one[0] < other[0] ? -1 : 1));
    this.#types = this.#replaceBoxes(this.typeBox, types.map(([type, colour]) => [type, type, colour]), "types");
  }

  /** Show what is chosen, and how many statements and nodes there are of each. */
  show(criteria, { kindCounts, typeCounts, untiedCount }) {
    this.frame.value = criteria.frame === null ? "" : String(criteria.frame);
    this.confidence.value = String(criteria.confidence);
    this.confidenceValue.textContent = String(criteria.confidence);
    for (const [boxes, counts, gone] of [
      [this.#kinds, kindCounts, criteria.kinds],
      [this.#types, typeCounts, criteria.types],
    ]) {
      for (const [name, box] of boxes) showBox(box, counts.get(name) ?? 0, !gone.has(name));
    }
    if (this.untied) showBox(this.untied, untiedCount, criteria.untied);
    this.criteria = criteria;
  }

  #replaceBoxes(element, rows, criterion) {
    const boxes = new Map();
    for (const [name, words, colour] of rows) {
      const change = () => {
        const gone = new Set(this.criteria[criterion]);
        if (boxes.get(name).input.checked) gone.delete(name);
        else gone.add(name);
        this.onChange({ [criterion]: gone });
      };
      boxes.set(name, this.#makeBox(words, colour, change));
    }
    const only = rows.length > 3 ? [this.#makeToggle(rows.map(([name]) => name), criterion)] : [];
    element.replaceChildren(element.firstChild, ...only, ...[...boxes.values()].map(({ label }) => label));
    return boxes;
  }

  #makeToggle(names, criterion) {
    const all = make("button", { type: "button", class: "link", click: () => this.onChange({ [criterion]: new Set() }) }, "all");
    const none = make("button", { type: "button", class: "link", click: () => this.onChange({ [criterion]: new Set(names) }) }, "none");
    return make("p", { class: "toggle" }, all, " · ", none);
  }

  #makeBox(words, colour, change) {
    const input = make("input", { type: "checkbox", change });
    const sum = make("span", { class: "sum" });
    const label = make("label", { class: "box" }, input, colour ? makeSwatch(colour) : "", make("span", { class: "words" }, words), sum);
    return { label, input, sum };
  }
}

function showBox({ label, input, sum }, number, isChecked) {
  input.checked = isChecked;
  sum.textContent = number.toLocaleString("en");
  label.classList.toggle("empty", number === 0);
}
