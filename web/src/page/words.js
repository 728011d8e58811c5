// How kinds, frames and statements are worded for people.

import { CLAIM, EVENT } from "./model.js";

const KIND_WORDS = {
  "speaks-of": "speaks of",
  role: "holds a post at",
  supportive: "supports",
  critical: "criticises",
  affirms: "affirms",
  rejects: "rejects",
  asks: "asks about",
};

/** The same from the other end. */
const INVERSE_WORDS = {
  "speaks-of": "is spoken of by",
  role: "has posts held by",
  supportive: "is supported by",
  critical: "is criticised by",
  affirms: "is affirmed by",
  rejects: "is rejected by",
  asks: "is asked about by",
};

/** Events by PLOVER's four classes: what helps, what harms. */
const COOPERATION = new Set(["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "YIELD"]);

const COLOURS = {
  "speaks-of": "#8fa3b9",
  reports: "#8fa3b9",
  role: "#b39acb",
  supportive: "#5fae83",
  affirms: "#5fae83",
  critical: "#d67a61",
  rejects: "#d67a61",
  asks: "#c9ab4c",
};

/** "ASSAULT" is "assault", "speaks-of" is "speaks of". */
export function wordKind(kind) {
  return KIND_WORDS[kind] ?? kind.toLowerCase().replaceAll("-", " ");
}

/** The same, seen from a node that such ties begin or end at. */
export function wordDirection(kind, isOut) {
  if (KIND_WORDS[kind]) return isOut ? KIND_WORDS[kind] : INVERSE_WORDS[kind];
  return isOut ? `${wordKind(kind)} →` : `← ${wordKind(kind)}`;
}

/** "wants-peace" is "wants peace". */
export function wordFrame(frame) {
  return frame.replaceAll("-", " ");
}

/** An opaque colour for the edges of a kind, light enough for names to be read over it. */
export function findEdgeColour(kind) {
  if (COLOURS[kind]) return COLOURS[kind];
  return COOPERATION.has(kind) ? "#6fb3a2" : "#d98a66";
}

/** What a statement is, in a word: "claim", "assault", "foreign minister". */
export function wordStatement(statement) {
  if (statement.kind === CLAIM) return "claim";
  if (statement.kind === EVENT) return wordKind(statement.type);
  return statement.type || "member";
}
