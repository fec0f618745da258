"""What readers see: accessible pages that fit a phone, in both colour schemes, and on paper."""

from __future__ import annotations

import pytest

from tests.browser.axe import COLOURS, faults

pytestmark = pytest.mark.browser

SEEN = """(selector) => [...document.querySelectorAll(selector)]
    .filter((part) => part.checkVisibility({checkVisibilityCSS: true}))
    .map((part) => part.className || part.tagName)"""

SLOW = """(limit) => [...document.querySelectorAll("*")].flatMap((part) => [
    "", "::before", "::after"].map((pseudo) => getComputedStyle(part, pseudo))
    .filter((style) => [style.transitionDuration, style.animationDuration]
        .some((times) => times.split(",").some((time) => parseFloat(time) > limit)))
    .map(() => part.className || part.tagName))"""


@pytest.fixture
def still(reader):
    """A reader who wants no motion: axe would measure colours half-way from one to the other."""
    return reader(reduced_motion="reduce")


def test_every_sort_of_page_is_accessible_in_both_colour_schemes(still, path):
    still.emulate_media(color_scheme="light")
    still.goto(path)
    assert faults(still) == []
    still.emulate_media(color_scheme="dark")
    assert faults(still, **COLOURS) == []


def test_the_error_page_is_accessible_in_both_colour_schemes(reader, serve, site):
    page = reader(home=serve(site, "/"), missing=True, reduced_motion="reduce")
    page.goto("en/sops/six-stops.html")
    page.locator("#pb-nearest a").first.wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == [], scheme


def test_phones_are_no_less_accessible(reader, language):
    page = reader(viewport={"width": 390, "height": 844}, is_mobile=True, reduced_motion="reduce")
    for name in ("index", "sops/six-step", "toolkits/decision-chain-sheet"):
        page.goto(f"{language}/{name}.html")
        if name == "index":
            page.locator("button[popovertarget=pb-sections]").first.click()
        assert faults(page) == [], name


WIDE = """() => [innerWidth, document.scrollingElement.scrollWidth,
    [...document.querySelectorAll("body *")]
        .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
        .map((part) => part.tagName + "." + part.getAttribute("class"))]"""


SMALL = """() => [...document.querySelectorAll("a[href], button, select, summary, input")]
    .filter((part) => part.checkVisibility({ checkVisibilityCSS: true }) && !part.closest("svg")
        && getComputedStyle(part).display !== "inline")
    .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
    .filter(([_, { width, height }]) => width > 1 && (width < 23.9 || height < 23.9))
    .map(([text, { width, height }]) => `${text}: ${width} x ${height}`)"""


def test_pages_fit_a_small_phone_and_a_thumb(reader, language, paths):
    page = reader(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    for path in paths:
        page.goto(path)
        inner, scrolled, wide = page.evaluate(WIDE)
        assert (inner, scrolled) == (360, 360), f"{path}: {wide}"
        assert page.evaluate(SMALL) == [], path


def test_the_error_page_fits_a_small_phone(reader, serve, site):
    page = reader(
        home=serve(site, "/"), missing=True, viewport={"width": 360, "height": 740}, is_mobile=True
    )
    page.goto("zh/tools/visit-checklist.html")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_the_text_keeps_a_readable_measure(page, language):
    page.goto(f"{language}/pages/opening-story.html")
    for width in (390, 800, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        ems = page.evaluate(
            """() => Math.max(...[...document.querySelectorAll("main .prose > p")]
                .map((p) => p.clientWidth / parseFloat(getComputedStyle(p).fontSize)))"""
        )
        assert ems <= (46 if language == "zh" else 44), width


def test_print_leaves_the_text_and_takes_the_furniture_away(page, language):
    page.goto(f"{language}/sops/six-step.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(SEEN, "header.top, body > footer, nav, .skip, main button") == []
    for part in ("main h1", "#step-qualify", "main .prose p"):
        assert page.locator(part).first.is_visible()
    ink, paper = page.evaluate(
        """() => [getComputedStyle(document.querySelector("main .prose p")).color,
            getComputedStyle(document.body).backgroundColor]"""
    )
    assert brightness(ink) < 100
    assert brightness(paper) > 250
    assert page.pdf().startswith(b"%PDF-")


def brightness(colour: str) -> float:
    """The mean of red, green and blue, 0 to 255; transparent counts as white."""
    numbers = [float(n) for n in colour[colour.index("(") + 1 : -1].split(",")]
    return 255.0 if len(numbers) == 4 and numbers[3] == 0 else sum(numbers[:3]) / 3


def test_wide_sheets_keep_their_columns_on_paper(page, language):
    page.set_viewport_size({"width": 1000, "height": 700})
    page.emulate_media(media="print")
    for name in ("health-dashboard", "competitor-monitor", "decision-chain-sheet", "risk-control"):
        page.goto(f"{language}/toolkits/{name}.html")
        sheet = page.locator("table.sheet")
        assert sheet.evaluate("(sheet) => getComputedStyle(sheet.closest('.part')).page") == "sheet"
        widths = sheet.evaluate(
            "(sheet) => [...sheet.rows[1].cells].map((cell) => cell.offsetWidth)"
        )
        assert min(widths) > 45, (name, widths)
        assert sheet.evaluate("(sheet) => sheet.offsetWidth") <= 1000, (name, widths)
        frame = sheet.locator("xpath=..")
        assert frame.evaluate("(frame) => frame.clientHeight >= frame.scrollHeight"), name


IN_SIGHT = """(frame) => {
    const { left, right, top, bottom } = frame.getBoundingClientRect();
    const [head, row] = [frame.querySelector("thead th"), frame.querySelector("tbody th")];
    return {
        columns: [...frame.querySelectorAll("thead th")]
            .filter((cell) => cell.getBoundingClientRect().right <= right + 1).length,
        beside: row.getBoundingClientRect().left - left,
        below: head.getBoundingClientRect().top - top,
        fits: bottom - top < innerHeight,
        left: frame.scrollLeft, top: frame.scrollTop };
}"""


def test_a_wide_sheet_has_the_room_of_a_desk(page, language):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{language}/toolkits/health-dashboard.html")
    text, frame = page.locator(".lead").first, page.locator(".table-frame")
    assert text.bounding_box()["width"] < 720 < 980 < frame.bounding_box()["width"]
    assert frame.evaluate(IN_SIGHT)["columns"] >= 8
    page.goto(f"{language}/toolkits/risk-control.html")
    assert frame.evaluate(IN_SIGHT)["columns"] == 8
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_sheet_is_scrolled_with_keys_and_keeps_its_head_and_first_column(page):
    page.goto("en/toolkits/health-dashboard.html")
    frame = page.locator(".table-frame")
    assert frame.evaluate(IN_SIGHT)["fits"]
    frame.focus()
    for key in ("ArrowRight", "ArrowDown"):
        for _ in range(3):
            page.keyboard.press(key)
    page.wait_for_function(
        "([frame]) => frame.scrollLeft > 50 && frame.scrollTop > 50",
        arg=[frame.element_handle()],
    )
    seen = frame.evaluate(IN_SIGHT)
    assert abs(seen["beside"]) < 2, seen
    assert abs(seen["below"]) < 2, seen


def test_the_contents_of_a_page_come_before_its_sheet_for_who_uses_them(page):
    page.goto("en/toolkits/health-dashboard.html#pb-sheet")
    seen = """(link) => {
        const { x, y, width, height } = link.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2).closest(".toc") !== null;
    }"""
    link = page.locator(".toc a[href='#pb-warnings']")
    assert not link.evaluate(seen)
    link.focus()
    assert link.evaluate(seen)


def test_a_team_stands_in_columns_on_a_phone(phone, language):
    phone.goto(f"{language}/roles/technical-consultant.html")
    lefts = phone.locator(".ratio li").evaluate_all(
        "(rows) => rows.map((row) => [...row.children].map((part) => part.offsetLeft))"
    )
    assert len(lefts) == 3
    assert lefts[0][0] < lefts[0][1] < lefts[0][2]
    assert lefts == [lefts[0]] * 3


def test_a_link_in_a_task_stays_in_its_line(page, language):
    page.goto(f"{language}/knowledge/map-auto-plant.html")
    links = page.locator(".task-list-item a").evaluate_all(
        "(links) => links.map((link) => getComputedStyle(link).display)"
    )
    assert links, "there is no task with a link"
    assert set(links) == {"inline"}


def test_nothing_moves_for_readers_who_want_no_motion(still):
    for name in ("index", "sops/six-step", "find"):
        still.goto(f"en/{name}.html")
        assert still.evaluate(SLOW, 0.01) == [], name
        behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
        assert still.evaluate(behaviour) == "auto", name


def test_motion_is_short(page):
    for name in ("index", "sops/six-step"):
        page.goto(f"en/{name}.html")
        assert page.evaluate(SLOW, 0.15) == [], name


SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) window.shifts += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_a_page_loads(reader, language, width):
    page = reader(viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    for name in ("index", "sops/six-step", "find"):
        page.goto(f"{language}/{name}.html")
        page.wait_for_timeout(300)
        assert page.evaluate("window.shifts") < 0.02, name


def test_the_colours_follow_the_device(page):
    page.goto("en/index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    assert brightness(page.evaluate(paper)) > 200
    page.emulate_media(color_scheme="dark")
    assert brightness(page.evaluate(paper)) < 60


THEME_BEFORE_BODY = """
new MutationObserver((_, watch) => {
  if (!document.body) return;
  window.themeBeforeBody = document.documentElement.dataset.theme || "system";
  watch.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def test_a_chosen_colour_scheme_is_kept_and_there_before_the_first_paint(reader):
    page = reader(color_scheme="light")
    page.add_init_script(THEME_BEFORE_BODY)
    page.goto("en/index.html")
    assert page.evaluate("themeBeforeBody") == "system"
    button = page.locator("header button.theme")
    names = [button.get_attribute("aria-label")]
    for _ in range(2):
        button.click()
        names.append(button.get_attribute("aria-label"))
    assert len(set(names)) == 3
    assert "dark" in (names[-1] or "")
    assert brightness(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 60
    page.goto("zh/sops/six-step.html")
    assert page.evaluate("themeBeforeBody") == "dark"
    assert brightness(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 60
    page.locator("header button.theme").click()
    page.reload()
    assert page.evaluate("themeBeforeBody") == "system"
    assert brightness(page.evaluate("getComputedStyle(document.body).backgroundColor")) > 200


FLOW = """() => [...document.querySelectorAll("main svg a[href^='#step-']")]
    .filter((step) => step.checkVisibility())
    .map((step) => {
        const box = step.querySelector("rect").getBBox();
        const texts = [...step.querySelectorAll("text")].map((text) => text.getBBox());
        const inside = (t) => t.x >= box.x && t.x + t.width <= box.x + box.width
            && t.y >= box.y && t.y + t.height <= box.y + box.height;
        return { href: step.getAttribute("href"), fits: texts.length > 0 && texts.every(inside),
            size: parseFloat(getComputedStyle(step.querySelector("text")).fontSize)
                * step.getScreenCTM().a };
    })"""


def test_the_flowchart_fits_its_boxes_and_leads_to_the_steps(page, language):
    names = ["qualify", "map", "discover", "design", "negotiate", "deliver"]
    for width in (390, 820, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{language}/sops/six-step.html")
        steps = page.evaluate(FLOW)
        assert [step["href"] for step in steps] == [f"#step-{name}" for name in names], width
        assert all(step["fits"] for step in steps), (width, steps)
        assert all(step["size"] >= 11 for step in steps), (width, steps)
        page.locator("main svg:visible a[href='#step-design']").click()
        assert page.url.endswith("#step-design")
        top = page.locator("#step-design").bounding_box()["y"]
        assert 0 <= top < 450, width


def test_the_flowchart_is_printed(page):
    page.goto("en/sops/six-step.html")
    page.emulate_media(media="print")
    assert len(page.evaluate(FLOW)) == 6


CHARTS = ["roles/lead-seller", "roadmap/growth", "cases/automation-firm",
          "assessments/candidate-matrix"]  # fmt: skip
LEAVING = """(slack) => [...document.querySelectorAll("main figure.chart svg")]
    .filter((svg) => svg.checkVisibility()).flatMap((svg) => {
        const { width, height } = svg.viewBox.baseVal;
        return [...svg.querySelectorAll("text")].filter((text) => {
            const box = text.getBBox();
            return box.x < -slack || box.x + box.width > width + slack
                || box.y < -slack || box.y + box.height > height + slack;
        }).map((text) => [text.textContent, text.getBBox().y, height]);
    })"""


def test_no_text_leaves_its_chart(page, language):
    slack = 4  # lines of Chinese are taller than what is drawn in them
    for name in CHARTS:
        page.goto(f"{language}/{name}.html")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(LEAVING, slack) == [], (name, width)
