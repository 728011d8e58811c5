// The SPARQL editor of the explorer.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./editor.css";

/**
 * Put an editor into an element.
 *
 * @param {HTMLElement} element what is in it is replaced.
 * @param {string} endpoint address of the endpoint; a relative one is read from the page's own.
 * @param {string} [query] what the editor shows; without it the last query of this browser.
 * @returns {Yasgui} the editor.
 */
export function openEditor(element, endpoint, query) {
  const address = new URL(endpoint, document.baseURI).href;
  // Other people's endpoints are of no use: the page may ask its own server alone.
  Yasgui.defaults.endpointCatalogueOptions.getData = () => [{ endpoint: address }];
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  element.replaceChildren();
  const editor = new Yasgui(element, {
    copyEndpointOnNewTab: true,
    persistenceId: "sayso",
    populateFromUrl: false,
    requestConfig: { endpoint: address, method: "POST" },
    yasqe: { createShareableLink: toLink, createShortLink: null },
  });
  const tab = editor.getTab();
  tab.setEndpoint(address);
  if (query !== undefined) tab.setQuery(query);
  const input = element.querySelector(".yasqe textarea");
  input?.setAttribute("aria-label", "SPARQL query");
  return editor;
}

/** The address of this page with the query of an editor, which `data-editor` shows again. */
function toLink(yasqe) {
  const address = new URL(location.href);
  address.search = new URLSearchParams({ query: yasqe.getValue() });
  address.hash = "";
  return address.href;
}

for (const element of document.querySelectorAll("[data-editor]")) {
  const asked = new URLSearchParams(location.search).get("query");
  openEditor(element, element.dataset.editor, asked ?? element.dataset.query);
}
