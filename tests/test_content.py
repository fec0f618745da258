"""The shipped playbook: every fact and figure it has to carry, held against both editions."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from generator.build import Content, load
from generator.model import Edition, Entry
from generator.model.assessment import Assessment
from generator.model.case import Case
from generator.model.fields import Duration, Prose, Quantity
from generator.model.knowledge import TIER_OF, Knowledge
from generator.model.lesson import Lesson
from generator.model.metric import Metric
from generator.model.plan import Plan
from generator.model.policy import Policy
from generator.model.role import Role
from generator.model.shape import leaves
from generator.model.sheet import Sheet
from generator.model.sop import Sop
from generator.model.stage import Stage
from generator.model.tool import Tool

ROOT = Path(__file__).parent.parent

TRIANGLE = {"roles/lead-seller": 3, "roles/technical-consultant": 5, "roles/delivery-steward": 2}
STEPS = ["qualify", "map", "discover", "design", "negotiate", "deliver"]
STAGES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "roadmap/newcomer": (
        (0, 6),
        ("toolkits/customer-intelligence-checklist", "toolkits/ice-breaker-library"),
    ),
    "roadmap/growth": ((6, 18), ("toolkits/resource-handbook", "toolkits/risk-radar")),
    "roadmap/transformation": (
        (18, 36),
        ("toolkits/value-model", "toolkits/performance-bet-template"),
    ),
}
METRICS = {
    "metrics/decision-chain-penetration": "process",
    "metrics/hidden-needs": "process",
    "metrics/customer-lifetime-value": "outcome",
    "metrics/ecosystem-order-share": "outcome",
}
SYSTEMS = {
    "toolkits/decision-chain-sheet": "intelligence",
    "toolkits/competitor-monitor": "intelligence",
    "toolkits/visit-checklist": "combat",
    "toolkits/resource-map": "combat",
    "toolkits/risk-control": "defence",
    "toolkits/health-dashboard": "defence",
}
LESSONS = {
    "lessons/best-seller-as-director": 2016,
    "lessons/one-set-of-kpis": 2018,
    "lessons/same-resources-for-all": 2020,
}
FIGURES: dict[str, dict[str, tuple[str | None, ...]]] = {
    "cases/medical-device-maker": {"time-to-first-deal": ("9 months", "4 months", None, None)},
    "cases/automation-firm": {
        "churn": ("67 %", "9 %", None, "1 year"),
        "output-per-head": (None, None, "+100 %", "1 year"),
    },
    "cases/building-materials": {
        "weakest-left": (None, "30 %", None, "3 months"),
        "output-per-head": (None, None, "+160 %", "3 months"),
    },
    "cases/medical-group": {
        "duplicate-pursuit": (None, None, "-85 %", None),
        "cross-region-orders": (None, "37 %", None, None),
    },
}
"""Before, after, change and period of each figure."""

SERVICE_LEVELS = {
    "s": ("48 hours", "Own consultant", "专属顾问"),
    "a": ("72 hours", "Shared expert pool", "共享专家池"),
    "b": ("5 workdays", "Standard support centre", "标准支持中心"),
}

FACTS = {
    "pages/opening-story": {
        r"2022 an intelligent-manufacturing firm": r"2022年，一家智能制造企业",
        r"lost its sales director": r"销售总监离职",
        r"3 key accounts": r"3家大客户",
        r"revenue fell 40%": r"年营收下滑40%",
        r"Lone heroes": r"个人英雄主义",
        r"No SOP": r"没有SOP",
        r"No account hand-over": r"没有客户交接",
        r"depends on stars loses its accounts": r"靠明星的团队，明星一走，客户就走",
    },
    "pages/iron-triangle": {
        r"3 : 5 : 2": r"3:5:2",
        r"Under 6 in any role": r"任何一个角色低于6分",
        r"0 \(cannot\) to 10": r"0分（不会）到10分",
        r"deal cycle stretches 2\.3 times": r"成交周期拉长2\.3倍",
    },
    "sops/six-step": {
        r"9 months to 4": r"9个月缩短到4个月",
    },
    "cases/medical-device-maker": {
        r"SOP compulsory": r"强制执行",
    },
    "policies/knowledge-base": {
        r"DingTalk knowledge base with Shimo docs": r"钉钉知识库加石墨文档",
        r"weight of 15%": r"权重15%",
        r"[Ww]eapon items are renewed weekly": r"武器级每周更新",
        r"tactical items monthly": r"战术级每月更新",
        r"strategic items quarterly": r"战略级每季度更新",
        r"Negotiation recordings, decision-chain maps, comp": r"谈判录音、决策链图谱、竞品攻防手册",
        r"Industry solution templates, needs-discovery scripts": r"行业解决方案模板、需求挖掘话术",
        r"Customer success cases, ecosystem partner map": r"客户成功案例、生态合作地图",
    },
    "metrics/update-completion-rate": {
        r"weight of 15%": r"权重15%",
    },
    "lessons/one-set-of-kpis": {
        r"counts 15% for everybody": r"人人占15%",
        r"One set of KPIs for old and new": r"用同一套KPI",
        r"newcomers did not survive": r"新人活不下来",
        r"three-stage assessment": r"三段式考核法",
        r"process \(new key people": r"考过程（新触达的关键人）",
        r"value \(growth of the customer's": r"考价值（客户贡献增长）",
        r"strategy \(benchmark customers": r"考战略（拿下的标杆客户）",
        r"Veterans coasted": r"老将躺平",
    },
    "assessments/candidate-matrix": {
        r"five life-or-death lines": r"五条生死线",
        r"Any two dimensions under 3 are a rejection": r"任何两项低于3分，一律淘汰",
    },
    "roadmap/newcomer": {
        r"Survival": r"生存",
        r"72-hour decision-chain analysis camp": r"72小时决策链分析训练营",
        r"Sign a B-grade customer alone, end to end": r"独立完成一个B级客户的全流程签约",
    },
    "roadmap/growth": {
        r"Fighting strength": r"战斗力",
        r"Executive-conversation simulation with a CEO as": r"高管对话模拟（CEO扮演客户）",
        r"Bring an A-grade customer to enlarge its need": r"带动一个A级客户扩大需求",
    },
    "roadmap/transformation": {
        r"Strategic enablement": r"战略赋能",
        r"Industry trend judgement and ecosystem binding design": r"行业趋势研判与生态绑定设计",
        r"Bring up 2 qualified newcomers": r"带出2名合格新人",
    },
    "policies/tactics-extraction": {
        r"Every month": r"每月一次",
        r"Top sellers must share": r"尖子必须分享",
        r"newest move": r"最新打法",
    },
    "policies/incentives": {
        r"three-dimensional model": r"三维激励模型",
        r"No purely individual commission": r"不设纯个人提成",
        r"grab each other's deals": r"互相抢单",
        r"Project bonuses are always deferred": r"项目奖金一律延期发放",
        r"people coast after signing": r"签完人就松了劲",
        r"Compensation fund for lost battles": r"战损补偿基金",
        r"first team gets 60% and the helping": r"首发团队占60%，协助团队占40%",
    },
    "toolkits/decision-chain-sheet": {
        r"automatic warning": r"自动预警",
    },
    "toolkits/competitor-monitor": {
        r"price, function and service": r"价格、功能、服务",
    },
    "toolkits/visit-checklist": {
        r"Six kinds of ammunition": r"六类弹药",
    },
    "toolkits/resource-map": {
        r"How to ask across departments": r"跨部门资源申请指南",
    },
    "toolkits/risk-control": {
        r"technical, legal and finance": r"技术、法务、财务",
    },
    "toolkits/health-dashboard": {
        r"20 risk indicators watched in real time": r"20项风险指标",
        r"watched in real time": r"实时监测",
    },
    "policies/tool-use": {
        r"exam before contacting any customer": r"通过工具使用考核之前，不得接触任何客户",
        r"Friday afternoon is the fixed time for improving tools": r"周五下午是固定的工具改进时间",
    },
    "assessments/team-health": {
        r"Under 70 in total, reform is compulsory": r"低于70分，强制改革",
        r"Environmental-equipment team": r"环保设备团队",
        r"No delivery steward": r"没有交付管家",
        r"consultants are weak on the business": r"技术顾问业务能力弱",
        r"Only the lead sellers follow": r"只有销售主攻手按流程走",
        r"untouched for half a year": r"知识库半年没人更新",
        r"Only revenue is tracked": r"只盯营收",
        r"Emergency reorganisation": r"紧急重组",
    },
    "lessons/best-seller-as-director": {
        r"The best seller was made director": r"把销冠提拔为总监",
        r"Results fell by 50%": r"业绩下滑50%",
        r"200 hours of management": r"200小时的管理培训",
    },
    "lessons/same-resources-for-all": {
        r"same technical resources": r"同样的技术资源",
        r"S-grade customers were served worse": r"S级客户.*变差",
        r"Staggered scheduling": r"错峰调度",
        r"within 48 hours": r"专属顾问，48小时响应",
        r"expert pool, 72 hours": r"共享专家池，72小时响应",
        r"centre, 5 working days": r"支持中心，5个工作日响应",
    },
    "cases/automation-firm": {
        r"from gang to regular army": r"从草台班子到正规军",
        r"owner's personal contacts": r"老板的个人人脉",
        r"3 groups, each an iron triangle": r"3个铁三角小组",
        r"an ice-breaker manual": r"破冰手册",
        r"penetration makes up 40%": r"决策链渗透率占40%",
        r"67% to 9% within 1 year": r"1年内流失率从67%降到9%",
        r"output per head doubled": r"人均产出翻倍",
        r"Split up the stars' customers": r"拆分明星销售手里的客户",
        r"recordings of the owner's own negotiations": r"老板本人的谈判录音",
    },
    "cases/building-materials": {
        r"from big pot to special forces": r"从大锅饭到特种部队",
        r"20% of the people carried 80%": r"20%的人扛着80%的业绩",
        r"eliminated the last places": r"末位淘汰",
        r"assault medal.*A-grade customer": r"突击勋章.*A级客户",
        r"knowledge points": r"知识积分",
        r"bonus and promotion": r"奖金、晋升挂钩",
        r"3 months the weakest 30% left": r"3个月内末尾30%的人离开",
        r"160% more per head": r"人均产出提升160%",
        r"form an iron triangle of their own": r"自组铁三角",
    },
    "cases/medical-group": {
        r"from fiefdoms to one command": r"从诸侯割据到统一指挥",
        r"nationwide customer data platform": r"全国统一的客户数据平台",
        r"forced transparency": r"强制透明",
        r"industry columns": r"行业纵队",
        r"first team gets 60%": r"首发团队占60%",
        r"helping team 40%": r"协助团队占40%",
        r"Duplicate pursuit fell by 85%": r"重复追单减少85%",
        r"cross-region orders reached 37%": r"跨区订单占比达到37%",
        r"specialists who support any region": r"行业专家跨区支援",
        r"branches chased the same customers": r"追着同一批客户",
    },
    "plans/first-30-days": {
        r"Part with 1 star who refuses the SOP": r"1名拒不执行SOP的明星销售",
        r"triangle for the top account": r"给头号客户点名一组铁三角",
        r"meeting is tomorrow morning": r"明天早上开第一次会",
        r"everyone writes down 2 field insights": r"每人写下2条实战心得",
        r"Score the team with the health matrix": r"用健康度矩阵给团队打分",
        r"Interview the top 3 sellers": r"访谈业绩前3名的销售",
        r"Examine 3 lost deals for system": r"复盘3个丢掉的单子，找系统漏洞",
        r"publish the role standards": r"公布角色标准",
        r"past cases and scripts": r"过往案例和话术",
        r"process-metric board.*each morning": r"过程指标看板，每天早上",
        r"Drill the SOP and film it": r"演练SOP并录像",
        r"standard video": r"标准视频",
        r"monthly process-compliance prize": r"每月流程合规奖",
        r"weight of 15%": r"权重15%",
        r"one B-grade customer through the whole": r"一个B级客户走完全流程",
        r"review meeting, and improve the SOP": r"复盘会，改进SOP和工具",
        r"Write a 90-day plan": r"写出90天计划",
        r"Knowledge rescue": r"知识抢救",
        r"Week 1: diagnosis": r"第1周：诊断",
        r"Week 2: structure": r"第2周：结构",
        r"Week 3: process": r"第3周：流程",
        r"Week 4: live test": r"第4周：实战",
        r"Regroup into triangles": r"重组成铁三角",
    },
    "pages/closing-rules": {
        r"wrong structure wastes all effort": r"结构不对，努力白费",
        r"soft training makes an unstable team": r"训练不狠，队伍不稳",
        r"blunt tools cost battles": r"工具不利，打仗吃亏",
    },
    "metrics/decision-chain-penetration": {
        r"depth of contact": r"接触深度",
    },
    "metrics/hidden-needs": {
        r"number of hidden needs found": r"隐性需求条数",
    },
}
"""What entries say in English, and the same in Chinese (where spaces do not count)."""

TERMS = (
    "铁三角 销售主攻手 技术顾问 交付管家 个人英雄主义 六步SOP 三级弹药库 武器级 战术级 战略级 "
    "决策链图谱 竞品攻防手册 需求挖掘话术 生态合作地图 钉钉知识库 石墨文档 更新完成率 决策链渗透率 "
    "隐性需求 客户终身价值 生态衍生订单占比 能力评估矩阵 三年能力进化地图 新人期 成长期 蜕变期 "
    "客户情报收集清单 破冰话术库 资源调度手册 风险预警雷达图 客户价值重构模型 对赌协议模板 "
    "战术萃取会 三维激励模型 战损补偿基金 武器库 情报系统 作战系统 防御系统 决策链穿透表 "
    "竞品动态监测表 高层拜访准备清单 资源调度作战图 风险联防机制 客户健康度仪表盘 "
    "团队健康度诊断矩阵 角色完备性 流程渗透率 知识活性 数据敏锐度 三段式考核法 行业纵队"
)
"""The words of the trade that the Chinese edition uses."""

OWN_DETAIL = (
    "sops/six-step",
    "assessments/candidate-matrix",
    "policies/incentives",
    "toolkits/visit-checklist",
    "toolkits/health-dashboard",
)
"""Entries that spell out what their source only names, and have to say so."""

T = TypeVar("T")


@cache
def editions() -> tuple[Edition, Edition]:
    """The shipped playbook in English and in Chinese."""
    checked = load(Content(ROOT / "content", "content"))
    assert checked.library is not None, checked.problems
    english, chinese = checked.library.editions
    assert (english.code, chinese.code) == ("en", "zh")
    return english, chinese


def kind_of(name: str, model: type[T]) -> T:
    """What the entry holds."""
    data = editions()[0].entries[name].data
    assert isinstance(data, model)
    return data


def texts_of(entry: Entry) -> str:
    """All that the entry says, without markup."""
    values = [leaf.value for leaf in leaves(entry.data) if leaf.refers is None]
    said = [value.body.plain if isinstance(value, Prose) else str(value) for value in values]
    if entry.body is not None:
        said.append(entry.body.plain)
    return " ".join(" ".join(said).split())


@cache
def english_of(name: str) -> str:
    """All that the entry says in English."""
    return texts_of(editions()[0].entries[name])


@cache
def chinese_of(name: str) -> str:
    """All that the entry says in Chinese, without spaces."""
    return texts_of(editions()[1].entries[name]).replace(" ", "")


def cells(sheet: Sheet | None, column: str) -> dict[str, str]:
    """What stands in a column, by the ids of its rows."""
    assert sheet is not None
    return {row.id: str(row.cells.get(column, "")) for row in sheet.rows}


def published() -> list[tuple[Entry, Entry]]:
    """Every entry that readers get to see, in English and in Chinese."""
    english, chinese = editions()
    pairs = [(entry, chinese.entries[name]) for name, entry in english.entries.items()]
    return [(one, other) for one, other in pairs if one.data.status == "published"]


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [(name, *pair) for name, pairs in FACTS.items() for pair in pairs.items()],
)
def test_both_editions_tell_the_fact(name: str, english: str, chinese: str) -> None:
    assert re.search(english, english_of(name))
    assert re.search(chinese, chinese_of(name))


@pytest.mark.parametrize("term", TERMS.split())
def test_the_chinese_edition_uses_the_words_of_the_trade(term: str) -> None:
    interface = (ROOT / "templates" / "strings" / "zh.yml").read_text(encoding="utf-8")
    assert term in interface or any(term in chinese_of(name) for name in editions()[1].entries)


def test_the_triangle_is_staffed_3_5_2_and_alarms_under_6() -> None:
    roles = {name: kind_of(name, Role) for name in TRIANGLE}
    assert {name: role.share for name, role in roles.items()} == TRIANGLE
    assert {role.team for role in roles.values()} == {"pages/iron-triangle"}
    assert {role.alarm.threshold for role in roles.values()} == {6}
    for name, role in roles.items():
        assert "rated under 6 of 10" in role.alarm.consequence.text
        assert "deal cycle stretches 2.3 times" in english_of(name)
        assert "低于6分（满分10分）" in chinese_of(name)
        assert "成交周期拉长2.3倍" in chinese_of(name)


def test_the_sop_has_six_complete_steps() -> None:
    sop = kind_of("sops/six-step", Sop)
    assert [step.id for step in sop.steps] == STEPS
    for step in sop.steps:
        assert step.role in TRIANGLE
        assert step.purpose.text
        assert step.entry
        assert step.exit
        assert step.tools
        assert step.time_box.amount > 0
        assert step.failure is not None
        assert step.failure.when.text


def test_the_tiers_have_their_cadence_and_content() -> None:
    tiers = editions()[0].settings.tiers
    listed = (tiers.weapon, tiers.tactical, tiers.strategic)
    assert tuple(tier.cadence.text for tier in listed) == ("weekly", "monthly", "quarterly")
    table = kind_of("policies/knowledge-base", Policy).table
    assert list(cells(table, "cadence").values()) == ["Weekly", "Monthly", "Quarterly"]
    items = [kind_of(entry.id, Knowledge) for entry in editions()[0].by_kind["knowledge"]]
    for tier in ("weapon", "tactical", "strategic"):
        assert sum(item.tier == tier for item in items) >= 4
    assert {item.type for item in items} == set(TIER_OF)


def test_knowledge_says_that_its_names_are_fictional() -> None:
    for entry in editions()[0].by_kind["knowledge"]:
        assert "fictional" in english_of(entry.id)
        assert "虚构" in chinese_of(entry.id)


def test_four_metrics_measure_process_and_outcome() -> None:
    assert {name: kind_of(name, Metric).type for name in METRICS} == METRICS


def test_the_candidate_matrix_has_five_anchored_dimensions_and_a_red_line() -> None:
    matrix = kind_of("assessments/candidate-matrix", Assessment)
    assert len(matrix.dimensions) == 5
    for dimension in matrix.dimensions:
        assert (dimension.minimum, dimension.maximum) == (1, 5)
        assert list(dimension.anchors) == ["1", "2", "3", "4", "5"]
    (line,) = matrix.red_lines
    assert (line.count, line.below, line.verdict) == (2, 3, "reject")
    best = {dimension.id: 5 for dimension in matrix.dimensions}
    for weak in itertools.combinations(best, 2):
        assert matrix.verdict_of(best | dict.fromkeys(weak, 2)) == "reject"
        assert matrix.verdict_of(best | {weak[0]: 2}) != "reject"
        assert matrix.verdict_of(best | dict.fromkeys(weak, 3)) != "reject"


@pytest.mark.parametrize("name", STAGES)
def test_the_roadmap_runs_over_three_years(name: str) -> None:
    months, tools = STAGES[name]
    stage = kind_of(name, Stage)
    assert (stage.months.from_, stage.months.to) == months
    assert stage.tools == tools
    assert stage.exam.criteria
    assert stage.exam.evidence


def test_the_newcomers_camp_takes_72_hours() -> None:
    assert kind_of("roadmap/newcomer", Stage).course.hours == 72


def test_pay_has_three_dimensions() -> None:
    shares = cells(kind_of("policies/incentives", Policy).table, "share")
    assert len(shares) == 3
    assert sum(map(int, shares.values())) == 100


def test_each_system_has_its_tools() -> None:
    assert {name: kind_of(name, Tool).system for name in SYSTEMS} == SYSTEMS


def test_the_decision_chain_sheet_warns_by_itself() -> None:
    assert kind_of("toolkits/decision-chain-sheet", Tool).warnings


def test_competitors_are_compared_on_price_function_and_service() -> None:
    sheet = kind_of("toolkits/competitor-monitor", Tool).sheet
    assert set(cells(sheet, "dimension").values()) == {"price", "function", "service"}


def test_the_visit_checklist_has_six_must_haves() -> None:
    checklist = kind_of("toolkits/visit-checklist", Tool).checklist
    assert checklist is not None
    assert sum(item.must for item in checklist) == 6


def test_technical_legal_and_finance_share_every_risk() -> None:
    sheet = kind_of("toolkits/risk-control", Tool).sheet
    for department in ("technical", "legal", "finance"):
        assert all(cells(sheet, department).values())
    assert set(cells(sheet, "lead").values()) == {"technical", "legal", "finance"}


def test_the_dashboard_watches_twenty_indicators_with_thresholds() -> None:
    sheet = kind_of("toolkits/health-dashboard", Tool).sheet
    watch, alarm = cells(sheet, "watch"), cells(sheet, "alarm")
    sides = cells(sheet, "direction")
    assert len(sides) == 20
    for row, side in sides.items():
        further = Decimal(alarm[row]) - Decimal(watch[row])
        assert further > 0 if side == "above" else further < 0


def test_the_tools_of_the_exam_are_closed_until_it_is_passed() -> None:
    examined = SYSTEMS.keys() - {"toolkits/competitor-monitor"}
    assert {kind_of(name, Tool).gate for name in examined} == {"policies/tool-use"}


def test_team_health_has_four_dimensions_and_reforms_under_70() -> None:
    health = kind_of("assessments/team-health", Assessment)
    dimensions = ["role-completeness", "process-penetration", "knowledge-activity", "data-acuity"]
    assert [dimension.id for dimension in health.dimensions] == dimensions
    assert {(d.minimum, d.maximum) for d in health.dimensions} == {(0, 25)}
    assert (health.lowest, health.highest) == (0, 100)
    reform = {verdict.id: verdict.to for verdict in health.verdicts if verdict.from_ < 70}
    assert reform == {"emergency-reorganisation": 49, "compulsory-reform": 69}


def test_the_environmental_equipment_team_scores_41() -> None:
    health = kind_of("assessments/team-health", Assessment)
    example = health.examples[0]
    assert example.id == "environmental-equipment"
    assert list(example.scores.values()) == [18, 10, 5, 8]
    assert sum(example.scores.values()) == example.total == 41
    assert health.verdict_of(example.scores) == example.verdict == "emergency-reorganisation"


def test_each_lesson_has_its_year() -> None:
    assert {name: kind_of(name, Lesson).year for name in LESSONS} == LESSONS


@pytest.mark.parametrize("grade", SERVICE_LEVELS)
def test_service_follows_the_grade(grade: str) -> None:
    response, *consultants = SERVICE_LEVELS[grade]
    for edition, consultant in zip(editions(), consultants, strict=True):
        policy = edition.entries["policies/service-levels"].data
        assert isinstance(policy, Policy)
        assert cells(policy.table, "response")[grade] == response
        assert cells(policy.table, "consultant")[grade] == consultant


@pytest.mark.parametrize("name", FIGURES)
def test_the_case_shows_its_figures(name: str) -> None:
    shown = {
        result.id: (result.before, result.after, result.change, result.period)
        for result in kind_of(name, Case).metrics
    }
    assert shown == {
        result: (
            *(text and Quantity.parse(text) for text in figures),
            time and Duration.parse(time),
        )
        for result, (*figures, time) in FIGURES[name].items()
    }


def test_the_plan_fills_30_days_with_three_actions_a_period() -> None:
    plan = kind_of("plans/first-30-days", Plan)
    assert plan.days == 30
    days = {period.id: (period.days.from_, period.days.to) for period in plan.periods}
    assert list(days) == ["today", "week-1", "week-2", "week-3", "week-4"]
    assert list(days.values()) == [(1, 1), (2, 7), (8, 14), (15, 21), (22, 30)]
    assert {len(period.actions) for period in plan.periods} == {3}


def test_the_playbook_has_at_least_45_entries() -> None:
    assert len(published()) >= 45


def test_every_entry_has_an_owner_and_a_review_date() -> None:
    owners = editions()[0].owners
    for entry, _ in published():
        assert entry.data.owner in owners, entry.id
        assert entry.data.reviewed is not None, entry.id


def test_every_entry_has_a_complete_and_recorded_translation() -> None:
    for _, entry in published():
        assert entry.translated, entry.id
        assert entry.incomplete == (), entry.id
        text = (ROOT / "content" / entry.text_path).read_text(encoding="utf-8")
        assert f"\ntranslates: {entry.digest}\n" in text, entry.id


@pytest.mark.parametrize("name", OWN_DETAIL)
def test_what_the_source_leaves_open_is_marked_as_our_own(name: str) -> None:
    for edition, phrase in zip(editions(), ("this playbook's own", "本手册自定"), strict=True):
        note = edition.entries[name].data.editor_note
        assert note is not None
        assert note.language == edition.code
        assert phrase in note.body.plain


def test_chinese_is_punctuated_in_full_width() -> None:
    han = r"[\u4e00-\u9fff]"
    half = re.compile(rf'{han}[,;:!?("]|[,;:!?)"]{han}|{han}\.(?!\w)')
    for _, entry in published():
        assert half.findall(texts_of(entry)) == [], entry.id
