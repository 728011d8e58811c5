// A claim, event or post with its sentence, who takes part in it and where it stands.

import { isolate, make } from "./dom.js";
import { CLAIM, ROLE } from "./model.js";
import { wordFrame, wordKind, wordStatement } from "./words.js";

const PART_WORDS = {
  cue: "the words that attribute it",
  trigger: "the word for what happens",
  source: "who says it",
  actor: "who does it",
  recipient: "to whom it is done",
  content: "what is said",
};

/** The sentence as elements, its parts marked. */
export function makeSentence(model, statement) {
  const pieces = model.cutSentence(statement).map(([part, text]) => {
    const title = PART_WORDS[part];
    return part ? make("mark", { class: part, title }, text) : text;
  });
  return make("blockquote", { dir: "auto" }, ...pieces);
}

/** The parties of a statement; those that are nodes are buttons. */
export function makeParties(model, parties, onNode) {
  const children = parties.flatMap((party, place) => {
    const name =
      typeof party === "number"
        ? make("button", { type: "button", class: "link", click: () => onNode(party) }, isolate(model.nameOf(party)))
        : isolate(party);
    return place ? [", ", name] : [name];
  });
  return make("span", { class: "parties" }, ...children);
}

/** Title and publisher of a document, with a link to it where it is on the web. */
export function makeSource({ title, publisher, address, iri }) {
  const name = isolate(title || iri);
  const parts = address
    ? [make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, name, make("span", { class: "away" }, " ↗"))]
    : [name];
  if (publisher) parts.push(", ", isolate(publisher));
  return make("span", { class: "source-name" }, ...parts);
}

/** The card of a statement. */
export function makeCard(model, statement, onNode) {
  const head = make("p", { class: "card-head" }, ...describe(model, statement, onNode));
  if (statement.day) head.append(" ", make("time", { datetime: statement.day }, statement.day));
  const chips = statement.frames.map((frame) => {
    const name = wordFrame(model.data.frames[frame]);
    return make("span", { class: "chip" }, statement.denied.includes(frame) ? `${name}, denied` : name);
  });
  const notes = statement.notes.map((note) => make("span", { class: "chip note" }, note));
  const found = `${statement.rule}, confidence ${statement.confidence}`;
  return make(
    "article",
    { class: "card", title: statement.iri },
    head,
    makeSentence(model, statement),
    chips.length + notes.length ? make("p", { class: "chips" }, ...notes, ...chips) : "",
    make("p", { class: "card-foot" }, makeSource(statement.document), make("span", { class: "found" }, found)),
  );
}

function describe(model, statement, onNode) {
  const { who, whom, kind } = statement;
  const left = who.length ? makeParties(model, who, onNode) : "Somebody who is not named";
  const right = whom.length ? makeParties(model, whom, onNode) : null;
  if (kind === CLAIM) return right ? [left, " on ", right] : [left];
  const word = make("b", {}, kind === ROLE ? wordStatement(statement) : wordKind(statement.type));
  return right ? [left, " – ", word, kind === ROLE ? ", " : " – ", right] : [left, " – ", word];
}
