"""What the pack must never say: a small table of rules per language, each with sentences that prove it.

A rule is tried on every sentence of every text a person may read. What stands in quotation marks is left out
(texts have to quote what swindlers promise). ``unless`` in the same sentence turns a match into an allowed
one: "nobody can guarantee" is no promise. The sentences in ``bad`` and ``good`` are the table's own test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|‘[^’]*’(?!\w)|\"[^\"]*\"")
SENTENCE = re.compile(r"[。！？；\n]|[.!?;](?=\s|$)|(?<=[\u4e00-\u9fff])[!?;]")


@dataclass(frozen=True)
class Rule:
    """``pattern`` may not occur in a sentence, unless ``unless`` does too."""

    id: str
    language: str
    pattern: str
    unless: str
    message: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    severity: str = "error"


BACK_ZH = "追回|找回|要回|拿回|讨回|取回|退回|返还|退还|挽回|回到您"
RULES = (
    Rule(
        "promise",
        "zh",
        rf"(保证|一定|肯定|必定|绝对|必然|包)(能|会|可以)?.{{0,8}}({BACK_ZH})"
        rf"|(钱|款|资金|损失).{{0,6}}(会|能|可以)(够)?(全部|全额|马上|很快|尽快)?.{{0,2}}({BACK_ZH})"
        rf"|(会|将)(全部|全额)({BACK_ZH}|退款)",
        "不|没|无|未|别|骗|凡|谁|声称|承诺|自称|如果|若|是否|能否|吗|可能|也许|有时|为了|才",
        "promises that money comes back; say what the step can do and what is not certain",
        ("您的钱一定能追回。", "警察会把钱追回来，资金很快会退回。", "银行会全额退款。"),
        (
            "没有人能保证追回。",
            "资金可能会被止付，不一定能追回。",
            "谁说一定能追回，谁就是骗子。",
            "他们会说“保证追回”。",
        ),
    ),
    Rule(
        "promise",
        "en",
        r"\b(you|we|they|it|police|bank|platform)('ll| will| are going to)\b.{0,30}"
        r"\b(get|recover|return|refund|give|pay)\b.{0,25}\b(back|money|funds|refund|loss)"
        r"|\b(guarantee[ds]?|definitely|certainly|for sure|always)\b.{0,40}"
        r"\b(back|recover|recovered|returned|refunded)\b"
        r"|\b(money|funds|payment|it)\b.{0,12}\b(will|is going to) be\b.{0,20}"
        r"\b(recovered|returned|refunded|stopped|frozen)",
        r"\b(not|no|nobody|never|cannot|anyone|whoever|everyone|someone|people|if|whether|fraud|scam|claim|says?|may|might|"
        r"sometimes|only)\b|n['’]t\b|promis",
        "promises that money comes back; say what the step can do and what is not certain",
        (
            "You will get your money back.",
            "The police will certainly recover it.",
            "Your money will be returned soon.",
        ),
        (
            "Nobody can guarantee that the money comes back.",
            "Whoever says you will get it back is a fraud.",
            "The bank may stop the payment.",
            "They will say “we will get your money back”.",
        ),
    ),
    Rule(
        "percentage",
        "zh",
        r"\d+(\.\d+)?\s*[%‰％]|百分之|[一二三四五六七八九几\d]成(的)?(概率|把握|机会|希望|可能|受害|的钱|案件)",
        r"(?!)",
        "gives a percentage; leave it out",
        ("追回的概率有80%。", "有九成把握。", "百分之九十的案件能破。"),
        ("越早报警越好。", "形成完整的记录。"),
    ),
    Rule(
        "percentage",
        "en",
        r"\d\s*[%‰]|\bper ?cent\b|\bpercentage\b|\b(nine|eight|seven|\d+) (out of|in) (ten|10|\d+)\b",
        r"(?!)",
        "gives a percentage; leave it out",
        ("The chance is 80%.", "Ninety percent of people get it back.", "9 out of 10 people are paid."),
        ("The sooner you report, the better.", "Call within 24 hours if you can."),
    ),
    Rule(
        "blame",
        "zh",
        r"您?(本|早)?(就)?(应该|应当|该)早?(知道|想到|看出|发现|警惕|小心)|(太|这么|那么)(大意|贪心|轻信|傻|笨|糊涂)"
        r"|怎么(会|能|可以)?(这么|就)?(上当|相信|信他|信了|被骗)|(都|只)(怪|怨)您|(是|属于)您(自己)?的(错|责任|过失|疏忽)"
        r"|贪图?小?便宜|咎由自取|自找的",
        "不是您|不怪|并非|不要责怪",
        "blames the person; leave it out",
        ("您早该知道这是骗局。", "您怎么这么轻信。", "这是您自己的责任。", "不要贪小便宜。"),
        ("这不是您的错。", "骗子很专业，很多人都遇到过。", "您应该先拨打报警电话。"),
    ),
    Rule(
        "blame",
        "en",
        r"\byou (should|ought to|could) have (known|noticed|seen|been|checked|reali[sz]ed|thought|listened)"
        r"|\byour (own )?(fault|carelessness|mistake|negligence|greed)\b|\bhow could you\b"
        r"|\b(gullible|na[iï]ve|greedy|stupid|foolish|careless|silly)\b"
        r"|\byou (let|allowed) (yourself|them)\b",
        r"\b(not|never|no|nobody)\b|n['’]t\b",
        "blames the person; leave it out",
        ("You should have known better.", "It is your own fault.", "Do be less gullible."),
        ("This is not your fault.", "You should call the police first."),
    ),
    Rule(
        "false deadline",
        "zh",
        r"黄金\s*(\d+|三十|半|时间|救援|止付)|(就|已经?|便|将)(太晚|晚了|来不及|没用|无效|失效|追不回)"
        r"|(超过|过了|错过|晚于).{0,4}(分钟|小时|半小时|天).{0,8}(不能|无法|没法|不再|不予|没用|无效|失效|来不及|晚)"
        r"|只有\s*\d+\s*(分钟|小时)",
        "也不|不会|不是|并非|没有|仍|还是|同样|也(要|应|可以|能)|不算",
        "sets a deadline that no rule sets; reporting is right at any time",
        ("超过30分钟就来不及了。", "抓住黄金30分钟。", "过了24小时无法止付。"),
        ("超过30分钟也要报警。", "现在报警也不晚。", "尽快报警。"),
    ),
    Rule(
        "false deadline",
        "en",
        r"\btoo late\b|\bgolden (\d+|thirty|half|hour|time|window|minutes)|\bonly have \d+ (minutes|hours)"
        r"|\b(after|past|beyond)\b.{0,12}\b(minutes|hours|half an hour|days)\b.{0,40}"
        r"\b(cannot|can['’]?t|no longer|useless|lost|impossible|nothing can)\b",
        r"\b(not|never|even|still|no rule|no deadline)\b|(is|are)n['’]t\b",
        "sets a deadline that no rule sets; reporting is right at any time",
        (
            "After 30 minutes it is too late.",
            "Use the golden half hour.",
            "After 24 hours the bank cannot stop it.",
        ),
        ("It is not too late to report.", "Report even if days have passed.", "Call as soon as you can."),
    ),
    Rule(
        "minimum amount",
        "zh",
        r"(满|超过|达到|不足|低于|少于|至少)\s*[\d,.一二两三四五六七八九十百千万]+\s*(多)?(元|块|万|千).{0,14}"
        r"(才|方可|不予|不受理|不立案|不能|无法|不用|没必要|可以报|能报|立案)|(金额|数额|钱)(太|过)(小|少)",
        "也|都|仍|没有|不论|无论|不管|不因|再",
        "sets a minimum amount for reporting; every amount can be reported",
        ("满3000元才能立案。", "金额太小，警察不受理。", "不足2000元没必要报警。"),
        ("金额再小也要报警。", "不论金额多少都可以报案。"),
    ),
    Rule(
        "minimum amount",
        "en",
        r"\b(at least|over|under|below|above|less than|more than)\s*(¥|rmb|cny)?\s*[\d,]+\s*(yuan|rmb|cny)?\b"
        r".{0,50}\b(report|police|case|accept|file|filed)\b|\bminimum (amount|loss|sum)\b"
        r"|\btoo (small|little)\b.{0,20}\b(report|police|case)"
        r"|\bamount is too (small|low)\b",
        r"\b(not|no|any|even|however small|never|nothing)\b|n['’]t\b",
        "sets a minimum amount for reporting; every amount can be reported",
        (
            "It must be over 3,000 yuan for the police to accept it.",
            "Your amount is too small.",
            "There is a minimum amount.",
        ),
        (
            "There is no minimum amount.",
            "Report it however small the sum is.",
            "No loss is too small to report.",
        ),
    ),
    Rule(
        "victim",
        "zh",
        r"受害(人|者)|被害(人|者)",
        "冒充|自称|其他|别的|另一",
        "calls the person a victim; say 您",
        ("受害人应立即报警。",),
        ("您可以立即报警。", "有人冒充受害者联系您。"),
        "warning",
    ),
    Rule(
        "victim",
        "en",
        r"\bvictims?\b",
        r"\b(fellow|other|another|pretend\w*|pos(e|es|ing)|claim\w*)\b",
        "calls the person a victim; say you",
        ("The victim must call the police.",),
        ("You can call the police.", "Someone who claims to be a fellow victim writes to you."),
        "warning",
    ),
    Rule(
        "address",
        "zh",
        r"你(?!们)|俺",
        r"(?!)",
        "says 你; the pack says 您",
        ("你先报警。",),
        ("您先报警。",),
        "warning",
    ),
)


def offences(text: str, language: str) -> Iterator[tuple[Rule, str]]:
    """Each rule that ``text`` breaks, with the words that break it."""
    sentences = [s for s in SENTENCE.split(QUOTED.sub(" ", text)) if s and s.strip()]
    for rule in RULES:
        if rule.language != language:
            continue
        for sentence in sentences:
            found = re.search(rule.pattern, sentence, re.IGNORECASE)
            if found and not re.search(rule.unless, sentence, re.IGNORECASE):
                yield rule, found.group(0)
                break
