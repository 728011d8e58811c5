"""The exported page in a browser, opened from disk."""

import pytest

from tests.web.browser import WITHOUT_WEBGL, open_page, start_browser, wait_until

DRAWN = "html[data-state=drawn]"


@pytest.fixture
def press(page, press_page):
    page.page.goto(press_page)
    page.page.wait_for_selector(DRAWN)
    return page.page


def count(press, name):
    return int(press.inner_text(f"[data-count={name}] b").replace(",", ""))


def settle(press):
    """Wait for what the last change of a filter leads to: it is done with the next picture."""
    press.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def read_counts(press):
    settle(press)
    return tuple(count(press, name) for name in ("statement", "node", "tie"))


def find_box(press, words):
    return press.locator("label.box", has=press.locator(".words", has_text=words)).locator("input")


def find_middle(press, source, target):
    """Where the straight line between two nodes has its middle, on the screen."""
    return press.evaluate(
        """([source, target]) => {
          const box = document.querySelector(".graph");
          const ids = [source, target].map((label) => box.picture.graph.findNode((_, data) => data.label === label));
          const [one, other] = ids.map((id) => box.picture.find(id));
          const { left, top } = box.getBoundingClientRect();
          return [left + (one.x + other.x) / 2, top + (one.y + other.y) / 2];
        }""",
        [source, target],
    )


def find_node(press, label):
    return find_middle(press, label, label)


def test_it_opens_from_disk_and_asks_for_nothing_else(page, press_page):
    page.page.goto(press_page)
    page.page.wait_for_selector(DRAWN)
    page.page.wait_for_timeout(300)
    assert page.requests == [press_page]
    page.take_picture("page")


def test_the_counts_are_those_of_the_store(press):
    statements, nodes, ties = read_counts(press)
    assert (statements, nodes) == (12, 5)
    assert ties == press.evaluate("document.querySelector('.graph').picture.graph.size")


def test_something_is_drawn_in_the_colour_of_persons(press):
    x, y = find_node(press, "Anna Noor")
    colour = press.evaluate(
        """([x, y]) => {
          const box = document.querySelector(".graph");
          const { left, top } = box.getBoundingClientRect();
          const copy = box.picture.copy();
          const ratio = copy.width / box.clientWidth;
          return [...copy.getContext("2d").getImageData((x - left) * ratio, (y - top) * ratio, 1, 1).data];
        }""",
        [x, y],
    )
    data = press.evaluate("JSON.parse(document.getElementById('data').textContent)")
    node = next(index for index, row in enumerate(data["nodes"]) if row[1] == "Anna Noor")
    expected = data["colours"][next(row[4] for row in data["layouts"][0] if row[0] == node)]
    assert "#{:02x}{:02x}{:02x}".format(*colour[:3]) == expected


def list_names(press):
    """The names that are drawn, each with its left, top, right and lower end in the picture, and the picture's width."""
    return press.evaluate(
        """() => {
          const { picture, clientWidth } = document.querySelector(".graph");
          const drawn = [];
          const { fillText } = CanvasRenderingContext2D.prototype;
          CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
            drawn.push([text, x, y - 9, x + this.measureText(text).width, y]);
            fillText.call(this, text, x, y);
          };
          picture.copy();
          CanvasRenderingContext2D.prototype.fillText = fillText;
          return [drawn, clientWidth];
        }"""
    )


@pytest.mark.parametrize("width", [1280, 420])
def test_every_name_in_the_picture_is_within_it(press, width):
    press.set_viewport_size({"width": width, "height": 800})
    settle(press)
    names, end = list_names(press)
    assert {name for name, *_ in names} >= {"Anna Noor", "Bram Veld", "Harbour League"}
    assert [name for name, left, _, right, _ in names if left < 0 or right > end] == []


def test_names_of_near_nodes_do_not_cover_each_other(press):
    press.evaluate(
        """() => {
          const { graph } = document.querySelector(".graph").picture;
          const place = (name, x, y) => graph.mergeNodeAttributes(graph.findNode((_, { label }) => label === name), { x, y });
          const reach = 100;
          place("Ostia", -reach, -reach);
          place("Harbour League", reach, reach);
          place("Anna Noor", 0, 0);
          place("Bram Veld", 12, 0);
        }"""
    )
    press.mouse.move(*find_node(press, "Anna Noor"))
    settle(press)
    names, _ = list_names(press)
    boxes = {name: box for name, *box in names}
    assert len(boxes) > 1
    for one, (left, top, right, bottom) in boxes.items():
        for other, box in boxes.items():
            assert one == other or right <= box[0] or box[2] <= left or bottom <= box[1] or box[3] <= top, (one, other)


def test_a_name_that_is_searched_opens_its_statements(press):
    press.fill("#search", "bram")
    assert press.inner_text("#found [role=option] bdi") == "Bram Veld"
    press.keyboard.press("Enter")
    assert press.inner_text(".panel h2") == "Bram Veld"
    assert press.input_value("#search") == ""
    assert "Noor said that Veld had denied that Ostia was stalling." in press.inner_text(".panel")


def test_search_knows_names_without_their_accents_and_from_the_middle(press):
    press.fill("#search", "NOÓR")
    assert press.inner_text("#found [role=option] bdi") == "Anna Noor"


def test_words_that_are_searched_leave_the_statements_that_have_them(press):
    press.fill("#search", "westerland attack")
    assert read_counts(press)[0] == 1
    press.fill("#search", "no such words")
    assert read_counts(press) == (0, 0, 0)
    press.fill("#search", "")
    assert read_counts(press)[0] == 12


def test_an_edge_that_is_clicked_shows_the_sentence_with_its_parts_marked(page, press):
    press.select_option("#view", "roles")
    settle(press)
    press.mouse.click(*find_middle(press, "Anna Noor", "Harbour League"))
    assert press.inner_text(".panel h2") == "Anna Noor holds a post at Harbour League"
    assert press.inner_text(".panel blockquote") == "Harbour League secretary Anna Noor"
    press.select_option("#view", "events")
    settle(press)
    press.mouse.click(*find_middle(press, "Bram Veld", "Anna Noor"))
    card = press.locator(".panel .card", has_text="Veld met Noor.")
    marks = card.locator("mark").evaluate_all("marks => marks.map(mark => [mark.className, mark.textContent])")
    assert marks == [["actor", "Veld"], ["trigger", "met"], ["recipient", "Noor"]]
    page.take_picture("page-edge")


def test_each_of_two_bent_edges_is_found_where_it_is_drawn(press):
    places = press.evaluate(
        """() => {
          const { picture } = document.querySelector(".graph");
          return picture.graph.filterEdges((_, { curvature, ends }) => curvature && ends[0] !== ends[1]).map((key) => {
            const { curvature, ends } = picture.graph.getEdgeAttributes(key);
            const [one, other] = ends.map((id) => picture.find(id));
            // The middle of a curve of the second degree lies half as far out as its control point.
            const x = (one.x + other.x) / 2 + ((other.y - one.y) * curvature) / 2;
            const y = (one.y + other.y) / 2 - ((other.x - one.x) * curvature) / 2;
            return [Number(key), picture.findEdge({ x, y })];
          });
        }"""
    )
    assert len(places) >= 2
    assert all(edge == found for edge, found in places)


def test_a_node_that_is_clicked_shows_what_it_says_and_what_is_said_of_it(press):
    press.mouse.click(*find_node(press, "Anna Noor"))
    press.wait_for_selector(".panel-head")
    assert press.inner_text(".panel h2") == "Anna Noor"
    assert press.locator(".group summary b").first.inner_text() == "speaks of"
    press.keyboard.press("Escape")
    assert press.inner_text(".panel h2 >> nth=0") == "Most connected"


def test_a_card_tells_who_when_and_where_and_links_to_the_source(press):
    press.fill("#search", "anna")
    press.keyboard.press("Enter")
    card = press.locator(".card", has_text="Anna Noor said Ostia is stalling and that Bram Veld is a threat.")
    assert card.locator("time").inner_text() == "2025-03-01"
    assert card.locator(".card-foot a").get_attribute("href") == "https://quay.example/one"
    assert "The Quay" in card.locator(".card-foot").inner_text()
    assert "rule:verb-complement, confidence 0.9" in card.inner_text()
    assert [chip.inner_text() for chip in card.locator(".chip").all()] == ["stalling", "threat"]


def test_who_did_not_say_it_is_marked(press):
    press.click("text=List")
    assert "did not say so" in press.locator("tr", has_text="Clara Silent").inner_text()


def test_a_kind_that_is_left_out_takes_its_ties_along(press):
    before = read_counts(press)
    find_box(press, "speaks of").uncheck()
    after = read_counts(press)
    assert after[2] < before[2]
    assert after[0] < before[0]
    find_box(press, "speaks of").check()
    assert read_counts(press) == before


def test_a_type_that_is_left_out_takes_its_nodes_along(press):
    find_box(press, "State").uncheck()
    # The picture is drawn anew with the next frame.
    wait_until(
        press,
        """(wanted) => {
          const { graph, sigma } = document.querySelector(".graph").picture;
          const shown = graph.filterNodes((id) => !sigma.getNodeDisplayData(id).hidden);
          return shown.map((id) => graph.getNodeAttribute(id, "label")).sort().join() === wanted;
        }""",
        "Anna Noor,Bram Veld,Harbour League",
    )


def test_only_claims_of_the_chosen_frame_stay(press):
    press.select_option("#frame", label="threat")
    assert read_counts(press)[0] == 1
    press.click("text=Clear all filters")
    assert read_counts(press)[0] == 12


def test_less_certain_statements_go_where_confidence_is_asked_for(press):
    press.fill("#confidence", "0.95")
    assert read_counts(press)[0] == 1


def test_dates_leave_out_what_is_before_and_after_them(press):
    press.fill("#from", "2025-03-05")
    after = read_counts(press)[0]
    press.fill("#from", "2025-02-01")
    press.fill("#until", "2025-03-04")
    before = read_counts(press)[0]
    undated = press.evaluate(
        "JSON.parse(document.getElementById('data').textContent).statements.filter((row) => row[3] < 0).length"
    )
    assert min(before, after) > 0
    assert before + after + undated == 12


def test_a_stretch_of_the_timeline_can_be_dragged(press):
    box = press.locator(".chart svg").bounding_box()
    press.mouse.move(box["x"] + 2, box["y"] + 20)
    press.mouse.down()
    press.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    press.mouse.up()
    settle(press)
    assert press.input_value("#from") == "2025-02-27"
    assert press.input_value("#until") < "2025-03-08"
    assert 0 < count(press, "statement") < 12


def test_views_have_their_own_nodes(press):
    press.select_option("#view", "discourse")
    settle(press)
    labels = press.evaluate("document.querySelector('.graph').picture.graph.mapNodes((_, data) => data.label)")
    assert "is stalling" in labels
    press.select_option("#view", "roles")
    assert read_counts(press) == (1, 2, 1)


def test_the_list_has_a_row_for_each_statement_and_narrows_to_a_name(page, press):
    press.click("text=List")
    assert press.locator("table.list tbody tr").count() == 12
    press.locator("table.list button", has_text="Bram Veld").first.click()
    assert 0 < press.locator("table.list tbody tr").count() < 12
    assert "only Bram Veld" in press.inner_text(".only")
    page.take_picture("page-list")


def test_the_list_is_saved_as_csv(press):
    with press.expect_download() as saving:
        press.click("text=Save list (CSV)")
    lines = saving.value.path().read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("date,kind,who,what,whom,frames,")
    assert len(lines) == 14
    assert any(line.startswith("2025-03-01,claim,Anna Noor,,Ostia; Bram Veld,stalling; threat,") for line in lines)


def test_the_picture_is_saved_as_png(press):
    with press.expect_download() as saving:
        press.click("text=Save picture")
    assert saving.value.path().read_bytes().startswith(b"\x89PNG")


def test_everything_can_be_done_by_keyboard(press):
    press.keyboard.press("/")
    press.keyboard.type("ost")
    press.keyboard.press("ArrowDown")
    press.keyboard.press("Enter")
    assert press.evaluate("document.activeElement.textContent") == "Ostia"
    press.focus(".graph")
    ratio = press.evaluate("document.querySelector('.graph').picture.sigma.getCamera().ratio")
    press.keyboard.press("+")
    wait_until(press, "before => document.querySelector('.graph').picture.sigma.getCamera().ratio < before", ratio)
    press.keyboard.press("Escape")
    assert press.inner_text(".panel h2 >> nth=0") == "Most connected"


def test_what_is_seen_is_in_the_address_and_is_seen_again_there(press):
    press.select_option("#view", "actors")
    press.fill("#search", "said")
    press.fill("#until", "2025-03-05")
    press.fill("#confidence", "0.6")
    press.select_option("#frame", label="stalling")
    press.click(".ranking button >> text=Anna Noor")
    press.click("text=List")
    wait_until(press, "location.hash.includes('show=list')")
    rows, address = press.locator("table.list tbody tr").all_inner_texts(), press.url
    press.goto("about:blank")
    press.goto(address)
    press.wait_for_selector(DRAWN)
    assert press.locator("table.list tbody tr").all_inner_texts() == rows
    assert press.input_value("#view") == "actors"
    assert press.input_value("#search") == "said"
    assert "only Anna Noor" in press.inner_text(".only")
    press.click("text=Graph")
    assert press.inner_text(".panel h2") == "Anna Noor"


def test_an_address_of_another_page_is_passed_over(press, press_page):
    press.goto("about:blank")
    press.goto(f"{press_page}#view=none&frame=none&from=2025-99-99&confidence=x&node=none&without=none&show=none&__proto__=1")
    press.wait_for_selector(DRAWN)
    assert read_counts(press)[0] == 12


def test_what_has_the_focus_is_outlined(press):
    press.focus(".graph")
    press.keyboard.press("Shift+Tab")
    assert press.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_every_field_and_button_has_a_name(press):
    nameless = press.evaluate(
        """() => [...document.querySelectorAll("button, input, select")].filter((e) =>
          !e.textContent.trim() && !e.getAttribute("aria-label") && !(e.labels && e.labels.length)).map((e) => e.outerHTML)"""
    )
    assert nameless == []


CONTRASTS = """() => {
  const channel = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const background = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const isSeen = walker.currentNode.textContent.trim() && element.getClientRects().length;
    if (!isSeen || element.closest("[disabled], option, svg")) continue;
    const [one, other] = [parse(getComputedStyle(element).color), background(element)].map(luminance).sort((a, b) => b - a);
    found.push([(one + 0.05) / (other + 0.05), element.className + " " + walker.currentNode.textContent.slice(0, 30)]);
  }
  return found;
}"""


@pytest.mark.parametrize("mode", ["Graph", "List"])
def test_all_text_has_the_contrast_of_wcag_aa(press, mode):
    press.fill("#search", "anna")
    press.keyboard.press("Enter")
    press.click(f".switch >> text={mode}")
    found = press.evaluate(CONTRASTS)
    assert len(found) > 30
    assert [entry for entry in found if entry[0] < 4.5] == []


def test_in_a_narrow_window_nothing_is_cut_off(browser, press_page):
    with open_page(browser, viewport={"width": 400, "height": 800}) as watched:
        watched.page.goto(press_page)
        watched.page.wait_for_selector(DRAWN)
        assert watched.page.evaluate("document.scrollingElement.scrollWidth") <= 400
        assert watched.page.locator(".graph canvas").first.bounding_box()["height"] > 300
        watched.page.screenshot(path=str(watched.take_picture("page-narrow")), full_page=True)


def test_paper_gets_the_picture_and_the_statements(press):
    press.emulate_media(media="print")
    press.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert press.locator(".print tbody tr").count() == 12
    assert press.locator(".tools").is_hidden()
    is_blank = press.evaluate(
        """() => {
          const canvas = document.querySelector(".print canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.every((value) => value === 255);
        }"""
    )
    assert not is_blank
    press.evaluate("dispatchEvent(new Event('afterprint'))")
    assert press.locator(".print").inner_text() == ""


def test_without_webgl_there_is_the_list_and_a_line_that_says_why(press_page):
    with start_browser(*WITHOUT_WEBGL) as plain, open_page(plain) as watched:
        watched.page.goto(press_page)
        watched.page.wait_for_selector("html[data-state=listed]")
        assert "cannot draw with WebGL" in watched.page.inner_text(".notice")
        assert watched.page.locator("table.list tbody tr").count() == 12
        watched.page.fill("#search", "westerland")
        wait_until(watched.page, "document.querySelectorAll('table.list tbody tr').length < 12")
        watched.take_picture("page-without-webgl")
    assert watched.complaints == []
    assert watched.requests == [press_page]


def test_without_scripts_there_are_the_tables(browser, press_page):
    with open_page(browser, java_script_enabled=False) as watched:
        watched.page.goto(press_page)
        text = watched.page.inner_text("body")
        assert watched.page.locator("h1").bounding_box()["y"] < 100
        watched.take_picture("page-without-scripts")
    assert "Anna Noor said Ostia is stalling and that Bram Veld is a threat." in text
    assert "Harbour League secretary Anna Noor" in text


def test_the_policy_of_the_page_stops_requests_and_foreign_scripts(browser, press_page):
    with open_page(browser) as watched:
        watched.page.goto(press_page)
        watched.page.wait_for_selector(DRAWN)
        refused = watched.page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', (error) => error.name)")
        watched.page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = 1' }))"
        )
        assert refused == "TypeError"
        assert watched.page.title() == "Who says what about whom"
    assert len([text for text in watched.complaints if "Content Security Policy" in text]) >= 2
