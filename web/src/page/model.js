// The data of the page (kg/export/page_data.py writes it) and what of it the filters let through.

export const CLAIM = 0;
export const EVENT = 1;
export const ROLE = 2;

const PARTS = ["", "cue", "trigger", "source", "actor", "recipient", "content"];
const MS_A_DAY = 86_400_000;
const NUMBERS_A_RELATION = 5;

const VIEWS = [
  { name: "network", label: "All ties between actors", families: ["speaks-of", "events", "roles"] },
  { name: "actors", label: "Who speaks of whom", families: ["speaks-of"] },
  { name: "events", label: "Who does what to whom", families: ["events"] },
  { name: "roles", label: "Who holds which post", families: ["roles"] },
  { name: "stances", label: "Who backs or criticises whom", families: ["stances"] },
  { name: "discourse", label: "Who takes up which frame", families: ["discourse"] },
];

/** Letters without their marks, in lower case: what a search compares. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
}

/** The number of an ISO date, in days; 1970-01-01 is 0. */
export function toDayNumber(day) {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / MS_A_DAY);
}

/** The ISO date of such a number. */
export function toDay(number) {
  return new Date(number * MS_A_DAY).toISOString().slice(0, 10);
}

export class Model {
  #views = new Map();
  #folded = null;

  constructor(data) {
    this.data = data;
    this.dayNumbers = data.days.map(toDayNumber);
    this.statements = data.statements.map((row, index) => this.#toStatement(row, index));
    this.nodes = data.nodes.map(([iri, label, type, wikidata], index) => ({ index, iri, label, type: data.types[type], wikidata }));
    this.families = new Map(data.families.map((family) => [family.name, family]));
    this.views = VIEWS.filter((view) => view.families.some((name) => this.families.get(name)?.relations.length));
    if (!this.views.length) this.views = [VIEWS[0]];
    this.tied = new Set();
    for (const { relations } of data.families) {
      for (let at = 0; at < relations.length; at += NUMBERS_A_RELATION) this.tied.add(relations[at + 3]);
    }
  }

  #toStatement([kind, document, sentence, day, confidence, rule, marks, who, whom, facts], index) {
    const { data } = this;
    const [title, publisher, author, published, address, documentIri] = data.documents[document];
    return {
      index,
      kind,
      document: { index: document, title, publisher, author, published, address, iri: documentIri },
      sentence,
      text: data.sentences[sentence],
      day: day < 0 ? "" : data.days[day],
      dayNumber: day < 0 ? null : this.dayNumbers[day],
      confidence,
      rule: data.rules[rule],
      marks,
      who,
      whom,
      iri: facts.iri.startsWith("#") ? documentIri + facts.iri : facts.iri,
      frames: facts.frames ?? [],
      denied: facts.denied ?? [],
      type: facts.type ?? "",
      notes: facts.notes ?? [],
    };
  }

  /** The sentence of a statement, cut into [part, text]; part is empty outside all parts. */
  cutSentence(statement) {
    const pieces = [];
    let at = 0;
    for (let place = 0; place < statement.marks.length; place += 2) {
      const end = at + statement.marks[place + 1];
      pieces.push([PARTS[statement.marks[place]], statement.text.slice(at, end)]);
      at = end;
    }
    return pieces;
  }

  /** The name of a party of a statement: a node, or the text of whom the document does not name. */
  nameOf(party) {
    return typeof party === "number" ? this.nodes[party].label : party;
  }

  /**
   * The network of a view, before any filter.
   *
   * @returns {{nodes: object[], edges: object[], relations: object[], kinds: string[]}} nodes have {index, x, y, size, colour}, edges
   *   {index, source, target, kind}, relations {edge, statement, confidence}: all numbers. Each statement is once in an edge.
   */
  view(name) {
    if (!this.#views.has(name)) this.#views.set(name, this.#makeView(name));
    return this.#views.get(name);
  }

  #makeView(name) {
    const { data } = this;
    const families = VIEWS.find((view) => view.name === name).families.map((family) => this.families.get(family));
    const edges = new Map();
    const relations = [];
    const ends = new Set();
    for (const { relations: numbers } of families.filter(Boolean)) {
      for (let at = 0; at < numbers.length; at += NUMBERS_A_RELATION) {
        const [source, target, kind, statement, confidence] = numbers.slice(at, at + NUMBERS_A_RELATION);
        const key = `${source} ${target} ${kind}`;
        let edge = edges.get(key);
        if (!edge) {
          edge = { index: edges.size, source, target, kind: data.kinds[kind], statements: new Set() };
          edges.set(key, edge);
          ends.add(source).add(target);
        }
        if (edge.statements.has(statement)) continue;
        edge.statements.add(statement);
        relations.push({ edge: edge.index, statement, confidence: confidence / 100 });
      }
    }
    const looks = data.layouts[families.find(Boolean)?.layout ?? 0];
    const nodes = looks
      .filter(([node]) => ends.has(node))
      .map(([index, x, y, size, colour]) => ({ index, x, y, size, colour: data.colours[colour] }));
    const list = [...edges.values()];
    return { nodes, edges: list, relations, kinds: [...new Set(list.map((edge) => edge.kind))].sort() };
  }

  /**
   * What the filters let through.
   *
   * @param {object} criteria view; kinds and types (sets of those that are left out); frame (number or null); from and until (day
   *   numbers or null); confidence; text; untied (whether statements that tie no two nodes are listed).
   * @returns {object} weights by edge and evidence (a map from those edges whose weight is not 0 to their statements), shown (a set
   *   of nodes), statements (numbers, by document and place), kindCounts, typeCounts, untiedCount: each as it would be without its own filter; days: numbers of statements by day number, whatever the dates.
   */
  select(criteria) {
    const { edges, relations, nodes } = this.view(criteria.view);
    const matches = this.#findMatches(criteria);
    const isDated = criteria.from !== null || criteria.until !== null;
    const inDates = ({ dayNumber }) =>
      !isDated || (dayNumber !== null && dayNumber >= (criteria.from ?? -Infinity) && dayNumber <= (criteria.until ?? Infinity));
    const weights = new Uint32Array(edges.length);
    const evidence = new Map();
    const shown = new Set();
    const statements = new Set();
    const perKind = new Map();
    const dated = new Set();
    const isTypeLeftOut = (node) => criteria.types.has(this.nodes[node].type);
    const typeSeen = new Set();
    for (const { edge: place, statement: number, confidence } of relations) {
      const edge = edges[place];
      const statement = this.statements[number];
      if (confidence < criteria.confidence || !matches(statement)) continue;
      const isIn = inDates(statement);
      const isKind = !criteria.kinds.has(edge.kind);
      if (isIn && isKind) typeSeen.add(edge.source).add(edge.target);
      if (isTypeLeftOut(edge.source) || isTypeLeftOut(edge.target)) continue;
      if (isKind) dated.add(number);
      if (!isIn) continue;
      if (!perKind.has(edge.kind)) perKind.set(edge.kind, new Set());
      perKind.get(edge.kind).add(number);
      if (!isKind) continue;
      weights[place] += 1;
      if (weights[place] === 1) evidence.set(place, []);
      evidence.get(place).push(number);
      shown.add(edge.source).add(edge.target);
      statements.add(number);
    }
    let untiedCount = 0;
    if (criteria.view === "network") {
      for (const statement of this.statements) {
        if (this.tied.has(statement.index) || statement.confidence < criteria.confidence || !matches(statement)) continue;
        if (criteria.untied) dated.add(statement.index);
        if (!inDates(statement)) continue;
        untiedCount += 1;
        if (criteria.untied) statements.add(statement.index);
      }
    }
    const typeCounts = new Map();
    for (const { index } of nodes) {
      if (typeSeen.has(index)) typeCounts.set(this.nodes[index].type, (typeCounts.get(this.nodes[index].type) ?? 0) + 1);
    }
    const days = new Map();
    for (const number of dated) {
      const { dayNumber } = this.statements[number];
      if (dayNumber !== null) days.set(dayNumber, (days.get(dayNumber) ?? 0) + 1);
    }
    return {
      weights,
      evidence,
      shown,
      statements: [...statements].sort((one, other) => one - other),
      kindCounts: new Map([...perKind].map(([kind, numbers]) => [kind, numbers.size])),
      typeCounts,
      untiedCount,
      days,
    };
  }

  /** The nodes of a view whose name has the words, those that begin with them first. */
  findNodes(view, text, limit) {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const found = [];
    for (const { index, size } of this.view(view).nodes) {
      const name = fold(this.nodes[index].label);
      const at = name.indexOf(wanted);
      if (at >= 0) found.push({ index, size, rank: at === 0 ? 0 : name[at - 1] === " " ? 1 : 2 });
    }
    found.sort((one, other) => one.rank - other.rank || other.size - one.size || one.index - other.index);
    return found.slice(0, limit).map(({ index }) => index);
  }

  #findMatches({ frame, text }) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const texts = words.length ? this.#foldTexts() : null;
    return (statement) =>
      (frame === null || statement.frames.includes(frame)) && words.every((word) => texts[statement.index].includes(word));
  }

  /** What is searched of each statement: its sentence, its parties, and its document's title and publisher. */
  #foldTexts() {
    if (!this.#folded) {
      const sentences = this.data.sentences.map(fold);
      const documents = this.data.documents.map(([title, publisher]) => fold(`${title} ${publisher}`));
      const names = this.nodes.map(({ label }) => fold(label));
      const nameOf = (party) => (typeof party === "number" ? names[party] : fold(party));
      this.#folded = this.statements.map(({ sentence, document, who, whom, type }) =>
        [sentences[sentence], ...[...who, ...whom].map(nameOf), fold(type), documents[document.index]].join("\n"),
      );
    }
    return this.#folded;
  }
}
