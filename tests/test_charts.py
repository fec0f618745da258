"""Charts: text stays in its box, lines keep apart, and everything is on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import packaged_templates
from generator.charts import bars, flowchart, radar, timeline, trend
from generator.charts.bars import Bars
from generator.charts.flowchart import Arrow, Direction, Flowchart
from generator.charts.radar import Radar
from generator.charts.text import Line, settle, width, wrap
from generator.charts.timeline import Rectangle

LATIN = [
    "Qualify",
    "and",
    "grade",
    "decision-chain",
    "Co-create",
    "(draft)",
    "internationalisation",
]
HAN = ["客户", "筛选", "定级", "《手册》", "隐性需求", "（试用）", "SOP", "谈判，签约", "深耕。"]
steady = settings(max_examples=60, deadline=None)  # however busy the machine is
SLACK = 0.11  # coordinates in paths are rounded to one decimal

Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def titles() -> st.SearchStrategy[str]:
    latin = st.lists(st.sampled_from(LATIN), min_size=1, max_size=7).map(" ".join)
    han = st.lists(st.sampled_from(HAN), min_size=1, max_size=7).map("".join)
    anything = st.text("aWi 汉字，。（）-m1", min_size=1, max_size=30).filter(str.strip)
    return latin | han | st.tuples(latin, han).map(" ".join) | anything


@st.composite
def charts(draw: st.DrawFn) -> Flowchart:
    labels = draw(st.lists(titles(), min_size=1, max_size=12))
    positions = st.integers(0, len(labels) - 1)
    pairs = st.lists(st.tuples(positions, positions), max_size=14)
    returns = [(max(pair), min(pair)) for pair in draw(pairs)]
    routes = [(min(pair), max(pair)) for pair in draw(pairs) if pair[0] != pair[1]]
    routes += [(step, step + 1) for step in range(len(labels) - 1) if draw(st.booleans())]
    direction: Direction = draw(st.sampled_from(("across", "down")))
    limit = draw(st.sampled_from((None, None, 640.0))) if direction == "across" else None
    return flowchart(labels, routes, returns, direction, limit)


def arrows(chart: Flowchart) -> tuple[Arrow, ...]:
    return chart.routes + chart.skips + chart.returns


def areas(chart: Flowchart) -> list[Area]:
    return [(box.x, box.y, box.x + box.width, box.y + box.height) for box in chart.boxes]


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", path)]


def extent(line: Line, anchor: str, size: float) -> Area:
    """The room that a line of text takes."""
    wide = width(line.text, size)
    left = line.x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, line.y - size * 0.9, left + wide, line.y + size * 0.25


def within(inner: Area, outer: Area) -> bool:
    return (
        inner[0] >= outer[0] - SLACK
        and inner[1] >= outer[1] - SLACK
        and inner[2] <= outer[2] + SLACK
        and inner[3] <= outer[3] + SLACK
    )


def overlap(one: Area, other: Area) -> bool:
    """Whether two areas share more than an edge; a line is an area without breadth."""
    return (
        one[0] < other[2] - SLACK
        and other[0] < one[2] - SLACK
        and one[1] < other[3] - SLACK
        and other[1] < one[3] - SLACK
    )


def sides(arrow: Arrow) -> Iterator[Area]:
    for (x1, y1), (x2, y2) in pairwise(arrow.points):
        yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def touch(one: Area, other: Area) -> bool:
    return (
        max(one[0], other[0]) <= min(one[2], other[2])
        and max(one[1], other[1]) <= min(one[3], other[3])
    )  # fmt: skip


def shared(one: Area, other: Area) -> float:
    """The length that two lines run on top of one another."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, high) if min(wide, high) >= -0.5 else 0.0


# Text


@steady
@given(titles(), st.floats(20, 300))
def test_lines_fit_the_limit_and_lose_no_letter(text: str, limit: float):
    lines = wrap(text, limit, 14)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 14) <= limit or len(line) == 1 for line in lines)
    assert all(lines)


@steady
@given(st.lists(st.sampled_from(HAN), min_size=1, max_size=12).map("".join), st.floats(84, 300))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text: str, limit: float):
    lines = wrap(text, limit, 14)
    assert not any(line[0] in "，。、；：！？）》」" for line in lines)
    assert not any(line[-1] in "（《「" for line in lines)


@steady
@given(st.lists(st.sampled_from(LATIN), min_size=1, max_size=9))
def test_latin_breaks_at_spaces_and_hyphens_only(words: list[str]):
    lines = wrap(" ".join(words), width("internationalisation", 14) + 1, 14)
    whole = re.compile(r"(?<=-)|\s+")
    assert [p for line in lines for p in whole.split(line) if p] == [
        p for word in words for p in whole.split(word) if p
    ]


def test_an_overlong_word_is_cut():
    assert len(wrap("internationalisation", 70, 14)) > 1


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("", 100, ()),
        ("方案共创与验证", 92, ("方案共创", "与验证")),
        ("大客户六步SOP手册", 92, ("大客户六步", "SOP手册")),
        ("知道谁能决策， 谁能否决", 120, ("知道谁能决", "策，谁能否决")),
        ("one two three four", 110, ("one two", "three four")),
    ],
)
def test_lines_are_about_equal(text: str, limit: float, lines: tuple[str, ...]):
    assert wrap(text, limit, 14) == lines


def test_han_is_as_wide_as_its_size_and_accents_take_no_room():
    assert 14 * 4 <= width("决策链表", 14) <= 14 * 4.3
    assert width("é", 14) == width("e", 14) == width("e\N{COMBINING ACUTE ACCENT}", 14)


@steady
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 30)), min_size=1, max_size=9))
def test_settled_blocks_keep_their_order_and_apart(blocks: list[tuple[float, float]]):
    blocks = sorted(blocks)
    sizes = [size for _, size in blocks]
    places = settle([centre for centre, _ in blocks], sizes, 0, 300)
    for (a, one), (b, other) in pairwise(zip(places, sizes, strict=True)):
        assert b - a >= (one + other) / 2 - 1e-6
    assert places[0] >= sizes[0] / 2 - 1e-6
    assert places[-1] <= 300 - sizes[-1] / 2 + 1e-6


# Flowchart


@steady
@given(charts())
def test_text_stays_in_its_box(chart: Flowchart):
    for box, area in zip(chart.boxes, areas(chart), strict=True):
        assert within(extent(box.number, chart.anchor, chart.number_size), area)
        texts = [extent(line, chart.anchor, chart.size) for line in box.lines]
        assert all(within(text, area) for text in texts)
        assert not any(overlap(one, other) for one, other in combinations(texts, 2))
        number = extent(box.number, chart.anchor, chart.number_size)
        assert not any(overlap(number, text) for text in texts)


@steady
@given(charts())
def test_everything_is_on_the_sheet(chart: Flowchart):
    sheet = (0.0, 0.0, chart.width, chart.height)
    assert all(within(area, sheet) for area in areas(chart))
    paths = [d.path for d in chart.diamonds] + [a.path + a.head for a in arrows(chart)]
    for path in [*paths, *chart.stubs]:
        values = numbers(path)
        xs, ys = values[::2], values[1::2]
        assert within((min(xs), min(ys), max(xs), max(ys)), sheet)


@steady
@given(charts())
def test_nothing_overlaps_a_box(chart: Flowchart):
    boxes = areas(chart)
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    for diamond in chart.diamonds:
        xs, ys = numbers(diamond.path)[::2], numbers(diamond.path)[1::2]
        around = (min(xs), min(ys), max(xs), max(ys))
        assert not any(overlap(around, box) for box in boxes)
    for arrow in arrows(chart):
        assert not any(overlap(side, box) for side in sides(arrow) for box in boxes)


@steady
@given(charts())
def test_lines_share_no_lane(chart: Flowchart):
    for one, other in combinations(arrows(chart), 2):
        if one.start != other.start:
            assert all(shared(a, b) < 1 for a in sides(one) for b in sides(other))


@steady
@given(charts())
def test_an_arrow_leads_from_a_check_to_a_box_and_past_other_checks(chart: Flowchart):
    for arrow in arrows(chart):
        (x, y), diamond = arrow.points[0], chart.diamonds[arrow.start]
        assert abs(x - diamond.x) + abs(y - diamond.y) == pytest.approx(8)
        (x, y), box = arrow.points[-1], chart.boxes[arrow.end]
        assert box.x - SLACK <= x <= box.x + box.width + SLACK
        assert box.y - SLACK <= y <= box.y + box.height + SLACK
        others = [d for i, d in enumerate(chart.diamonds) if i != arrow.start]
        cores = [(d.x - 3, d.y - 3, d.x + 3, d.y + 3) for d in others]
        assert not any(overlap(side, core) for side in sides(arrow) for core in cores)


@steady
@given(charts())
def test_a_phone_and_a_page_are_wide_enough(chart: Flowchart):
    assert chart.width <= (360 if chart.direction == "down" else 960)


def test_six_steps_stand_in_one_row():
    chart = flowchart(["Uncover hidden needs"] * 6, [(i, i + 1) for i in range(5)], [], "across")
    assert len({box.y for box in chart.boxes}) == 1
    assert [diamond.last for diamond in chart.diamonds] == [False] * 5 + [True]


def test_more_steps_walk_like_a_snake():
    chart = flowchart(["谈判签约"] * 8, [(i, i + 1) for i in range(7)], [], "across")
    rows = [box.y for box in chart.boxes]
    assert rows == sorted(rows)
    assert len(set(rows)) == 2
    first, second = chart.boxes[:4], chart.boxes[4:]
    assert [box.x for box in first] == [box.x for box in second][::-1]


def test_failure_paths_run_on_one_side_and_skips_on_the_other():
    chart = flowchart(list("abcd"), [(0, 1), (0, 2), (2, 3)], [(1, 1), (3, 0)], "across")
    middle = chart.diamonds[0].y
    assert all(y >= middle for arrow in chart.returns for _, y in arrow.points)
    assert all(y <= middle for arrow in chart.skips for _, y in arrow.points)
    assert (len(chart.routes), len(chart.skips), len(chart.returns)) == (2, 1, 2)


def test_a_path_within_another_runs_inside_it():
    chart = flowchart(list("abc"), [], [(2, 0), (1, 1)], "across")
    inner, outer = chart.returns
    assert (inner.start, outer.start) == (1, 2)
    assert max(y for _, y in inner.points) < max(y for _, y in outer.points)


@pytest.mark.parametrize("direction", ["across", "down"])
def test_paths_into_one_box_do_not_cross(direction: Direction):
    chart = flowchart(list("abcd"), [(0, 2), (0, 3), (1, 3)], [(0, 0), (1, 0), (3, 0)], direction)
    for one, other in combinations(arrows(chart), 2):
        if one.end == other.end and one.start != other.start:
            assert not any(touch(a, b) for a in sides(one) for b in sides(other))


def test_no_steps_make_an_empty_chart():
    assert flowchart([], [], [], "across").boxes == flowchart([], [], []).boxes == ()


# Radar, bars


@steady
@given(
    st.lists(
        st.tuples(titles(), st.floats(-2, 9), st.sampled_from((0, 5, 10))), min_size=3, max_size=12
    )
)
def test_radar_labels_keep_apart_and_off_the_rings(axes: list[tuple[str, float, int]]):
    drawing = radar(axes)
    assert isinstance(drawing, Radar)
    sheet = (0.0, 0.0, drawing.width, drawing.height)
    labels = [
        [extent(line, label.anchor, drawing.size) for line in label.lines]
        for label in drawing.labels
    ]
    assert all(within(line, sheet) for label in labels for line in label)
    for one, other in combinations(labels, 2):
        assert not any(overlap(a, b) for a in one for b in other)
    x, y = drawing.centre
    for left, top, right, bottom in (line for label in labels for line in label):
        near = (min(max(x, left), right) - x, min(max(y, top), bottom) - y)
        assert near[0] ** 2 + near[1] ** 2 >= drawing.radius**2
    for dot in drawing.dots:
        assert (dot[0] - x) ** 2 + (dot[1] - y) ** 2 <= (drawing.radius + SLACK) ** 2


def test_a_short_chinese_name_of_an_aspect_is_not_broken():
    drawing = radar(
        [(name, 1, 5) for name in ("角色完备性", "流程渗透率", "知识活性", "数据敏锐度")]
    )
    assert isinstance(drawing, Radar)
    assert all(len(label.lines) == 2 for label in drawing.labels), "the name and its value"


def test_a_short_common_scale_has_a_ring_for_each_point():
    five, mixed = (radar([("a", 1, 5), ("b", 2, 5), ("c", 3, top)]) for top in (5, 10))
    assert isinstance(five, Radar)
    assert isinstance(mixed, Radar)
    assert (len(five.rings), len(mixed.rings)) == (5, 4)


def test_fewer_than_three_axes_become_bars():
    drawing = radar([("Hidden needs", Decimal("2.50"), 5), ("Risk", 4, 4)])
    assert isinstance(drawing, Bars)
    assert [bar.label for bar in drawing.bars] == ["Hidden needs 2.5/5", "Risk 4/4"]
    assert drawing.bars[0].width * 2 == pytest.approx(drawing.bars[1].width)


Values = st.integers(-1000, 1000) | st.decimals(-99, 99, places=1) | st.just(0)


@steady
@given(st.lists(st.tuples(titles(), Values), min_size=1, max_size=5), st.sampled_from((180, 320)))
def test_bars_are_in_proportion_and_on_the_sheet(rows: list[tuple[str, int | Decimal]], wide: int):
    drawing = bars(rows, width=wide)
    most = max(abs(float(value)) for _, value in rows)
    longest = max(bar.width for bar in drawing.bars)
    below = 0.0
    for bar, (_, value) in zip(drawing.bars, rows, strict=True):
        area = (bar.x, bar.y, bar.x + bar.width, bar.y + bar.height)
        assert within(area, (0.0, below, drawing.width, drawing.height))
        for line in bar.lines:
            assert within(extent(line, "start", drawing.size), (0, below, drawing.width, bar.y))
        if most:
            assert bar.width == pytest.approx(abs(float(value)) / most * longest, abs=2)
        below = area[3]


def test_a_negative_value_goes_left_of_the_zero_line():
    lost, won = bars([("Before: -4", -4), ("After: 8", 8)]).bars
    assert lost.x + lost.width == pytest.approx(won.x)
    assert won.width == pytest.approx(lost.width * 2)


# Road


@st.composite
def roads(draw: st.DrawFn) -> list[tuple[str, float, float]]:
    labels = draw(st.lists(titles(), min_size=1, max_size=7))
    ends = [0]
    for _ in labels:
        ends.append(ends[-1] + draw(st.integers(1, 30)))
    return [(label, *pair) for label, pair in zip(labels, pairwise(ends), strict=True)]


def corners(area: Rectangle) -> Area:
    return area.x, area.y, area.x + area.width, area.y + area.height


@steady
@given(roads(), st.sampled_from(("across", "down")))
def test_road_labels_keep_apart_and_on_the_sheet(stages, direction):
    drawing = timeline(stages, direction)
    sheet = (0.0, 0.0, drawing.width, drawing.height)
    spots = [corners(span.area) for span in drawing.spans]
    assert not any(overlap(one, other) for one, other in combinations(spots, 2))
    for span, spot in zip(drawing.spans, spots, strict=True):
        assert within(spot, sheet)
        assert within(corners(span.bar), sheet)
        assert all(within(extent(ln, drawing.anchor, drawing.size), spot) for ln in span.lines)


@steady
@given(roads(), st.sampled_from(("across", "down")))
def test_road_numbers_keep_apart_and_name_both_ends(stages, direction):
    drawing = timeline(stages, direction)
    named = [tick.number for tick in drawing.ticks if tick.number]
    assert (named[0].text, named[-1].text) == ("0", f"{stages[-1][2]}")
    areas = [extent(line, drawing.number_anchor, drawing.number_size) for line in named]
    assert not any(overlap(one, other) for one, other in combinations(areas, 2))
    assert all(within(area, (0, 0, drawing.width, drawing.height)) for area in areas)


def test_spans_are_in_proportion():
    short, long = timeline([("a", 0, 6), ("b", 6, 18)]).spans
    assert long.bar.width + 2 == pytest.approx((short.bar.width + 2) * 2)
    assert short.bar.x + short.bar.width < long.bar.x


# Rates over time

LEVELS = [("0%", 0.0), ("50%", 0.5), ("100%", 1.0)]


def rates() -> st.SearchStrategy[list[tuple[str, float | None]]]:
    labels = st.sampled_from(["3 May", "22 Nov", "11月22日", "2026-11-22"])
    rate = st.none() | st.floats(0, 1)
    return st.lists(st.tuples(labels, rate), min_size=1, max_size=60)


@given(rates(), st.sampled_from((320.0, 640.0)))
@steady
def test_a_trend_stays_on_the_sheet_and_its_labels_apart(
    points: list[tuple[str, float | None]], wide: float
):
    chart = trend(points, LEVELS, wide)
    for line in chart.ticks:
        left, _, right, bottom = extent(line, "middle", chart.size)
        assert left >= -SLACK
        assert right <= wide + SLACK
        assert bottom <= chart.height + SLACK
    for before, after in pairwise(chart.ticks):
        assert (
            extent(before, "middle", chart.size)[2]
            <= extent(after, "middle", chart.size)[0] + SLACK
        )
    for x, y in chart.dots:
        assert 0 <= x <= wide
        assert 0 <= y <= chart.height


@given(rates())
@steady
def test_every_known_rate_has_a_dot_and_the_last_week_a_label(
    points: list[tuple[str, float | None]],
):
    chart = trend(points, LEVELS)
    known = [rate for _, rate in points if rate is not None]
    assert len(chart.dots) == len(known)
    assert chart.ticks[-1].text == points[-1][0]
    assert [x for x, _ in chart.dots] == sorted(x for x, _ in chart.dots)
    for (_, y), rate in zip(chart.dots, known, strict=True):
        low, high = chart.levels[0].line.y, chart.levels[-1].line.y
        middle = y + chart.levels[0].line.y - numbers(chart.levels[0].path)[1]
        assert middle == pytest.approx(low + (high - low) * rate, abs=SLACK)


def test_the_line_has_a_gap_where_nothing_is_known():
    whole = trend([("a", 0.1), ("b", 0.2), ("c", 0.3), ("d", 0.4)], LEVELS)
    broken = trend([("a", 0.1), ("b", 0.2), ("c", None), ("d", 0.4)], LEVELS)
    assert len(whole.paths) == len(broken.paths) == 1
    assert len(numbers(whole.paths[0])) == 8
    assert len(numbers(broken.paths[0])) == 4
    assert len(broken.dots) == 3, "a week between gaps is a dot alone"


# Macros


def drawn(call: str, **values: object) -> ElementTree.Element:
    """What a macro writes, as a tree: it has to be well-formed."""
    env = Environment(
        loader=FileSystemLoader(str(packaged_templates())),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {"flowchart": flowchart, "radar": radar, "bars": bars, "timeline": timeline}
    env.globals |= {"trend": trend}
    source = '{% import "macros/charts.html" as charts %}<div>{{ charts.' + call + " }}</div>"
    return ElementTree.fromstring(env.from_string(source).render(**values))  # noqa: S314


def words_of(tree: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()).strip() for text in tree.iter("text")]


def drawings() -> Sequence[ElementTree.Element]:
    steps = [SimpleNamespace(id=f"s{i}", title=f"<Step> & {i}") for i in range(6)]
    stages = [("a", "A", 0, 6, "a.html"), ("b", "B", 6, 18, "")]
    return [
        drawn("sop_flow(s, [(0, 1), (0, 2)], [(1, 1), (5, 0)], 'T', 'D')", s=steps),
        drawn("radar_chart([('a', 1, 5), ('b', 2, 5), ('c', 3, 5)], 'T', 'D')"),
        drawn("radar_chart([('a', 1, 5)], 'T', '')"),
        drawn("before_after(67, n, 'Before 67%', 'After 9%', 'T')", n=Decimal(9)),
        drawn("road(s, 'b', 'T')", s=stages),
        drawn("rate_line([('a', 0.5), ('b', none), ('c', 1)], [('0%', 0), ('100%', 1)], 'T')"),
    ]


def test_macros_obey_the_content_security_policy_and_need_no_ids():
    for tree in drawings():
        attributes = {name for element in tree.iter() for name in element.attrib}
        assert not {name for name in attributes if name in {"style", "id"} or name[:2] == "on"}


def test_every_drawing_has_a_name_and_a_role():
    for tree in drawings():
        for svg in tree.iter("svg"):
            links = list(svg.iter("a"))
            assert svg.get("role") == ("group" if links or svg.find("g") is not None else "img")
            assert svg.get("aria-label", "").startswith("T")


def test_steps_are_links_in_every_direction():
    flow = drawings()[0]
    for svg in flow.iter("svg"):
        links = list(svg.iter("a"))
        assert [link.get("href") for link in links] == [f"#step-s{i}" for i in range(6)]
        assert links[2].get("aria-label") == "3 <Step> & 2"
    assert [svg.get("class") for svg in flow.iter("svg")] == [
        "chart-across", "chart-folded", "chart-down",
    ]  # fmt: skip
    assert flow.findtext("figure/figcaption") == "D"


def test_the_current_stage_is_marked_and_only_stages_with_an_address_are_links():
    road = drawings()[4]
    for svg in road.iter("svg"):
        assert [a.get("href") for a in svg.iter("a")] == ["a.html"]
        marked = [element for element in svg.iter() if element.get("aria-current")]
        assert [element.get("aria-label") for element in marked] == ["B, 6–18"]
        assert all(element.find("circle") is not None for element in marked)


def test_values_stand_in_the_words():
    radar_tree, bars_tree = drawings()[1], drawings()[3]
    assert "3/5" in words_of(radar_tree)
    assert words_of(bars_tree) == ["Before 67%", "After 9%"] * 2
    for image in bars_tree.iter("svg"):
        assert image.get("aria-label") == "T: Before 67%; After 9%"


def test_nothing_to_draw_draws_nothing():
    assert drawn("radar_chart([], 'T', 'D')").find("figure") is None
    assert drawn("road([], '', 'T')").find("figure") is None
