"""The amount lost, as the text states it: which numbers are money, and which of them left the person."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from knowledge.case import Money
from knowledge.reading.normalise import normalise
from knowledge.reading.numbers import Number, evaluate, evaluate_english, find_numbers

# Units after a number. The first group that matches names the currency; "" is the region's own.
_AFTER = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("USDT", r"usdt|泰达币|u(?=[^a-z]|$)"),
        ("BTC", r"(?:个|枚)?(?:btc\b|比特币|bitcoins?\b)"),
        ("ETH", r"(?:个|枚)?(?:eth\b|以太[坊币])"),
        ("USD", r"美元|美金|美刀|usd\b|us\s?dollars?\b|u\.s\. dollars|dollars?\b|bucks\b|刀(?![子片])|\$"),
        ("HKD", r"港[币元纸]|hkd\b|hk dollars?\b"),
        ("TWD", r"[新台]台?币|twd\b|ntd\b"),
        ("EUR", r"欧元?|euros?\b|eur\b|€"),
        ("GBP", r"英镑|pounds?\b|gbp\b|quid\b|£"),
        ("JPY", r"日[元圆]|円|yen\b|jpy\b"),
        ("KRW", r"韩[元币]|원|krw\b|won\b"),
        ("SGD", r"新加坡[元币]|新币|坡币|sgd\b"),
        ("AUD", r"澳[元币]|aud\b"),
        ("CAD", r"加[元币]|cad\b"),
        ("MYR", r"马币|令吉|ringgits?\b|myr\b|rm\b"),
        ("THB", r"泰铢|baht\b|thb\b"),
        ("RUB", r"卢布|rub(?:les?)?\b|руб|₽"),
        ("INR", r"卢比|rupees?\b|inr\b|₹"),
        ("VND", r"越南盾|vnd\b"),
        ("PHP", r"比索|pesos?\b|php\b"),
        ("CNY", r"人民币|rmb\b|yuan\b|cny\b|元人民币"),
        ("", r"元|块|圆(?!形)|大洋|人民币"),
    )
)
_BEFORE = tuple(
    (code, re.compile(rf"(?:{pattern})[\s:]*$"))
    for code, pattern in (
        ("HKD", r"hk\$|hkd|港[币元]"),
        ("USD", r"us\$|usd|\$|美[元金]"),
        ("EUR", r"€|eur|欧元"),
        ("GBP", r"£|gbp|英镑"),
        ("USDT", r"usdt"),
        ("JPY", r"jpy|日元"),
        ("KRW", r"krw|₩"),
        ("SGD", r"s\$|sgd"),
        ("AUD", r"a\$|aud"),
        ("INR", r"₹|inr|rs\.?"),
        ("MYR", r"\brm"),
        ("CNY", r"¥|rmb|cny|人民币"),
    )
)
_SOFT = re.compile(r"\s{0,2}(?:多|余|来|几|左右|上下|出头|or so|plus|\+)*\s{0,2}个?\s?")

# Counters and clock words: a number before one of these is no money.
_NOT_MONEY_AFTER = re.compile(
    r"\s?(?:年|月|日|号|天|周|星期|礼拜|岁|点(?![卡数])|时|分(?!期付)|秒|小时|钟|[个](?!亿)|次|人|单|张|"
    r"条|名|位|笔|期|倍|级|楼|室|栋|"
    r"台|部|件|斤|折|股|届|g(?![a-z])|%|％|‰|成|家(?![里人属长])|群|集|章|回(?!来)|遍|句|封|通(?!过)|户|"
    r"只|套|箱|瓶|盒|份|种|步|把|公里|千米|米|平|度|"
    r"粉丝|积分|点赞|st\b|nd\b|rd\b|th\b|am\b|pm\b|a\.m|p\.m|o'clock|:\d|/\d|-\d|(?:\w+ )?(?:minutes?|"
    r"mins?|hours?|hrs?|days?|weeks?|months?|"
    r"years?|yrs?|times?|people|percent|per cent|calls?|messages?|texts?|emails?|friends?|persons?|"
    r"cards?|codes?|pieces?|"
    r"transactions?|payments?|transfers?|followers?|miles|km|kg|items?|orders?|tasks?|of (?:them|us)|"
    r"digits?|accounts?|banks?|"
    r"different|seconds?|secs?)\b|年代|后|以后|元/|号楼|x{2,}|\*|×)"
)
_NOT_MONEY_BEFORE = re.compile(
    r"(?:第|[年月]|编号|单号|订单|尾号|卡号|号码|账号|电话|手机|拨打|拨|qq|微信号?|vx|群号|身份证|"
    r"工号|房|案号|http\S*|www\S*|"
    r"\d[:/.-]|[a-z]\d*-|×|\*|#|call|called|dial|dialled|number|since|in|room|age|aged|version|step|"
    r"ending|ends in|by)\s?[:是]?\s?$"
)
_HOTLINE = re.compile(
    r"(?:110|120|119|122|12110|12315|12321|12345|12348|12356|12363|12378|12386|96110|95\d{3}|400\d{7}|"
    r"1[3-9]\d{9})$"
)

_GAP = r"[^,。.;!?;、\n]"
# Verbs of losing: the number after them is the loss whatever else the text names.
_LOSS_BEFORE = re.compile(
    r"(?:骗(?!子)|诈(?!骗)|损失|亏|盗刷?|偷|坑|讹|敲诈|勒索|卷走|转走|刷走|划走|扣走|扣了|盗走|输|没了|"
    r"少了|\blost\b|\blosing\b|\bloss(?:es)?\b|"
    r"\bscammed\b|\bdefrauded\b|\bstole\b|\bstolen\b|\bswindled\b|\bconned\b|\bcheated\b|\btook\b|"
    r"\btaken\b|\brobbed\b|\bout of\b|\bdrained\b)"
    rf"{_GAP}{{0,16}}$"
)
_PAID_BEFORE = re.compile(
    r"(?:转|付|交|汇|打(?!算|工|电话)|充|投|给|花|刷|借|贷|缴|存|寄|押金|定金|货款|拿出|拿了|支出|分别|"
    r"买了|捐|补了|交罚|见面礼|消费|冲了|押了|放了|入金|收了|扣了|退(?:了|给)(?=他|她|对方)|"
    r"发了?红包|红包|现金|\bsent\b|\bsend(?:ing)?\b|\bpaid\b|\bpay(?:ment)?\b|\btransferred\b|"
    r"\btransfer\b|\bwired\b|\bgave\b|\bspent\b|"
    r"\binvested\b|\bdeposited\b|\bput in\b|\bbought\b|\bborrowed\b|\bventmoed\b|\bcharged\b|\bzelled\b|"
    r"\bhanded\b|\bfor\b|\bworth\b)"
    rf"{_GAP}{{0,18}}$"
)
_LOSS_AFTER = re.compile(
    rf"^{_GAP}{{0,6}}(?:被骗|被?(?:人|他|她|对方|骗子)?(?:给)?(?:骗走|骗了(?!.{{0,3}}\d)|转走|盗走|刷走|"
    r"划走|卷走|偷走)|没了|不见了|打水漂|就没|全没|都没了|"
    rf"(?:was|were|is|are|has been|have been|got)? ?(?:gone|stolen|taken|missing|disappeared|lost))"
)
_PAID_AFTER = re.compile(
    rf"^{_GAP}{{0,4}}(?:转给|打给|汇给|付给|转过去|打过去|汇过去|转到|打到|已经付|已付|给了|交了|投进去|"
    r"进去了|押金|的押金|定金|我?(?:也|又|就|都)(?:给|转|付|交|打)了|"
    rf"\s?(?:deposit|fee|down payment|in cash|loan|ransom)\b|\s?(?:to|into|on|by|via|through|with|for|using|from)\b)"
)
# The same, so close that a number without a unit is one all the same.
_PAID_HERE = re.compile(r"\s?(?:转给|打给|汇给|付给|deposit\b|fee\b|down payment|in cash\b|loan\b|ransom\b)")
_GAVE_THAT_TOO = re.compile(r"^[^,。;!?\n]{0,4}[,，]?\s?我?(?:也|又|就|都|还是)(?:给|转|付|交|打)了")
# Asked for, not (yet) given.
_ASKED_BEFORE = re.compile(
    r"(?:(?:要|让|叫|求|需要|必须|得|逼|催|再|还要|说要|先要|怂恿|诱导|想|应该|打算|准备|如果|可以|"
    r"就能)(?:我|你|他|先|再|求|交|付|转|打|充|缴|支付|投|贷|拿|给|买)+|"
    rf"要(?:我|先)?{_GAP}{{0,4}}|索要|勒索|\bwants?\b|\basking\b|\basks?\b|\basked\b|\bdemand\w*\b|"
    r"\bneeds?\b|\bhave to\b|\bmust\b|\bshould\b|"
    rf"\brequire\w*\b|\brequest\w*\b|\btold me to\b|\bto pay\b)(?![^,。.;!?\n]{{0,12}}了){_GAP}{{0,10}}$"
)
# Prices, promised gains, money that came back, balances: said beside the loss.
_ASIDE_BEFORE = re.compile(
    r"(?:本来|原价|本该|原本|收益|利息|返(?:利|现|了|还|我)?|挣|赚|奖金|中奖|中了|佣金|提成|可以提|提现|"
    r"到账|余额|赔(?:了|偿)?(?:我|给)|退(?:给我|还|回|了(?:我|一|几|\d|$))|还给我|还了我|"
    r"还我|给我(?!的|骗|转走)|日入|月入|工资|注册资本|月薪|年薪|标价|市场价|价值|拿到|收到|收入|每天|"
    r"每月|每单|一单|一天|\bprice\b|\bearn(?:ed|ing|s)?\b|\bprofits?\b|\breturns?\b|"
    r"\brefund(?:ed)?\b|\bbalance\b|\bcommission\b|\bsalary\b|\bwon\b|\bgot back\b|\breceived\b|"
    rf"\bbonus\b|\bmake\b|\bper day\b){_GAP}{{0,7}}$"
)
_ASIDE_AFTER = re.compile(
    r"^[^,。.;!?\n]{0,3}(?:的(?:道具|东西|商品|工资|收益|奖)|奖金|工资|利息|收益|佣金|profit|commission|"
    r"per (?:day|month|hour)|a (?:day|month|week)\b|一[天月])"
)
_WORTH_OF_BOUGHT = re.compile(
    r"^的?(?:的|了)?(?:usdt|泰达币|比特币|虚拟|u\b|礼品卡|点卡|充值卡|京东|e卡|黄金|金条|手机|货|商品)"
)
#: A number in a clause of its own: 微信小程序买的课,8800,老师是假的.
_OWN_CLAUSE_BEFORE = re.compile(r"(?:^|[,。;!?\n])\s*(?:一?共|总共|大概|大约|约|才|就)?\s*$")
_OWN_CLAUSE_AFTER = re.compile(r"^\s*(?:多|左右)?\s*(?:$|[,。;!?\n])")
_PAID_OR_LOST = re.compile(
    r"(?:转|付|打|汇|给|交|充|买|花)(?:了|的|过去|出去|给)|被骗|骗|损失|没了|假的|\b(?:paid|sent|transferred|lost|gave|bought)\b"
)
#: The rest of a list whose last number carries the unit: 500, 700 and 1,100 yuan.
_LIST_GOES_ON = re.compile(
    r"^\s?(?:[,、+&]|and\b|[和与跟])[\s\d,.、+&]*(?:(?:and|[和与跟])[\s\d,.]*)?(?:元|块|yuan|rmb|dollars?|bucks|euros?|usdt)"
)
_COIN_BEFORE = re.compile(
    r"(?:usdt|泰达币|\btether\b)[^。;!?\n]{0,24}(?:sent|transferred|转|打|提)[^。;!?\n]{0,8}$"
)
_PIECES = r"(?:张|个|份|单|笔|次|套|件)"
_EACH = re.compile(
    rf"(?:每|一){_PIECES}(?:面值|都|是|各)?\s?(?P<price>\d+|[一二两三四五六七八九]?[十百千万]+[一二三四五六七八九十百千万]*)(?:元|块)?(?!{_PIECES})|"
    r"(?P<count_en>\d+|two|three|four|five|six|ten) ?(?:x|×|times|cards? (?:of|at|for|worth)) ?[$€£]?(?P<price_en>\d+)|"
    r"(?P<count_en2>\d+|two|three|four|five|six|ten)\b[^.;!?\d]{0,24}\bcards?\b[^.;!?\d]{0,16}[$€£]?(?P<price_en2>\d+) ?(?:yuan|rmb|dollars|usd|euros?)? each"
)
_HOW_MANY = re.compile(rf"(?P<count>\d+|[两二三四五六七八九]?十?[一二两三四五六七八九十]){_PIECES}(?!一)")
_ASKED_AFTER = re.compile(
    r"^.{0,2}(?:就能|就可以|才能|才可以|才给|(?:and|then) (?:i|you) (?:can|could|would))"
)
# Words that may stand between a verb and a number that carries no unit of its own.
_NEAR = re.compile(
    r"(?:骗(?!子)|损失|亏|刷|偷|坑|讹|敲诈|勒索|走|输|没了|少了|扣|转|付|交|汇|打|充|投|给|花|借|贷|缴|"
    r"存|寄|金|礼|捐|买|补|赔|罚|货款|拿|支出|消费|冲|押|放|费|红包|收|分别|退(?=了他|了她|了对方|给他|给她|给对方)|"
    r"lost|losing|loss|scammed|defrauded|stole|swindled|conned|cheated|took|robbed|of|sent|send|sending|"
    r"paid|pay|payment|transferred|transfer|"
    r"wired|gave|spent|invested|deposited|in|bought|borrowed|charged|zelled|handed|for|worth|them|him|"
    r"her|me|us)"
    r"(?:了|给|我|他|她|它|对方|骗子|那个人|别人|过去|走|到|去|取|约|大概|近|将近|接近|至少|整整|差不多|"
    r"有|才|已|账|值|款|资|钱|出|进去|完|掉|是|为|:|"
    r"共|一共|总共|总计|大约|\s|about|around|over|nearly|almost|up to|a total of|like|at least|more than|"
    r"approximately|another|roughly|the scammer|my card|my account|my bank)*$"
)
_UNPAID = re.compile(
    r"(?:没有?|未|还没有?)(?:再)?(?:付|给|交|转|打|汇)|haven't (?:paid|sent)|not (?:paid|sent)|"
    r"didn't (?:pay|send)"
)
_OTHERS = re.compile(
    r"(?:我?(?:姐|哥|弟|妹|同事|朋友|邻居|同学)|她朋友|他朋友|别人|其他人|还有人|(?:my|a) (?:friend|"
    r"sister|brother|cousin)s?)(?:也|\b.{0,12}\balso|.{0,20}too\b)"
)
_TOTAL_BEFORE = re.compile(
    r"(?:一共|总共|共计|合计|总计|累计|加起来|前前后后|前后|陆陆续续|陆续|全部|总额|总金额|统共|"
    r"(?<![公一总])共(?!享|同)|\bin total\b|\baltogether\b|\btotal(?:l?ing|s)?(?: of)?\b|\ball in all\b|"
    r"\boverall\b)"
    rf"{_GAP}{{0,12}}$"
)
_TOTAL_AFTER = re.compile(
    r"^[^,。.;!?\n]{0,8}(?:in total|altogether|all together|total\b|in all\b|一共|总共|合计|总计)"
)
_MORE = re.compile(
    r"又|再|后来|然后|接着|之后|另外|另|还(?!是|有没|能|没)|第[二三四]次|最后|末了|\bfinally\b|\blastly\b|随后|继而|加上|以及|\band\b|"
    r"\bthen\b|\banother\b|\bplus\b|\balso\b|\bagain\b|"
    r"下午|晚上|第二天|隔天|次日|昨天|今天|\bafter that\b|\blater\b|\bsecond\b|\bfollowed by\b"
)
_FIRST = re.compile(
    r"先|第一次|一开始|开始|起初|首先|最初|分别|\bfirst\b|\binitially\b|\bat first\b|又|后来|\bthen\b|"
    r"\banother\b|再次|第二次|接着|\bplus\b|之后|上午|早上|前天|昨天"
)
# One amount after the other as in a list; the second says nothing new about what happened to it.
_LISTED = re.compile(r"^[\s、,和与及/&+]{1,3}(?:and\s)?[¥$€£]?$")
_GOES_ON = re.compile(
    rf"^(?!.*[.。;!?\n]){_GAP}{{0,24}}(?:\band|\bthen|\bplus|\banother|又|再|还有|后来|另外|以及|"
    r"和)[\s,]*(?:then|another)?\s?[¥$€£]?$"
)
_LAST_OF_ALL = re.compile(
    r"^[^。.;!?\n]{0,14},\s?(?:最后|后来|然后|接着|又|再|then|finally|and then)\s?(?:是|的)?\s?$"
)
_ALL_OF_THEM = re.compile(
    rf"^{_GAP}{{0,2}}[,。 ]?{_GAP}{{0,2}}(?:都|全)(?:部)?(?:转|给|付|打|汇|投|没|被骗|交)|"
    rf"^{_GAP}{{0,3}}all (?:gone|sent|lost)"
)
_GONE = re.compile(
    r"骗(?!子|人|局|吗|的吗)|被告人|被害人|受害人|回不来|跑路|拉黑|失联|联系不上|没了|要不回|不退|亏|scam|fraud|lost|gone|"
    r"stole|swindl"
)
_ANSWER = re.compile(
    r"[\s,。.!]*(?:(?:大概|大约|差不多|约|有|是|就|应该|损失|可能|总共|一共|好像|估计|about|around|"
    r"roughly|approximately|maybe|some|it was|it's|just|"
    r"almost|nearly|over|more than|i think|被骗了?|金额|数额|钱数)[\s:]*)*$"
)
_ANSWER_END = re.compile(
    r"^[\s,。.!~]*(?:左右|吧|多|了|呢|上下|or so|i think|ish|啊|的样子|的|\+)*[\s,。.!~]*$"
)


@dataclass(frozen=True)
class _Sum:
    """One number that is money, with what the words around it say."""

    value: float
    currency: str
    start: int
    end: int
    role: str  # loss, paid, plain, asked, aside
    total: bool


def _currency(text: str, number: Number) -> tuple[str | None, int]:
    """Currency code ("" = the region's own, None = none written) and where the whole amount ends."""
    soft = _SOFT.match(text, number.end)
    for at in dict.fromkeys((soft.end() if soft else number.end, number.end)):
        for code, pattern in _AFTER:
            match = pattern.match(text, at)
            if match:
                return code, match.end()
    for code, pattern in _BEFORE:
        if pattern.search(text[max(0, number.start - 5) : number.start]):
            return code, number.end
    return None, number.end


def _role(before: str, after: str) -> str:
    """What the words before and after an amount make of it."""
    if _LOSS_AFTER.search(after):
        return "loss"
    if _GAVE_THAT_TOO.search(after):
        return "paid"
    if _ASIDE_AFTER.search(after):
        return "aside"
    if _WORTH_OF_BOUGHT.search(after) and before.endswith("价值"):
        return "paid"
    if _ASKED_AFTER.search(after):
        return "asked"
    hits = [
        (match.start(), role)
        for role, pattern in (
            ("loss", _LOSS_BEFORE),
            ("paid", _PAID_BEFORE),
            ("aside", _ASIDE_BEFORE),
            ("asked", _ASKED_BEFORE),
        )
        if (match := pattern.search(before))
    ]
    if not hits:
        return "paid" if _PAID_AFTER.search(after) else "plain"
    roles = {role for _, role in hits}
    if "loss" in roles:
        return (
            "loss"
            if "aside" not in roles
            or dict((r, s) for s, r in hits)["aside"] < dict((r, s) for s, r in hits)["loss"]
            else "aside"
        )
    for role in ("asked", "aside", "paid"):
        if role in roles:
            return role
    return "plain"


def _sums(text: str, currency: str) -> list[_Sum]:
    """Every amount of money in normalised ``text``."""
    found: list[_Sum] = []
    for number in find_numbers(text):
        before, clause = (
            text[max(0, number.start - 28) : number.start],
            text[max(0, number.start - 40) : number.start],
        )
        code, end = _currency(text, number)
        after = text[end : end + 24]
        raw = text[number.start : number.end].replace(" ", "")
        if code is None:
            if _NOT_MONEY_AFTER.match(text, number.end) or _NOT_MONEY_BEFORE.search(before):
                continue
            soft = _SOFT.match(text, number.end)
            if soft and _NOT_MONEY_AFTER.match(text, soft.end()) and soft.end() > number.end:
                continue
            if _HOTLINE.match(raw):
                continue
        role = _role(before, after)
        between = text[found[-1].end : number.start] if found else None
        goes_on = between is not None and (
            _LISTED.match(between)
            or (role == "plain" and (_GOES_ON.match(between) or _LAST_OF_ALL.match(between)))
        )
        if goes_on:
            role = found[-1].role
        told = (
            goes_on
            or role == "asked"
            or _LOSS_AFTER.search(after)
            or _PAID_HERE.match(after)
            or (_NEAR.search(before) and role in ("loss", "paid"))
            or _LIST_GOES_ON.match(after)
        )
        alone = (
            code is None
            and number.value >= 50
            and _OWN_CLAUSE_BEFORE.search(before)
            and _OWN_CLAUSE_AFTER.match(text[number.end :])
            and _PAID_OR_LOST.search(text)
        )
        if alone:
            told, role = True, "paid" if role == "plain" else role
        if code is None and _COIN_BEFORE.search(clause):
            code = "USDT"
        if code is None and not number.scaled and (number.value < 10 or not told):
            continue
        if number.value <= 0 or number.value > 1e11:
            continue
        if _OTHERS.search(re.split("[,。.;!?\n]", clause)[-1]):
            continue
        total = bool(_TOTAL_BEFORE.search(before) or _TOTAL_AFTER.search(after))
        found.append(_Sum(number.value, code or currency, number.start, end, role, total))
    unpaid = {
        s.value
        for s in found
        if _UNPAID.match(text[s.end :].lstrip(" ,钱的"))
        or re.search(rf"(?:{_UNPAID.pattern}).{{0,3}}$", text[max(0, s.start - 24) : s.start])
    }
    return [s for s in found if s.value not in unpaid]


def _parts(text: str, sums: list[_Sum]) -> float | None:
    """The sum of ``sums`` when the text tells them as parts paid one after the other."""
    same = [s for s in sums if s.currency == sums[0].currency]
    if len(same) < 2:
        return None
    gaps = [text[left.end : right.start] for left, right in itertools.pairwise(same)]
    if any(a.value == b.value and len(gap) > 14 for a, b, gap in zip(same, same[1:], gaps, strict=False)):
        return None  # said twice, not paid twice
    in_order = bool(_FIRST.search(text[: same[-1].start])) and all(_MORE.search(gap) for gap in gaps)
    listed = all(_LISTED.match(gap) or _GOES_ON.match(gap) for gap in gaps)
    if in_order or listed or _ALL_OF_THEM.search(text[same[-1].end :]):
        return sum(s.value for s in same)
    return None


def _asked_then_paid(text: str, sums: list[_Sum]) -> float | None:
    """Parts of which some are only told as demands: "they wanted 380, then another 600 ..., then I paid 1288"."""
    told = [s for s in sums if s.role in ("asked", "paid")]
    if not _GONE.search(text) or len({s.role for s in told}) < 2:
        return None
    if all(re.search("又|再|another|again", text[a.end : b.start]) for a, b in itertools.pairwise(told)):
        return sum(s.value for s in told)
    return None


def _pieces(text: str) -> tuple[float, int] | None:
    """(price of all pieces, where that is said) when a price for each and their number are told."""
    each = _EACH.search(text)
    if each is None:
        return None
    if each["price"] is None:
        written, price = each["count_en"] or each["count_en2"], float(each["price_en"] or each["price_en2"])
        count = float(written) if written.isdigit() else evaluate_english(written)
    else:
        rest = text[: each.start()] + " " * (each.end() - each.start()) + text[each.end() :]
        many = _HOW_MANY.search(rest)
        value = evaluate(each["price"])
        if many is None or value is None:
            return None
        price, count = value, evaluate(many["count"])
    if not count or not 2 <= count <= 200 or price < 5:
        return None
    return count * price, each.start()


def _choose(text: str, sums: list[_Sum]) -> _Sum | tuple[float, str] | None:
    totals = [s for s in sums if s.total and s.role != "aside"]
    if totals:
        return max(totals, key=lambda s: s.value)
    lost = [s for s in sums if s.role == "loss"]
    paid = [s for s in sums if s.role in ("loss", "paid")]
    asked_first = _asked_then_paid(text, sums)
    if asked_first is not None and not lost:
        return asked_first, paid[0].currency
    for group in (paid, lost):
        parts = _parts(text, group) if group else None
        if parts is not None and not (lost and any(s.value >= parts * 0.999 for s in lost)):
            if len(lost) == 1 and group is paid and lost[0].value >= max(s.value for s in paid):
                continue
            return parts, group[0].currency
    for group in (lost, paid):
        if group:
            return group[0]
    plain = [s for s in sums if s.role == "plain"]
    if plain:
        return plain[0]
    asked = [s for s in sums if s.role == "asked"]
    if asked and _GONE.search(text):
        parts = _parts(text, asked)
        return (parts, asked[0].currency) if parts is not None else asked[0]
    return None


def _bare_answer(text: str, currency: str) -> Money | None:
    """A message that is nothing but a number: the answer to "how much?"."""
    numbers = find_numbers(text)
    if len(numbers) != 1:
        return None
    number = numbers[0]
    raw = text[number.start : number.end]
    if _ANSWER.match(text[: number.start]) is None or not _ANSWER_END.match(text[number.end :]):
        return None
    if _HOTLINE.match(raw) or number.value < 10 or (raw.isdigit() and len(raw) > 9):
        return None
    return Money(number.value, currency)


def _written_currency(text: str) -> str | None:
    """The one currency sign in a text that says "4 x $50"."""
    signs = {code for sign, code in (("$", "USD"), ("€", "EUR"), ("£", "GBP")) if sign in text}
    return signs.pop() if len(signs) == 1 else None


def parse_amount(text: str, currency: str = "CNY") -> Money | None:
    """The amount lost as the text states it, or None. ``currency``: the code used when the text names none.

    Parts paid one after the other are added up; a stated total wins over its parts. Where only a lower
    bound is said (4万多, 十几万) it is the value. What was asked for but not paid is no loss.
    """
    folded = normalise(text)
    sums = _sums(folded, currency)
    pieces = _pieces(folded)
    if pieces is not None and not any(s.total or s.value >= pieces[0] for s in sums):
        near = min(sums, key=lambda s: abs(s.start - pieces[1]), default=None)
        return Money(pieces[0], _written_currency(folded) or (near.currency if near else currency))
    chosen = _choose(folded, sums) if sums else None
    if chosen is None:
        return _bare_answer(folded, currency)
    if isinstance(chosen, tuple):
        return Money(chosen[0], chosen[1])
    return Money(chosen.value, chosen.currency)
