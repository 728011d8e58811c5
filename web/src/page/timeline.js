// How many statements there are over time; a stretch of it can be dragged or typed.

import { count, draw, make } from "./dom.js";
import { toDay, toDayNumber } from "./model.js";

const MOST_BARS = 120;
const HEIGHT = 44;
const MS_A_DAY = 86_400_000;

export class Timeline {
  #days = new Map();
  #range = { from: null, until: null };
  #drag = null;

  /**
   * @param {HTMLElement} element
   * @param {number[]} days every day of the data, as numbers.
   * @param {(from: number | null, until: number | null) => void} onRange
   */
  constructor(element, days, onRange) {
    this.onRange = onRange;
    this.first = days.length ? days.reduce((least, day) => Math.min(least, day)) : null;
    this.last = days.length ? days.reduce((most, day) => Math.max(most, day)) : null;
    const bounds = days.length ? { min: toDay(this.first), max: toDay(this.last) } : { disabled: true };
    this.from = make("input", { type: "date", id: "from", ...bounds, change: () => this.#readInputs() });
    this.until = make("input", { type: "date", id: "until", ...bounds, change: () => this.#readInputs() });
    this.clear = make("button", { type: "button", hidden: true, click: () => onRange(null, null) }, "All dates");
    const fields = make(
      "div",
      { class: "dates" },
      make("label", { for: "from" }, "From"),
      this.from,
      make("label", { for: "until" }, "to"),
      this.until,
      this.clear,
    );
    this.chart = make("div", { class: "chart" });
    element.append(fields, this.chart);
    this.chart.addEventListener("pointerdown", (event) => this.#begin(event));
    this.chart.addEventListener("pointermove", (event) => this.#continue(event));
    this.chart.addEventListener("pointerup", (event) => this.#end(event));
    this.chart.addEventListener("pointercancel", () => this.#cancel());
    new ResizeObserver(() => this.#render()).observe(this.chart);
  }

  /** Show numbers of statements by day, and the range that is chosen; its ends are in it. */
  show(days, range) {
    this.#days = days;
    this.#range = range;
    this.from.value = range.from === null ? "" : toDay(range.from);
    this.until.value = range.until === null ? "" : toDay(range.until);
    this.clear.hidden = range.from === null && range.until === null;
    this.#render();
  }

  #readInputs() {
    const [from, until] = [this.from, this.until].map(({ value }) => (value ? toDayNumber(value) : null));
    this.onRange(from, until);
  }

  #render() {
    const width = this.chart.clientWidth;
    if (this.first === null || !width) return;
    const { starts, unit } = findBins(this.first, this.last);
    const sums = new Array(starts.length).fill(0);
    let bin = 0;
    for (const [day, sum] of [...this.#days].sort((one, other) => one[0] - other[0])) {
      while (bin + 1 < starts.length && starts[bin + 1] <= day) bin += 1;
      sums[bin] += sum;
    }
    const highest = Math.max(1, ...sums);
    const { from, until } = this.#drag ?? this.#range;
    const step = width / starts.length;
    const bars = sums.map((sum, place) => {
      const next = starts[place + 1] ?? this.last + 1;
      const isIn = next > (from ?? -Infinity) && starts[place] <= (until ?? Infinity);
      const height = sum ? Math.max(2, (sum / highest) * HEIGHT) : 0;
      const gap = step > 4 ? 1 : 0;
      const rect = { x: place * step, y: HEIGHT - height, width: Math.max(0.5, step - gap), height, class: isIn ? "bar" : "bar out" };
      return draw("rect", rect, draw("title", {}, `${unit} of ${toDay(starts[place])}: ${count(sum, "statement")}`));
    });
    const axis = draw("line", { x1: 0, x2: width, y1: HEIGHT + 0.5, y2: HEIGHT + 0.5, class: "axis" });
    const words = [
      draw("text", { x: 0, y: HEIGHT + 14 }, toDay(this.first)),
      draw("text", { x: width, y: HEIGHT + 14, "text-anchor": "end" }, toDay(this.last)),
      draw("text", { x: width / 2, y: HEIGHT + 14, "text-anchor": "middle" }, `statements by ${unit}`),
    ];
    const label = `Statements by ${unit}, from ${toDay(this.first)} to ${toDay(this.last)}`;
    const attributes = { width, height: HEIGHT + 18, role: "img", "aria-label": label };
    this.chart.replaceChildren(draw("svg", attributes, ...bars, axis, ...words));
    this.bins = { starts, width };
  }

  #findDay(event, isEnd) {
    const { starts, width } = this.bins;
    const { left } = this.chart.getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * starts.length);
    const bin = Math.min(starts.length - 1, Math.max(0, place));
    return isEnd ? (starts[bin + 1] ?? this.last + 1) - 1 : starts[bin];
  }

  #begin(event) {
    if (!this.bins || event.button !== 0) return;
    this.chart.setPointerCapture(event.pointerId);
    this.#drag = { origin: event, from: this.#findDay(event, false), until: this.#findDay(event, true) };
    this.#render();
  }

  #continue(event) {
    if (!this.#drag) return;
    const [left, right] = [this.#drag.origin, event].sort((one, other) => one.clientX - other.clientX);
    this.#drag = { origin: this.#drag.origin, from: this.#findDay(left, false), until: this.#findDay(right, true) };
    this.#render();
  }

  #end(event) {
    if (!this.#drag) return;
    this.#continue(event);
    const { from, until } = this.#drag;
    this.#drag = null;
    this.onRange(from, Math.min(until, this.last));
  }

  #cancel() {
    this.#drag = null;
    this.#render();
  }
}

/** The first days of days, weeks (from Monday), months or years, whichever are not too many to be told apart. */
function findBins(first, last) {
  const days = last - first + 1;
  if (days <= MOST_BARS) return { unit: "day", starts: Array.from({ length: days }, (_, place) => first + place) };
  const monday = first - ((((first + 3) % 7) + 7) % 7);
  const weeks = Math.ceil((last - monday + 1) / 7);
  if (weeks <= MOST_BARS) return { unit: "week", starts: Array.from({ length: weeks }, (_, place) => monday + 7 * place) };
  const [from, until] = [new Date(first * MS_A_DAY), new Date(last * MS_A_DAY)];
  const months = 12 * (until.getUTCFullYear() - from.getUTCFullYear()) + until.getUTCMonth() - from.getUTCMonth() + 1;
  const isMonthly = months <= MOST_BARS;
  const starts = Array.from({ length: isMonthly ? months : until.getUTCFullYear() - from.getUTCFullYear() + 1 }, (_, place) => {
    return Date.UTC(from.getUTCFullYear() + (isMonthly ? 0 : place), isMonthly ? from.getUTCMonth() + place : 0, 1) / MS_A_DAY;
  });
  return { unit: isMonthly ? "month" : "year", starts };
}
