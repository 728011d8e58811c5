// The statements that the filters let through as a table, and as a file for a spreadsheet.

import { makeParties, makeSentence, makeSource } from "./card.js";
import { count, make } from "./dom.js";
import { CLAIM } from "./model.js";
import { wordFrame, wordStatement } from "./words.js";

const ROWS_A_PAGE = 50;
const HEADS = ["Date", "Who", "What", "Whom", "Sentence", "Source"];
/** A spreadsheet takes a cell that begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export class List {
  #numbers = [];
  #page = 0;

  constructor(element, model, onNode) {
    this.element = element;
    this.model = model;
    this.onNode = onNode;
  }

  /** Show these statements, the newest first. */
  show(numbers) {
    this.#numbers = sortByDay(this.model, numbers);
    this.#page = 0;
    this.#render();
  }

  #render() {
    const pages = Math.max(1, Math.ceil(this.#numbers.length / ROWS_A_PAGE));
    const begin = this.#page * ROWS_A_PAGE;
    const rows = this.#numbers.slice(begin, begin + ROWS_A_PAGE).map((number) => makeRow(this.model, number, this.onNode));
    const turn = (by, words) => {
      const isEnd = this.#page + by < 0 || this.#page + by >= pages;
      return make("button", { type: "button", disabled: isEnd, click: () => this.#turn(by) }, words);
    };
    const table = makeTable(rows);
    const place = `Page ${this.#page + 1} of ${pages}, ${count(this.#numbers.length, "statement")}`;
    const pager = make("p", { class: "pager" }, turn(-1, "Newer"), make("span", {}, place), turn(1, "Older"));
    this.element.replaceChildren(table, pager);
    this.element.scrollTop = 0;
  }

  #turn(by) {
    this.#page += by;
    this.#render();
  }
}

/** The first of the statements as a table for paper. */
export function makePrintedList(model, numbers, limit) {
  const sorted = sortByDay(model, numbers);
  const rows = sorted.slice(0, limit).map((number) => makeRow(model, number, () => {}));
  const rest = sorted.length > limit ? [make("p", {}, `and ${count(sorted.length - limit, "further statement")}`)] : [];
  return [makeTable(rows), ...rest];
}

/** @returns {string} all of these statements as CSV (RFC 4180). */
export function toCsv(model, numbers) {
  const heads = ["date", "kind", "who", "what", "whom", "frames", "notes", "sentence", "title", "publisher", "address", "confidence", "found_by", "iri"];
  const lines = sortByDay(model, numbers).map((number) => {
    const statement = model.statements[number];
    const { document } = statement;
    const name = (parties) => parties.map((party) => model.nameOf(party)).join("; ");
    return [
      statement.day,
      ["claim", "event", "post"][statement.kind],
      name(statement.who),
      statement.kind === CLAIM ? "" : statement.type,
      name(statement.whom),
      statement.frames.map((frame) => model.data.frames[frame]).join("; "),
      statement.notes.join("; "),
      statement.text,
      document.title,
      document.publisher,
      document.address,
      String(statement.confidence),
      statement.rule,
      statement.iri,
    ];
  });
  return [heads, ...lines].map((cells) => cells.map(toCell).join(",")).join("\r\n") + "\r\n";
}

function toCell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function sortByDay(model, numbers) {
  const day = (number) => model.statements[number].dayNumber ?? -Infinity;
  return [...numbers].sort((one, other) => (day(other) === day(one) ? one - other : day(other) - day(one)));
}

function makeTable(rows) {
  const heads = HEADS.map((head) => make("th", { scope: "col" }, head));
  return make("table", { class: "list" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
}

function makeRow(model, number, onNode) {
  const statement = model.statements[number];
  const words = statement.kind === CLAIM ? statement.frames.map((frame) => wordFrame(model.data.frames[frame])) : [wordStatement(statement)];
  const sentence = make("td", { class: "sentence" }, makeSentence(model, statement));
  return make(
    "tr",
    { title: statement.iri },
    make("td", { class: "day" }, statement.day),
    make("td", {}, makeParties(model, statement.who, onNode)),
    make("td", {}, [...words, ...statement.notes].join(", ")),
    make("td", {}, makeParties(model, statement.whom, onNode)),
    sentence,
    make("td", {}, makeSource(statement.document)),
  );
}
