// Where the names of nodes are drawn in a picture.

/** Between a node and its name, and between a name and the end of the picture, in pixels. */
const GAP = 3;

/** Where names stand: beside their nodes, within the picture, and apart from each other where there is room. */
export class Names {
  #boxes = new Map();

  /** Forget where names stood: all are drawn anew. */
  clear() {
    this.#boxes.clear();
  }

  /** Draw a name on a halo that keeps it apart from the edges below; a name that is drawn again has its place. */
  draw(context, { key, label, x, y, size }, { labelFont, labelSize, labelWeight, labelColor }) {
    if (!label) return;
    context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = "#ffffff";
    if (!this.#boxes.has(key)) this.#boxes.set(key, this.#choose(context, { x, y, size }, context.measureText(label).width, labelSize));
    const { left, bottom } = this.#boxes.get(key);
    context.strokeText(label, left, bottom);
    context.fillStyle = labelColor.color;
    context.fillText(label, left, bottom);
  }

  /** The first place that is free: right, left, above, below, above or below to the right; else right, or left where the picture ends there. */
  #choose(context, { x, y, size }, length, height) {
    const width = context.canvas.width / context.getTransform().a;
    const distance = size + GAP;
    const box = (left, bottom) => ({ left, right: left + length, top: bottom - height * 0.8, bottom });
    const middle = y + height / 3;
    const right = box(x + distance, middle);
    // The name of a node that is out of the picture goes out with it.
    if (x < 0 || x > width) return right;
    const left = box(Math.max(x - distance - length, GAP), middle);
    const rows = [y - distance, y + distance + height * 0.7];
    const places = [right, left, ...[x - length / 2, x + distance].flatMap((start) => rows.map((bottom) => box(start, bottom)))];
    const within = places.filter((place) => place.left >= 0 && place.right <= width);
    const taken = [...this.#boxes.values()];
    return within.find((place) => !taken.some((other) => overlap(place, other))) ?? within[0] ?? left;
  }
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
