"""Made-up text in the words of the trade, in English and Chinese at once.

Takes a random generator, gives `Pair`s: one text in both languages. Knows no kinds and no files.
The sentences mean little; their length, markup and vocabulary are those of a real playbook.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in English and in Chinese."""

    en: str
    zh: str

    def filled(self, **values: Pair | int) -> Pair:
        """The text with `{name}` replaced by the value of that name, in each language."""
        en = {name: v.en if isinstance(v, Pair) else v for name, v in values.items()}
        zh = {name: v.zh if isinstance(v, Pair) else v for name, v in values.items()}
        return Pair(self.en.format(**en), self.zh.format(**zh))


def joined(pairs: Iterable[Pair], en: str = "\n", zh: str = "\n") -> Pair:
    """The texts one after another, with `en` or `zh` between them."""
    parts = list(pairs)
    return Pair(en.join(p.en for p in parts), zh.join(p.zh for p in parts))


WHO = (
    Pair("the lead seller", "销售负责人"),
    Pair("the technical consultant", "技术顾问"),
    Pair("the delivery steward", "交付管家"),
    Pair("the plant director", "厂长"),
    Pair("the finance director", "财务总监"),
    Pair("the purchasing manager", "采购经理"),
    Pair("the sponsor", "内部支持者"),
    Pair("the final decision-maker", "最终决策人"),
    Pair("the risk desk", "风控组"),
    Pair("the user of the line", "产线使用者"),
)

THING = (
    Pair("decision chain", "决策链"),
    Pair("value case", "价值测算"),
    Pair("discovery interview", "需求访谈"),
    Pair("competitor offer", "竞品报价"),
    Pair("service level", "服务标准"),
    Pair("acceptance test", "验收测试"),
    Pair("price talk", "价格谈判"),
    Pair("expert visit", "专家拜访"),
    Pair("delivery plan", "交付计划"),
    Pair("partner list", "伙伴名单"),
    Pair("hidden need", "隐性需求"),
    Pair("health score", "健康度得分"),
    Pair("payment term", "付款条件"),
    Pair("pilot line", "试点产线"),
)

WHEN = (
    Pair("on the same day", "当天"),
    Pair("before the next visit", "下次拜访前"),
    Pair("every Friday", "每周五"),
    Pair("within 48 hours", "48小时内"),
    Pair("in the first meeting", "第一次会议上"),
    Pair("at the end of the quarter", "季度末"),
    Pair("once the figures are confirmed", "数字确认之后"),
    Pair("as soon as the contact changes", "联系人一变动"),
)

SENTENCES = (
    Pair(
        "Ask {who} what the {thing} costs today, and write the figure down {when}.",
        "向{who}问清{thing}目前的成本，{when}把数字记下来。",
    ),
    Pair(
        "A {thing} without a date is a wish; {who} confirms it {when}.",
        "没有日期的{thing}只是愿望，由{who}{when}确认。",
    ),
    Pair(
        "When {who} hesitates, show the {thing} of a comparable customer and stay silent.",
        "{who}犹豫时，拿出同类客户的{thing}，然后保持安静。",
    ),
    Pair(
        "Trade, never give: every step on the {thing} costs the customer something {when}.",
        "只交换，不白给：{thing}每让一步，客户{when}也要付出一步。",
    ),
    Pair(
        "We lost {n} deals because {who} heard of the {thing} too late.",
        "我们丢过{n}单，原因都是{who}太晚知道{thing}。",
    ),
    Pair(
        "The proof is a sentence of {who}, word for word, filed under the {thing} {when}.",
        "证据是{who}的原话，{when}逐字归入{thing}。",
    ),
    Pair(
        "If {n} people describe the {thing} differently, the account is not understood yet.",
        "如果{n}个人对{thing}的说法各不相同，说明这个客户还没有摸透。",
    ),
    Pair(
        "Keep the {thing} on one page, and let {who} correct it with a red pen.",
        "{thing}只写一页，让{who}用红笔改。",
    ),
    Pair(
        "Below **{n} %** the {thing} goes back to {who}; nobody argues about it.",
        "低于**{n}%**，{thing}退回{who}，不再争论。",
    ),
    Pair(
        "Bring one question about the {thing} and one fact that {who} does not know.",
        "带上一个关于{thing}的问题，和一个{who}还不知道的事实。",
    ),
    Pair(
        "Two of us go: one talks to {who}, the other writes down the {thing}.",
        "两个人同去：一人与{who}谈，另一人记录{thing}。",
    ),
    Pair(
        "Stop when {who} repeats the {thing}; the answer is *no* until it is written.",
        "{who}反复说同一个{thing}时就停下；没有写下来之前，答案都是*否*。",
    ),
)

PHRASES = (
    Pair("Who owns the {thing}", "{thing}由谁负责"),
    Pair("Proof for the {thing}", "{thing}的证据"),
    Pair("The {thing} in one page", "一页讲清{thing}"),
    Pair("Before the {thing}", "{thing}之前"),
    Pair("After the {thing}", "{thing}之后"),
    Pair("What the {thing} costs", "{thing}的成本"),
    Pair("When the {thing} fails", "{thing}失败时"),
    Pair("Rules for the {thing}", "{thing}的规则"),
)

SEE = Pair("See {link} before you go on.", "继续之前先看{link}。")
COMPARE = Pair("Compare it with {link}.", "可与{link}对照。")
STOP = Pair(
    '!!! warning "Stop here"\n    {text}\n    {more}', '!!! warning "到此为止"\n    {text}{more}'
)
TABLE = Pair(
    "| Signal | Who | Due |\n| --- | --- | ---: |", "| 信号 | 谁 | 期限 |\n| --- | --- | ---: |"
)
ROW = Pair("| {what} | {who} | {n} days |", "| {what} | {who} | {n}天 |")
QUOTE = Pair("> “{text}”", "> “{text}”")

Link = Callable[[], Pair]
"""Makes a Markdown link to another entry."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts drawn from `random`; `link` is asked wherever a text names another entry."""

    random: random.Random
    link: Link

    def one(self, pairs: tuple[Pair, ...]) -> Pair:
        """One of `pairs`, with its blanks filled."""
        draw = self.random.choice
        number = self.random.randint(2, 60)
        return draw(pairs).filled(who=draw(WHO), thing=draw(THING), when=draw(WHEN), n=number)

    def phrase(self) -> Pair:
        """A few words, such as a title."""
        return self.one(PHRASES)

    def sentence(self) -> Pair:
        return self.one(SENTENCES)

    def prose(self, sentences: int = 2) -> Pair:
        """A paragraph."""
        return joined((self.sentence() for _ in range(sentences)), " ", "")

    def linked(self, sentences: int = 1) -> Pair:
        """A paragraph that ends with a link."""
        return joined([self.prose(sentences), SEE.filled(link=self.link())], " ", "")

    def body(self, sections: int = 5) -> Pair:
        """A Markdown body; five sections come to about 4 KB in either language."""
        return joined((self._section(number) for number in range(sections)), "\n\n", "\n\n")

    def _section(self, number: int) -> Pair:
        forms = (self._table, self._list, self._steps, self._warning)
        parts = (
            _marked("## ", self.phrase()),
            self.linked(3),
            forms[number % len(forms)](),
            _marked("### ", self.phrase()),
            self.prose(2),
        )
        return joined(parts, "\n\n", "\n\n")

    def _table(self) -> Pair:
        draw = self.random
        rows = [
            ROW.filled(what=self.phrase(), who=draw.choice(WHO), n=draw.randint(1, 40))
            for _ in range(5)
        ]
        return joined([TABLE, *rows])

    def _list(self) -> Pair:
        return joined(_marked("- ", self.sentence()) for _ in range(4))

    def _steps(self) -> Pair:
        steps = [self.sentence(), self.sentence(), COMPARE.filled(link=self.link())]
        marked = (_marked(f"{number}. ", step) for number, step in enumerate(steps, 1))
        return joined([*marked, Pair("", ""), QUOTE.filled(text=self.sentence())])

    def _warning(self) -> Pair:
        return STOP.filled(text=self.sentence(), more=self.sentence())


def _marked(mark: str, text: Pair) -> Pair:
    return Pair(mark + text.en, mark + text.zh)
