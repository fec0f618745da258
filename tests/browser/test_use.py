"""What readers do: find their way, change language, take a sheet along."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SOP = "sops/six-step.html"
FOCUS = """() => {
    const part = document.activeElement, style = getComputedStyle(part);
    return { tag: part.tagName, type: part.type || "", href: part.getAttribute("href") || "",
        within: part.closest("nav, header, main, footer")?.tagName || "",
        id: part.id, shown: part.checkVisibility(),
        marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== "none"
            || [...part.querySelectorAll("rect")]
                .some((rect) => parseFloat(getComputedStyle(rect).strokeWidth) >= 3) };
}"""


def tab(page, times):
    """Where each press of the tab key leads."""
    stops = []
    for _ in range(times):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    return stops


def test_the_first_stop_skips_to_the_text(page, language):
    page.goto(f"{language}/{SOP}")
    (first,) = tab(page, 1)
    assert first["href"] == "#pb-main"
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "pb-main"
    (following,) = tab(page, 1)
    assert page.locator("main :focus").count() == 1, following


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page):
    page.goto(f"en/{SOP}")
    stops = tab(page, 60)
    assert [stop for stop in stops if not stop["shown"] or not stop["marked"]] == []
    assert any(stop["type"] == "search" for stop in stops)
    assert any(stop["href"].endswith("toolkits/index.html") for stop in stops)
    assert any(stop["href"].startswith("../../zh/") for stop in stops)
    order = [stop["within"] for stop in stops if stop["within"]]
    assert order.index("HEADER") < order.index("MAIN")


def test_slash_goes_to_the_search(page):
    for name in ("index", "sops/six-step", "find", "tags/index"):
        page.goto(f"en/{name}.html")
        page.keyboard.press("/")
        field = page.locator("input[type=search]:focus")
        expect(field, name).to_be_visible()
        expect(field, name).to_have_value("")
        page.keyboard.type("a/b")
        expect(field, name).to_have_value("a/b")


def test_the_drawer_on_phones_opens_and_closes_by_keyboard(phone, words, language):
    names = words[language]["nav"]
    phone.goto(f"{language}/{SOP}")
    drawer = phone.get_by_role("navigation", name=names["sections"], exact=True)
    opener = phone.get_by_role("button", name=names["menu"])
    expect(drawer).to_be_hidden()
    opener.focus()
    phone.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    assert any(phone.locator("#pb-sections :focus").count() for _ in tab(phone, 1))
    phone.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    phone.keyboard.press("Space")
    drawer.get_by_role("button", name=names["close"]).focus()
    phone.keyboard.press("Enter")
    expect(drawer).to_be_hidden()
    opener.click()
    drawer.get_by_role("link", name=words[language]["kind"]["tool"]["many"]).click()
    phone.wait_for_url("**/toolkits/index.html")
    expect(drawer).to_be_hidden()


def test_search_is_at_the_thumb_on_phones(phone, language):
    phone.goto(f"{language}/{SOP}")
    field = phone.locator("input[type=search]").first
    expect(field).to_be_in_viewport()
    phone.mouse.wheel(0, 2500)
    expect(field).to_be_in_viewport()
    box = field.bounding_box()
    assert box["height"] >= 40


def test_the_language_link_leads_to_the_same_page_and_back(page, address):
    for name in ("index", "sops/six-step", "tags/risk", "people/lin-wei", "find"):
        page.goto(f"en/{name}.html")
        for code, tag in (("zh", "zh-Hans"), ("en", "en")):
            page.locator(f"header a[data-language={code}]").click()
            page.wait_for_url(f"{address}{code}/{name}.html")
            assert page.locator("html").get_attribute("lang") == tag, name


@pytest.mark.parametrize(
    ("locale", "code"),
    [("en-US", "en"), ("en-GB", "en"), ("zh-CN", "zh"), ("zh-TW", "zh"), ("fr-FR", "en")],
)
def test_the_root_leads_to_the_language_of_the_browser(reader, address, locale, code):
    page = reader(locale=locale)
    page.goto(address)
    page.wait_for_url(f"{address}{code}/index.html")


def test_the_root_leads_to_the_language_chosen_before(reader, address):
    page = reader(locale="zh-CN")
    page.goto(address)
    page.wait_for_url("**/zh/index.html")
    page.locator("header a[data-language=en]").click()
    page.wait_for_url("**/en/index.html")
    page.goto(address)
    page.wait_for_url("**/en/index.html")


def test_the_way_back_from_the_root_is_not_a_trap(page, address):
    page.goto(f"{address}zh/{SOP}")
    page.goto(address)
    page.wait_for_url("**/en/index.html")
    page.go_back()
    assert page.url == f"{address}zh/{SOP}"


@pytest.mark.parametrize("start", ["index.html", SOP, "tags/index.html"])
def test_a_search_from_any_page_ends_on_the_find_page(page, address, start):
    page.goto(f"zh/{start}")
    page.keyboard.press("/")
    page.keyboard.type("决策链")
    page.locator("dialog a.all[href*='%E9%93%BE']").click()  # the answer to the last character
    page.wait_for_url(f"{address}zh/find.html?q=*")
    expect(page.locator("#pb-words")).to_have_value("决策链")
    expect(page.locator("main a[href$='toolkits/decision-chain-sheet.html']").first).to_be_visible()


def test_a_query_is_text_and_never_markup(page):
    page.goto('en/find.html?q=<img src=x onerror="alert(1)">&kind="><script>alert(1)</script>')
    expect(page.locator("#pb-words")).to_have_value('<img src=x onerror="alert(1)">')
    expect(page.locator("#pb-count")).not_to_be_empty()
    assert page.locator("img").count() == 0


@pytest.mark.parametrize(("code", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_a_mistyped_address_names_the_nearest_pages(reader, serve, site, code, tag):
    """In the language that the address names; so does the search on that page."""
    home = serve(site, "/")
    page = reader(home=home, missing=True)
    page.goto(f"{code}/sops/six-stepps.html")
    near = page.locator("#pb-nearest a")
    expect(near.first).to_be_visible()
    assert near.first.get_attribute("lang") == tag
    page.locator("main input[type=search]").fill("six")
    more = page.locator(".palette-rest a.all, #pb-options a.all").first
    expect(more).to_have_attribute("href", re.compile(f"^{home}{code}/find.html"))
    page.keyboard.press("Escape")
    near.first.click()
    page.wait_for_url(f"{home}{code}/{SOP}")


def test_without_script_the_search_page_says_so_and_the_site_can_be_walked(
    reader, address, words, language
):
    page = reader(java_script_enabled=False)
    page.goto(f"{language}/find.html")
    note = page.locator("noscript .notice")
    assert note.is_visible()
    assert note.inner_text() == words[language]["find"]["no_script"]
    assert page.locator("main a[href='tags/risk.html']").is_visible()
    assert page.locator("main a[href='people/index.html']").is_visible()
    page.locator("main a[href='toolkits/index.html']").click()
    page.locator("main a[href='decision-chain-sheet.html']").click()
    expect(page).to_have_url(f"{address}{language}/toolkits/decision-chain-sheet.html")
    other = "zh" if language == "en" else "en"
    page.locator(f"header a[data-language={other}]").click()
    expect(page).to_have_url(f"{address}{other}/toolkits/decision-chain-sheet.html")
    badge = page.locator("main header .badge").first
    assert badge.is_visible()
    assert badge.inner_text()
    for dead in ("header button.theme", "[data-copy]", "[data-print]"):
        assert not any(button.is_visible() for button in page.locator(dead).all()), dead


def test_without_script_the_root_offers_or_opens_an_edition(reader, address):
    page = reader(java_script_enabled=False)
    page.goto(address)
    page.wait_for_url("**/en/index.html")


def test_without_script_the_drawer_still_opens(reader):
    page = reader(java_script_enabled=False, viewport={"width": 390, "height": 844}, is_mobile=True)
    page.goto(f"en/{SOP}")
    drawer = page.locator("#pb-sections")
    assert not drawer.is_visible()
    page.locator("header button[popovertarget]").click()
    assert drawer.is_visible()


def test_a_sheet_is_downloaded_as_csv(page, language):
    page.goto(f"{language}/toolkits/decision-chain-sheet.html")
    with page.expect_download() as waiting:
        page.locator("main a[href$='.csv']").click()
    assert waiting.value.suggested_filename == "decision-chain-sheet.csv"
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    titles = page.locator("#pb-sheet-table thead th").all_text_contents()
    assert header == [title.strip() for title in titles]


def test_a_sheet_is_copied_as_rows_that_spreadsheets_take(page, words, language):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{language}/toolkits/decision-chain-sheet.html")
    tool = words[language]["tool"]
    page.get_by_role("button", name=tool["copy"]).click()
    expect(page.get_by_role("button", name=tool["copied"])).to_be_focused()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    table = page.locator("#pb-sheet-table")
    assert len(lines) == table.locator("tr").count()
    cells = [re.sub(r"\s+", " ", c).strip() for c in table.locator("thead th").all_text_contents()]
    assert lines[0].split("\t") == cells
    assert {line.count("\t") for line in lines} == {len(cells) - 1}
    expect(page.get_by_role("button", name=tool["copy"])).to_be_visible()


def test_a_checklist_is_ticked_by_mouse_and_keyboard(page, language):
    page.goto(f"{language}/toolkits/visit-checklist.html")
    boxes = page.locator("main .checklist input[type=checkbox]")
    assert boxes.count() > 5
    for box in boxes.all():
        label = page.locator(f"label[for={box.get_attribute('id')}]")
        assert label.inner_text().strip()
    first = boxes.first
    page.locator(f"label[for={first.get_attribute('id')}]").click()
    expect(first).to_be_checked()
    page.keyboard.press("Space")
    expect(first).not_to_be_checked()


def test_the_contents_mark_what_is_being_read(page):
    page.goto(f"en/{SOP}")
    page.locator("nav.toc a[href='#step-negotiate']").click()
    expect(page.locator("nav.toc a[aria-current]")).to_have_attribute("href", "#step-negotiate")


def test_an_anchor_is_not_hidden_under_the_header(page, language):
    page.goto(f"{language}/{SOP}#step-design")
    header = page.locator("header.top").bounding_box()
    top = page.locator("#step-design h3").bounding_box()["y"]
    assert top >= header["y"] + header["height"] - 1


def brightness(page):
    """Of the page's paper: the sum of red, green and blue."""
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(map(float, re.findall(r"[\d.]+", paper)[:3]))


def test_the_site_works_from_a_folder(reader, site, language):
    page = reader(home="file://", color_scheme="dark")
    known = {path.as_uri() for path in site.rglob("*") if path.is_file()}
    for name in ("index", "sops/six-step", "toolkits/decision-chain-sheet", "find"):
        page.goto((site / language / f"{name}.html").as_uri())
        page.evaluate("localStorage.clear()")
        page.reload()
        assert brightness(page) < 180, f"{name}: styles apply"
        page.locator("header button.theme").click()
        assert brightness(page) > 600, f"{name}: scripts run"
        links = page.evaluate("[...document.links].map((link) => link.href)")
        inside = {
            link.partition("#")[0].partition("?")[0] for link in links if link.startswith("file:")
        }
        assert len(inside) > 20, name
        assert inside <= known, name
    page.locator("#pb-words").fill("SOP")
    expect(page.locator(".hits a").first).to_be_visible()


def test_the_root_works_from_a_folder(reader, site):
    page = reader(home="file://", locale="zh-CN")
    page.goto((site / "index.html").as_uri())
    page.wait_for_url((site / "zh" / "index.html").as_uri())
    link = page.locator("main a").first
    address = link.evaluate("link => link.href")
    link.click()
    page.wait_for_url(address)
    assert page.locator("main h1").is_visible()
