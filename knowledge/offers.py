"""Recovery offers: the red flags in a text, and whether the text is such an offer.

The flags come from the pack. Whether a text *is* an offer also needs its shape: somebody other than the police
or the bank gets money back. Who only asks "can I get it back?" uses the same words and is no offer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.pack import Pack, RedFlag, Text
from knowledge.reading.normalise import normalise, simplify


@dataclass(frozen=True)
class Flag:
    """A red flag found in a text; ``start`` and ``end`` are characters of the original text."""

    id: str
    start: int
    end: int
    explanation: Text
    sources: tuple[str, ...]
    strength: str = "weak"


@lru_cache(maxsize=1024)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    # Folded text is in small letters, and a pattern in small letters is found in it at two thirds of the cost.
    return tuple(
        re.compile(simplify(pattern), re.IGNORECASE if _CAPITAL.search(pattern) else 0)
        for pattern in patterns
    )


#: A capital letter that is not the name of a class, like the S of ``\\S``.
_CAPITAL = re.compile(r"(?<!\\)[A-Z]")
_LATIN = re.compile("[a-z]")


def _absent(folded: str) -> frozenset[str]:
    """The languages, of those whose script tells, of which no pattern can be in normalised text."""
    if folded.isascii():
        return frozenset({"zh"})
    return frozenset() if _LATIN.search(folded) else frozenset({"en"})


def _flags(flag: RedFlag, folded: str, absent: frozenset[str]) -> list[Flag]:
    """The places where ``flag`` stands in normalised text; of overlapping ones the longest.

    ``absent``: languages whose patterns are not tried.
    """
    spans = [
        match.span()
        for language, patterns in flag.patterns.items()
        if language not in absent
        for pattern in _compiled(patterns)
        for match in pattern.finditer(folded)
    ]
    if not spans:
        return []
    spans.sort(key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if end > start and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return [Flag(flag.id, start, end, flag.explanation, flag.sources, flag.strength) for start, end in kept]


def check_offer(text: str, pack: Pack) -> tuple[Flag, ...]:
    """Every red flag of ``pack`` in ``text``, in order of appearance, without overlaps of the same flag."""
    folded = normalise(text)
    absent = _absent(folded)
    found = [one for flag in pack.red_flags.values() for one in _flags(flag, folded, absent)]
    return tuple(sorted(found, key=lambda flag: (flag.start, flag.end)))


# --- the shape of an offer -------------------------------------------------------------------------------------

_IN = r"[^。.!?;\n]"
#: Money coming back, in Chinese.
_BACK = (
    r"(?:追(?:回|款|讨|损|缴|索|债|得回|到|赃)|代追|挽回|挽损|要(?:得)?回|拿(?:得)?回|找(?:得)?回|"
    r"讨(?:得)?回|收回|取回|夺回|索回|退(?:还|回|款|赔|(?:钱)?给(?:我|您|你))|冻结(?:骗子|对方|嫌疑人)|"
    r"返还|回款|止损|解冻|出款|出黑|"
    r"提(?:现|出)(?:成功|来)|下款|拦截|弄回|搞回|打回|转(?:出来|回来)|赔(?:给|付))"
)
_LOST_THING = (
    r"(?:money|funds?|cash|crypto\w*|bitcoins?|btc|usdt|coins|savings|deposits?|investments?|assets|"
    r"losse?s?|wallet|transfer|payment|everything|\$?[\d,.]{1,12} ?k?)"
)
#: Money coming back, in English.
_GET_BACK = (
    r"(?:recover(?:ed|ing|y|s)?\b(?! (?:my |the |your )?(?:password|account password|email|data))|"
    r"retriev\w+|reclaim\w*|(?:get|got|gets|getting|gotten|bring|brought|win|won|claw\w*|send|sent|"
    r"pull)(?: it| them| all| back| every| some| most| of| my| your| our| the| their| his| her| lost|"
    r" stolen| hard-earned|\s)*"
    rf"(?:{_LOST_THING}(?: \w+){{0,2}} (?:back|out)|back\b|every (?:cent|penny|dollar)[^.!?]{{0,12}}back|"
    r"it (?:all )?back)|got (?:every|all) \w+ back|return(?:ed|ing|s)? (?:of )?(?:my|your|the|all|our|"
    rf"his|her) (?:\w+ )?{_LOST_THING}|revers\w+ (?:my|your|the) {_LOST_THING}|refund\w*|compensat\w+|"
    r"charge ?back|trac(?:e|ed|ing) (?:and|the|your|my|where)|"
    r"unfreez\w*|unlock\w*(?! (?:my|your|the) (?:\w+ )?account)|unblock\w*|freez\w+ the (?:scammer|"
    r"fraudster|thief)|release (?:the|your|my|them|it)|(?:locat|trac|fr[oe]z|found|seiz)\w* (?:my|your|"
    rf"the) (?:\w+ )?{_LOST_THING}|{_LOST_THING} (?:\w+ ){{0,3}}(?:located|traced|recovered|seized|"
    r"retrieved|frozen on))"
)
_ANY_BACK = re.compile(rf"{_BACK}|\b{_GET_BACK}")
#: Who does such a thing by trade; no public body and no bank is called this.
_HELPER = (
    r"(?:黑客|红客|骇客|白帽|技术(?:人员|员|团队|大神|大牛|老师|部门|小组|支持|手段|追|组|部)|(?:做|"
    r"搞)技术的|追(?:款|回|损|讨|债)(?:的|团队|中心|平台|公司|师傅|老师|专家|专员|机构|小组|部门|律师|"
    r"人员|工作室|通道|组)|网警|网络警察|网监|网安|网络安全|反诈(?:中心|骗)?(?:的)?(?:专员|人员|老师|"
    r"警官|客服|工作人员|志愿者|联盟)|"
    r"维权(?:团队|公司|机构|平台|老师|律师|中心|专员|联盟|群|人员|小组|组织)|法务|法律援助(?:中心|老师)|"
    r"清退(?:专员|组|小组|群|办|平台|老师|通道)|退款(?:专员|中心|员|小组|通道)|理赔(?:专员|员|中心|师)|"
    r"银监会|国际刑警|数据恢复|过来人|病友|受害(?:者|人)群|内部(?:人员|渠道|关系)|网上报(?:警|案)(?:中心|"
    r"平台|网|的)|红盾|挽损)"
)
_ANYBODY = (
    r"(?:律师|律所|公司|团队|机构|大神|高手|高人|师傅|专家|专员|渠道|工作室|老师|客服|警官|大姐|大哥|"
    r"有个?人|一个人|这个人|那个人|那人|陌生人|朋友|网友|群里|私信|评论|那个|自称|有人|他们?|她们?|对方|"
    r"那边|这家|那家|网站|平台|骗子)"
)
_EN_HELPER = (
    r"(?:hackers?|recovery (?:agents?|experts?|specialists?|compan(?:y|ies)|firms?|services?|teams?|"
    r"agency|professionals?|wizards?|lawyers?|solutions?|pros?|rooms?|cent(?:er|re)s?|gurus?|hub|"
    r"masters?|office|scheme)|(?:asset|funds?|crypto|bitcoin|wallet|money|scam|digital) (?:recovery|"
    r"tracing|retrieval)|ethical hack\w*|cyber[- ]?(?:experts?|police|team|security|sleuth\w*|genie|"
    r"crime unit|forensic\w*|space)|interpol|ic3|fbi|refund (?:officers?|agents?|department|manager)|"
    r"blockchain (?:\w+ )?(?:analysts?|experts?|forensics?|tracing|investigators?)|"
    r"certified (?:\w+ )?investigators?|private (?:investigators?|detectives?|eye)|fellow victims?|"
    r"victims?'?s? (?:list|group|fund|compensation)|tech (?:guy|wizard|team)|wizard|compensation (?:fund|"
    r"scheme))"
)
_EN_ANYBODY = (
    r"(?:he|she|they|we|someone|somebody|a (?:guy|man|woman|lady|person|group|team|friend|company|firm|"
    r"lawyer|message)|this (?:guy|man|woman|company|firm|person)|(?:lawyer|attorney|solicitor|agent|"
    r"agency|company|firm|officer|official|expert|specialist|investigator|broker|team|guy|woman|email|"
    r"message|caller|website|consultant|mentor)s?)"
)
_EN_ABLE = (
    r"(?:can|could|will|would|is able to|are able to|able to|claim\w*|promis\w+|guarantee\w*|offer\w*|"
    r"says?|said|told|emailed|wrote|messaged|help\w*|to|had|have|has|already)"
)

#: Promises made to the reader.
_PROMISE = re.compile(
    r"(?:我们(?!的)|我(?:可以|能|会)?帮(?:你|您|大家)|本(?:公司|团队|人|中心|工作室|机构)|专业|专门|"
    r"代(?:理|办)|诚信|正规|团队|免费|快速|极速|高效|承接|主营|帮(?:您|你|大家|忙|助)|为(?:您|你)|保证|"
    r"承诺|包|百分(?:之)?百|100%|负责|替(?:您|你))(?:\s|帮|为|替|给|您|你|大家|受害人?|客户|的|全额|"
    r"全部|快速|被骗|资金|钱款?|损失|把|将|能|可以|够|协助|办理|处理|成功|都|全|款|本金|各类|各种|网络|"
    rf"网赌|投资|诈骗|刷单|黑平台|不给|提现|有|渠道|杀猪盘|裸聊|[:,、]){{0,16}}{_BACK}(?!吗|么|不|来吗|"
    r"来么|的可能|的概率|的机会|多少)"
    r"|(?:被骗|网赌|刷单|投资|杀猪盘|博彩|裸聊|虚拟币|外汇|黑平台|不给提现|不能提现|无法提现|"
    rf"黑钱){_IN}{{0,12}}(?:追回|追款|挽回|退款|出款|挽损|追损|出黑|维权){_IN}{{0,16}}(?:联系|咨询|加|"
    r"找我|私信|私聊|点击|专业|团队|通道|信誉|快|后付|\+|↓|看我|主页|qq|扣扣|vx|wx|微信)|"
    rf"代追{_IN}{{0,12}}(?:款|钱|出款)|(?:被骗|损失)[^。\n]{{0,24}}(?:找|联系|咨询|加)我们|(?:本人|"
    rf"我们)[^。]{{0,24}}(?:入侵|黑进|攻破|后台)"
    r"|\b(?:we|i|our (?:\w+ )?(?:team|company|firm|experts?|agents?|hackers?|services?)|"
    r"us)\b(?:,? (?:can|will|'ll|are|able|to|could|help(?:ed|s)?|have|guarantee|speciali[sz]e|in|offer|"
    r"provide|do|assist(?:ed)?|successfully|certified|trace|"
    rf"and)\b)+{_IN}{{0,60}}\b{_GET_BACK}{_IN}{{0,30}}\b(?:your|you|victims?|clients?|people|customers|"
    r"anyone|lost|stolen|scammed|funds)\b"
    r"|\b(?:have you been|were you|been|are you a victim|victim of|lost (?:your )?(?:money|funds|"
    rf"crypto))\b{_IN}{{0,40}}\?[^?]{{0,80}}\b(?:{_GET_BACK}|we |contact|help you)"
    rf"|\b{_GET_BACK}{_IN}{{0,6}}\byour (?:lost |stolen |scammed |hard[- ]earned )*{_LOST_THING}\b|"
    r"\byour (?:lost |stolen |frozen )*(?:money|funds|crypto|assets|savings) (?:can be|has been|"
    r"have been|was|were|will be|could be)(?: successfully| fully| now)* (?:recovered|traced|located|"
    r"found|retrieved|returned|refunded|released|frozen)"
)
#: Somebody is said to have promised it, or to be about to do it.
_REPORTED = re.compile(
    rf"{_HELPER}{_IN}{{0,34}}{_BACK}|{_BACK}{_IN}{{0,10}}{_HELPER}|{_ANYBODY}{_IN}{{0,24}}(?:帮(?:我|忙|"
    r"你|助)|替我|保证|包|承诺|一定(?:能|可以)|答应|有(?:办法|渠道|技术|能力)|已经(?:帮)?|可以(?:通过|"
    rf"用)|通过){_IN}{{0,16}}{_BACK}"
    rf"|\b{_EN_HELPER}\b{_IN}{{0,80}}\b{_GET_BACK}|"
    rf"\b{_EN_ANYBODY}\b{_IN}{{0,60}}\b{_EN_ABLE}\b{_IN}{{0,40}}\b{_GET_BACK}|"
    rf"\b{_GET_BACK}{_IN}{{0,24}}\b{_EN_HELPER}\b"
)
#: A helper of a trade that is in itself a warning.
_NAMED_HELPER = re.compile(rf"{_HELPER}|\b{_EN_HELPER}\b")
#: Anybody at all, if he also wants something first and a fraud came before.
_FOR_A_FEE = re.compile(rf"{_ANYBODY}{_IN}{{0,30}}(?:可以|能|会|才|就){_IN}{{0,16}}{_BACK}")
_CAME_BACK = re.compile(r"(?:钱|款|本金)(?:真的|都|全部?|终于|也|已经)*(?:回来|到账)了(?!吗)")
_CORE_BACK = re.compile(
    r"追|挽|要回|拿回|找回|讨回|弄回|退赔|recover|retriev|reclaim|money back|funds back|get (?:it|"
    r"them) back"
)
_QUESTION_IN = re.compile(
    r"怎么|如何|怎样|能不能|可不可|会不会|有没有|还能|还可以|有什么|什么办法|是否|(?:吗|么|嘛)(?:$|"
    r"[,。?!])|^\s*(?:[^,.?]*\b)?(?:can|could|how|is there|what|should) (?:i|we|my|any\w*)\b|"
    r"^\s*(?:do|does|can|could|will|would|are|should) (?:real |really |the |these |those |any |actual )*(?:hackers?|lawyers?|"
    r"attorneys?|solicitors?|recovery (?:compan\w+|services?|firms?|agents?|agenc\w+)|police|banks?|courts?|investigators?)\b"
)
_FIRM_PROMISE = re.compile(
    r"保证|承诺|包(?:追|回|退)|一定(?:能|可以)|百分之?百|\bpromis\w+|\bguarantee\w*|\bhack\b|"
    r"\bnot to (?:go to|tell) the police"
)
_DOUBT = re.compile(
    r"靠谱|可信|可靠|真的假的|是真的|是不是(?:骗|真)|是骗|能信|信吗|legit|is (?:this|it|he|that) (?:real|"
    r"a scam|true|genuine)|should i (?:trust|pay|believe)"
)
#: "He got it back for me."
_TESTIMONIAL = re.compile(
    r"(?:多亏|感谢|谢谢|幸亏|幸好|还好|推荐|亲测|真(?:的|心)|终于|没想到|居然|竟然|好在|强烈|超级|太|"
    rf"特别|非常|靠谱|诚信|强大){_IN}{{0,50}}(?:{_BACK}|钱(?:都)?(?:回来|到账)|回来了|到账|帮(?:我|"
    rf"了我)){_IN}{{0,4}}(?:了|来|成功|我的|的钱|到)"
    r"|(?:(?<!帮)帮(?:助)?(?:我|了我|我们|很多|好多|不少|大家)|给我|替我|为我|"
    rf"协助我){_IN}{{0,16}}{_BACK}{_IN}{{0,8}}(?:了|成功|到账)(?!吗)|(?:我|钱|款|本金|损失|资金|全部|"
    r"都)(?:也|就|已经?|成功|终于|真的|全都?|是)*(?:帮我)?(?:追回|拿回|要回|找回|挽回)(?:了|来了)(?!吗|"
    rf"么)(?:{_IN}{{0,40}}(?:加|联系|找|推荐|老师|大神|黑客|团队|微信|qq|vx|他|感谢|谢谢))"
    rf"|(?:找|联系|加|通过|靠)(?:了|的|到|他|她|这(?:个|位|家)|那(?:个|位|家))*{_IN}{{0,16}}{_BACK}(?:了|"
    r"来了|成功)"
    r"|\b(?:helped|assisted|aided|enabled|got|saved|supported|made it possible for) (?:me|us|him|her|"
    rf"my \w+|many|others|a friend|countless|me and my \w+){_IN}{{0,50}}\b(?:{_GET_BACK}|back\b)|"
    rf"\b{_GET_BACK}\b{_IN}{{0,60}}\b(?:thanks to|with the help|by the help|through|via|with help from|"
    r"all thanks|because of|credit to|shout ?out)|\b(?:thanks to|with the help of|shout ?out to|"
    r"kudos to|grateful to|god bless|all thanks to|i (?:highly )?recommend|recommend\w*|happy to|"
    rf"glad i found|so grateful|appreciat\w+|owe){_IN}{{0,90}}\b{_GET_BACK}"
    r"|\b(?:i|we) (?:was|were|am|got|have|finally|just|successfully|eventually|"
    rf"fully)(?: \w+){{0,3}} (?:able to )?(?:recover(?:ed)?|retriev\w+|got (?:all |back |"
    rf"it )*)(?:{_IN}{{0,50}})\b(?:contact|by|from|help|thanks|through|reach|team|hacker|them|they)\b"
)
#: Terms no public body uses.
_TERMS = re.compile(
    r"(?:不成功|追不回|没追回|未追回|追不到|没成功|不到账|未到账|没到账|不见钱|"
    rf"拿不回){_IN}{{0,4}}(?:不收|不要|免费|全退|退款|全额退|分文不|无需|不付|不用)|(?:成功|追回|到账|"
    r"回款|事|拿到钱|出款|下款)(?:之)?后(?:再)?(?:付|收|给|结)(?:费|钱|款|\d|佣金|提成|服务费)?|先(?:追|"
    rf"出款|办事|做事|回款|操作){_IN}{{0,4}}后(?:付|收)|(?:成功率|追回率|回款率|胜率|挽回率)(?:高达?|"
    r"达到?|超过?|是|为|[:\s])*(?:百分|9|100|八|九|很高|极高|高)|百分(?:之)?百(?:追|挽|能|可以|成功|退)|"
    r"100%(?:追|挽|成功|退|能)|(?:保证|包|必)(?:追回|挽回|成功|回款)|"
    r"(?:\d+|二十四|四十八|一|两|三|几)(?:个)?(?:小时|天|分钟)(?:之)?内?(?:就|即可|可以|能|保证|"
    r"必)?(?:追回|到账|回款|挽回|出款|拿回|全额)|前期(?:不|无|零)(?:收|需|用)?(?:任何)?(?:费|费用|付费|"
    rf"收费|押金)?|无前期|零前期|追回{_IN}{{0,8}}(?:抽|收|提)(?:成|取|百分|\d)|(?:抽成|佣金|提成|"
    r"收费)[:是]?(?:百分之)?(?:\d+%?|[一二三四五六七八九十]+)|"
    r"\bno (?:recovery|win|success|refund|result|funds recovered|cure)s?,? ?(?:,|=|-|–|"
    r"then)? ?no (?:fee|pay(?:ment)?|charge|cost)|\b(?:pay|charge|fee)s? (?:only |us |them |me |is |"
    r"due )*(?:after|when|once|upon|if) (?:the |your |we |they |you |i |funds |successful |full |get |"
    r"recover\w*|success)|\b(?:success|recovery) rate\b|\b(?:9\d|100) ?(?:%|"
    rf"percent)[^.!?]{{0,20}}(?:success|recover\w*|guarantee\w*|refund|rate|return)|"
    rf"\bguarantee[ds]?\b[^.!?]{{0,30}}\b(?:recover\w*|refund|return|back|result)|\b(?:recover\w*|refund|"
    rf"back|result)[^.!?]{{0,20}}\bguarantee[ds]?\b|\bno upfront\b|\bwithin (?:24|48|72|\d+|a few|few|"
    rf"two|three) ?(?:hours|hrs|days)[^.!?]{{0,30}}(?:recover\w*|back|refund\w*|return\w*)|(?:recover\w*|"
    rf"back|refund\w*)[^.!?]{{0,20}}within (?:24|48|72|\d+|a few|few|two|three) ?(?:hours|hrs|days|weeks)"
)
#: Money asked for first, by whatever name.
_FEE = re.compile(
    r"(?:先|需要?|要(?!回|不回|得回|求退)|得|只要|仅需?|收(?:取|我)?|交|付|缴|支付|垫|预付|让我|叫我|打|"
    r"转|补)[^。!?;\n]{0,10}?(?:定金|订金|手续费|服务费|保证金|解冻(?:费|金)|技术费|技术服务费|启动(?:金|"
    r"资金|费)|驱动(?:金|资金)|押金|会员费?|vip|律师费|咨询费|公证费|税(?:金|费|款)?|服务器(?:费|租金)?|"
    r"测试(?:款|费|金)|诚意金|佣金|提成|好处费|材料费|认证金|激活(?:费|金)|流水|滞纳金|资料费|通道费|"
    r"工本费|立案费|担保金|验证金|验资|数据费|软件费|设备费|代理费|前期费用|办案费|辛苦费|红包|跑腿费|"
    r"费用|打点|尾款|充(?:会员|vip|值)|百分之|\d+%|一半|[\d一二两三四五六七八九十百千万]+(?:元|块|%|"
    r"u\b)?)|"
    r"(?:定金|手续费|服务费|保证金|解冻(?:费|金)|技术费|启动资金|驱动资金|律师费|服务器费|测试款|"
    r"诚意金)(?:先|要|是|\d|[一二两三四五六七八九十]|$|,)|"
    r"\b(?:upfront|up front|in advance|first|deposit|retainer|release fee|service fee|processing fee|"
    r"admin(?:istration|istrative)? fee|tax(?:es)?|activation|unlock(?:ing)? fee|gas fee|network fee|"
    r"legal fee|consultation fee|initial (?:fee|payment|deposit)|small fee|(?:a|an|the|their|his|her|"
    r"some|only|just) (?:\w+ ){0,2}fees?|commission|handling fee|verification fee|tokens?|gift cards?|"
    r"seed phrase|wallet phrase|expenses|insurance deposit|anydesk|teamviewer|processing fee|fee\b|"
    r"\d+ ?%|percent)\b"
)
_CONTACT = re.compile(
    r"(?:加|添加|联系|咨询|私信|私聊|私我|详聊|扣我|找我|滴滴我|dd我|戳|后台(?:私信|联系)|"
    r"看(?:我)?(?:主页|头像|简介|签名)|评论区?)(?:我|他|她|下方|老师|这个|大神|客服|微信|qq|vx|wx|v|扣扣|"
    r"企鹅|电话|tg|电报|飞机|:|\+|\d)*|(?:qq|微信|vx|wx|v信|扣扣|企鹅|tg|telegram|电报|电话|热线|"
    r"手机号?)\s*[:：号是为]?\s*[a-z0-9_\-]{5,}|"
    r"\b(?:contact|reach (?:out )?(?:to )?|dm|inbox|message|email|e-mail|write to|text|hit (?:me|him|her|"
    r"them) up|whatsapp|telegram|gmail|@\w+|instagram|signal|call)\b"
)
_HELP_LOOKED_FOR = re.compile(
    r"^(?:[^,。.!?;\n]{0,20})?(?:有没有|哪里有|哪有|谁(?:知道|能|可以|有)|求(?:助|推荐|介绍|大神|高手|"
    r"黑客)?|想找|怎么找|哪位|请问(?:有)?)[^。.!?;\n]{0,16}(?:律师|黑客|大神|高手|人|办法|机构|渠道|平台|"
    r"技术)|\b(?:can|could|does|do|is there|are there|anyone|any) (?:any(?:one|body)|someone|you|a|"
    r"anybody|hacker|lawyer)[^.!?]{0,40}\b(?:help|recover|get|recommend|know)\b|\blooking for (?:a|an|"
    r"someone)\b|\bhow (?:do|can|could|would|should) (?:i|we)\b|\bis (?:there|it) (?:any |a )?(?:way|"
    r"possible|chance|hope)"
)
_ASKS = re.compile(
    r"(?:能|可以|能不能|可不可以|会不会|有没有|有什么|是否|怎么|如何|怎样|怎么样|还(?:能|可以)|可能|多久|"
    r"什么时候|几时|哪里|可)[^。!?;\n]{0,30}(?:追|要|拿|找|讨|退|挽|收)[^。!?;\n]{0,6}(?:回|款|还|讨)|"
    r"(?:追|要|拿|找|讨|退|挽)(?:得)?回[^。!?;\n]{0,6}(?:吗|么|嘛|不\b|没)|\b(?:(?:can|could|will|would|"
    r"may|do|should) (?:i|we|you|anyone|someone|the|my|it)|how|is there|is it possible|what|when|any way|"
    r"any chance|please|want to|need to|trying to|like to|possible)\b[^.!?]{0,50}\b(?:get|recover|refund|"
    r"retriev|back)"
)
#: Those who get money back without being swindlers, and those who warn.
_OFFICIAL = re.compile(
    r"(?:警察|警方|民警|公安(?:局|机关)?|派出所|银行|支付宝|微信支付|法院|检察院|平台方?|商家|卖家|店家|"
    r"店里|客服|淘宝|京东|拼多多|航空|酒店|学校|老板|房东|中介|保险公司|运营商)[^。!?;\n]{0,16}(?:追回|"
    r"退款|退回|退还|返还|要回|找回|冻结|止付|拦截|退了|退给)|(?:报警|报案|起诉|申诉|投诉|仲裁|"
    r"立案)[^。!?;\n]{0,12}(?:追回|要回|拿回|退|返还|找回)|\b(?:the |my |our )?(?:bank|police|court|"
    r"seller|merchant|shop|store|airline|hotel|paypal|amazon|alipay|wechat|card issuer|visa|mastercard|"
    r"support|customer service|insurance|landlord)\b(?:(?!\b(?:his|their|he|she|they|because|"
    r"but)\b)[^.!?;]){0,40}\b(?:refund\w*|recover\w*|return\w*|froze|reversed|gave|got|get|money back|"
    r"charge ?back)"
)
_POSES_OFFICIAL = re.compile(
    r"押金|抽成|诉讼费|自称|冒充|号称|加(?:了)?(?:他|我)?(?:的)?(?:微信|qq)|(?:qq|微信)(?:上)?(?:联系|"
    r"加)|网警|反诈中心|保证金|手续费|解冻费|定金|费用|claim\w*|pretend|(?:from|the) (?:interpol|fbi|"
    r"ic3)|for a fee|whatsapp|telegram"
)
_WARNS = re.compile(
    r"(?:警方|警察|民警|公安|反诈中心|国家反诈|央视|媒体|新闻|我们)(?:温馨)?(?:提醒|提示|辟谣|告诫|呼吁|"
    r"说[:,]?(?:凡是|所有|网上))|(?:凡是|所有|一切|任何|但凡|谁|网上(?:那些|所有|"
    r"说)?)[^。!?\n]{0,34}(?:都是|全是|就是|一律是|均为|是)(?:骗子|骗人|诈骗|骗局|假的|二次)|(?:谨防|"
    r"警惕|当心|小心|防范|切勿|千万(?:别|不要)|不要(?:再)?(?:相信|轻信|信)|别(?:再)?(?:相信|轻信|"
    r"信))[^。!?\n]{0,30}(?:追|骗|黑客|网警|挽回|律师|二次|任何)|二次(?:诈骗|被骗|受骗)|(?:警察|警方|"
    r"公安|报警|报案|民警|110)[^。!?\n]{0,14}(?:不收|不会收|从不收)(?:取)?(?:任何)?(?:费|钱|费用)|"
    r"\b(?:beware|warning|be (?:careful|aware|wary)|watch out|avoid|stay away|never (?:pay|trust|believe|"
    r"send)|don'?t (?:trust|believe|fall|pay|ever)|do not (?:trust|believe|pay|fall)|they(?:'re|"
    r" are) all scam\w*|(?:are|is) (?:all |always |also |just |another )?(?:a )?(?:scams?|scammers|"
    r"fraud\w*|fake)|recovery scams?|(?:anyone|everyone|everybody|whoever|people|those|any (?:company|"
    r"person)) (?:online )?(?:who|that|claim\w*|offer\w*|promis\w+|say\w*)[^.!?]{0,60}(?:scam\w*|"
    r"fraud\w*|lying|liar|swindl\w*|thie(?:f|ves)))\b"
)
_HAPPENED = re.compile(
    r"(?:他|她|对方|那个人|这个人|又)[^。!?]{0,16}(?:要我|让我|叫我|收(?:了)?我|骗了我)|(?:我)?(?:刚|又|"
    r"已经|昨天|今天|前天)[^。!?]{0,10}(?:付|转|交|给)了|(?:要我|让我|叫我)(?:先)?(?:交|付|转|打|缴)|"
    r"\b(?:asked|wants?|asking|told|says?|demand\w*) (?:me|i|for)\b|\bi (?:already |just )?(?:paid|"
    r"sent)\b"
)
_SELF_RECOVERED = re.compile(r"(?:我)?(?:自己|报警后|警察)[^。]{0,10}(?:追回|要回|拿回)")
_OLD_LOSS = re.compile(
    r"被骗|骗子|骗我|损失|被坑|scam\w*|stolen|lost|fraud\w*|hacked|hard[- ]earned|invest\w*|fake|"
    r"victim\w*|ponzi|broker|loss|wallet"
)


def _told(folded: str) -> bool:
    """Whether somebody is said to get the money back, in words that are not the person's own question."""
    for match in _REPORTED.finditer(folded):
        rest = re.split(r"[。.!?？;\n]", folded[match.end() : match.end() + 14])[0]
        if not _QUESTION_IN.search(match.group(0) + rest) or _DOUBT.search(folded):
            return True
    return False


def is_offer(clues: frozenset[str]) -> bool:
    """Whether a text offers to get lost money back, praises or reports somebody who does, or asks a fee for it.

    ``clues``: those of :func:`offer_clues`. A question whether money can be had back is no offer, nor is a refund
    by police, bank or shop, nor a warning of such offers.
    """
    return bool({"offer_shape_likely", "offer_shape_plain"} & clues)


#: Nobody offered anything, or somebody says that it will hardly work.
_NO_OFFER = re.compile(
    r"没(?:有)?(?:任何)?(?:人|谁)?(?:联系|找|加|说|来找|骚扰)过|没(?:有)?(?:人|谁)(?:说|联系|找)|没(?:有)?找过?(?:任何)?(?:人|追|黑客|律师)|"
    r"(?:很难|难以|不容易|不太可能|没法|无法|基本(?:上)?)(?:能)?(?:追|要|拿|挽)(?:得)?回|(?:追|要)回(?:来)?(?:的)?(?:可能性|希望|几率)(?:很|不|非常)?(?:小|低|大|渺茫)|"
    r"\b(?:no ?one|nobody) (?:has |ever )?(?:offered|contacted|approached|called|promised)|"
    r"\b(?:have|has|was|were|been) ?(?:not|n'?t|never) (?:been )?(?:contacted|offered|approached|called)|"
    r"\bnever (?:contacted|hired|talked to|spoke to|used)\b|\b(?:little|no|slim|small|hardly any) (?:chance|hope)|"
    r"\bchances are (?:slim|low|small)|\bhard(?:ly)? to (?:recover|get)"
)

#: Clue name -> what it is found by. Each is a hint for or against; none decides alone.
_CLUES = (
    ("offer_none_made", _NO_OFFER),
    ("offer_warned_of", _WARNS),
    ("offer_official", _OFFICIAL),
    ("offer_poses_official", _POSES_OFFICIAL),
    ("offer_asks", _ASKS),
    ("offer_help_looked_for", _HELP_LOOKED_FOR),
    ("offer_terms", _TERMS),
    ("offer_fee", _FEE),
    ("offer_contact", _CONTACT),
    ("offer_helper", _NAMED_HELPER),
    ("offer_doubted", _DOUBT),
)


def offer_clues(text: str, flags: Sequence[Flag]) -> frozenset[str]:
    """Names of what speaks for or against an offer in ``text``, for a classifier to weigh."""
    folded = normalise(text)
    found = frozenset(name for name, pattern in _CLUES if pattern.search(folded))
    score = _score(folded, flags, found)
    shape = "unlike" if score < 0 else ("none", "hint", "likely")[score] if score < 3 else "plain"
    return found | {f"offer_shape_{shape}"}


def _praised(folded: str) -> bool:
    """Whether somebody is thanked for having got money back, or it is told how; not whether that is possible."""
    return any(not _QUESTION_IN.search(match.group(0)) for match in _TESTIMONIAL.finditer(folded))


def _score(folded: str, flags: Sequence[Flag], found: frozenset[str]) -> int:
    """Points for the shape of an offer; two make one. ``found``: the names in ``_CLUES`` of what is in the text."""
    back = bool(_ANY_BACK.search(folded))
    promise, told, praise = bool(_PROMISE.search(folded)), _told(folded), _praised(folded)
    terms, contact = "offer_terms" in found, "offer_contact" in found
    fee, helper = "offer_fee" in found, "offer_helper" in found
    strong = {flag.id for flag in flags if flag.strength == "strong"}
    weak = {flag.id for flag in flags if flag.strength == "weak"}
    asks, loss = bool({"offer_asks", "offer_help_looked_for"} & found), bool(_OLD_LOSS.search(folded))

    points = (
        2 * promise
        + 2 * praise
        + (2 if told and (helper or fee or terms or strong or weak or _FIRM_PROMISE.search(folded)) else told)
    )
    points += (
        2 * (helper and fee)
        + (terms and len({m.group(0) for m in _TERMS.finditer(folded)}) > 1)
        + (terms and (back or helper))
        + (contact and (promise or praise or terms or helper))
    )
    points += told and contact and loss
    points += 2 * (loss and not told and fee and bool(_FOR_A_FEE.search(folded)))
    points += 2 * (helper or contact) * bool(_CAME_BACK.search(folded))
    if helper or told or promise or praise or _CORE_BACK.search(folded):
        points += 2 * bool(strong) + (len(weak) >= 2)
    if "offer_warned_of" in found and not _HAPPENED.search(folded) and not (contact and (promise or praise)):
        return 0
    if "offer_none_made" in found and not fee and not terms and not contact:
        return 0
    if (
        "offer_official" in found
        and "offer_poses_official" not in found
        and not helper
        and not (strong and fee)
    ):
        points -= 2
    if (
        asks
        and not (fee and told)
        and not terms
        and not ((praise or promise) and contact)
        and not (told and helper)
    ):
        points -= 2
    return points
