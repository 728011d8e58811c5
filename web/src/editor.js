// The SPARQL editor of the explorer.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";

/**
 * Put an editor into an element.
 *
 * @param {HTMLElement} element what is in it is replaced.
 * @param {string} endpoint address of the endpoint; a relative one is read from the page's own.
 * @param {string} [query] what the editor shows; without it the last query of this browser, or a first example.
 * @returns {Yasgui} the editor.
 */
export function openEditor(element, endpoint, query) {
  const address = new URL(endpoint, document.baseURI).href;
  // A catalogue of other people's endpoints is of no use: the page may ask its own server alone.
  Yasgui.defaults.endpointCatalogueOptions.getData = () => [{ endpoint: address }];
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.queryingDisabled = undefined;
  element.replaceChildren();
  const editor = new Yasgui(element, {
    requestConfig: { endpoint: address, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: "sayso",
    populateFromUrl: false,
    yasqe: query === undefined ? {} : { value: query },
  });
  const tab = editor.getTab();
  tab.setEndpoint(address);
  if (query !== undefined) tab.setQuery(query);
  return editor;
}

for (const element of document.querySelectorAll("[data-editor]")) {
  openEditor(element, element.dataset.editor, element.dataset.query);
}
