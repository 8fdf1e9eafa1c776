"""Signs that somebody may not be safe: plain and veiled, of oneself or of another. Figures of speech are no alarm."""

from __future__ import annotations

import re
from functools import lru_cache

# Said of oneself or another, as a wish, plan or act.
_PLAIN = re.compile(
    r"自[杀殺尽]|轻生|寻短见|寻死|求死|自残|自伤|自虐|不想(?:再)?活(?![动跃泼络])|"
    r"不(?:太)?想活(?![动跃泼络])|活不(?:下去|成|了)|没(?:有)?(?:法|办法|勇气|脸|心思|动力)(?:再)?活|"
    r"不愿(?:意)?(?:再)?活|想(?:要)?(?:去)?死(?!你|我了|他了|她了|机|循环|磕|党|心塌|当)|想一死|"
    r"死了算了|一死了之|去死(?:算了|吧我|好了|一死)|死掉算了|不如死|还是死了|死了(?:就)?(?:一了百了|干净|"
    r"好了|解脱|没了)|(?:要|想|打算|准备)去死|我要死给|死给(?:他|你|她|骗子)|以死|宁愿死|真想死|好想死|"
    r"(?:结束|了结)(?:掉|了)?(?:我|自己|她|他)?(?:的)?(?:生命|性命|这一生|一生|余生|自己|痛苦)|"
    r"跳(?:楼(?!价|机|货|大)|河|江|海|桥|湖|轨|下去(?:算了|得了|一了百了))|(?:想|要|准备|打算|真)(?:要|"
    r"想)?(?:从[^,。]{0,8})?跳下去|割(?:腕|脉)|上吊|烧炭|吞(?:药|安眠药)|(?:吃|喝|吞|买)(?:了|光|"
    r"完)?(?:一?瓶|很多|好多|大量|所有|整瓶|半瓶)?[^,。]{0,3}(?:安眠药|农药|敌敌畏|百草枯|毒药)|"
    r"遗书|遗言|(?:安排|交代|料理|处理)(?:好)?(?:了)?(?:我的|自己的)?后事|死路一条|(?:站|坐|爬)(?:在|到|"
    r"上)(?:了)?[^,。]{0,4}(?:天台|楼顶|顶楼|桥边|桥上|窗台|窗户边|栏杆)|(?:准备|买|"
    r"囤)(?:好)?(?:了)?[^,。]{0,5}(?:安眠药|农药|刀片)|一了百了|离开(?:这个|人)世(?:界|间)?|离开人间|"
    r"从(?:这个)?世界(?:上)?消失|(?:想|就想|要是能|希望)[^,。]{0,6}(?:消失(?:在|了|掉|算了)|睡(?:过去|"
    r"着)[^,。]{0,4}(?:不(?:再|用|想)?醒|别醒)|永远不(?:用)?醒)|不想(?:再)?醒(?:来|过来)|(?:再也|"
    r"永远)(?:不想|不用|别)醒|"
    r"没(?:有)?(?:了)?活(?:着|下去)的?(?:希望|意义|意思|勇气|必要|理由|动力|念头)|活着(?:也|还|真|"
    r"就)?(?:没(?:有|什么|啥)*(?:意义|意思|劲|希望|用)|有什么(?:意义|意思|用)|干(?:嘛|什么)|"
    r"是(?:种)?(?:折磨|煎熬|负担|累赘))|(?:人生|生活|生命|这辈子)(?:已经)?(?:没(?:有|什么)*(?:意义|意思|"
    r"希望|盼头)|完了|到头了|走到(?:了)?尽头)|"
    r"想不开|想解脱|(?:自我|自己)了断|了断(?:自己|生命|此生|余生)|(?:只想|好想|求)解脱|死的心(?:都|"
    r"也)?(?:有|都)|伤害(?:我)?自己|(?:拖累|连累)(?:家人|你们|孩子|父母|大家)[^,。]{0,8}(?:不如|走了|"
    r"离开|死)|没(?:有)?我(?:他们|家里|家人|大家|你们)?(?:会)?(?:更好|过得更好|轻松)|下辈子(?:再|见|还|"
    r"做|吧|不)|来世再|(?:最后|再)(?:看|抱|见)(?:一眼|一次|最后)[^,。]{0,8}(?:就|然后)(?:走|离开)|"
    r"撑不(?:下去|住)了?|熬不(?:下去|过去|住)|挺不(?:下去|过去|住)了|坚持不(?:下去|住)了|活腻|生无可恋|"
    r"不想(?:再)?(?:待|呆|留)在(?:这个)?世(?:界|上)|人间不值得|没脸(?:活|再活|见人了)|不配活|(?:药|刀片|"
    r"绳子|遗书)(?:都|已经)(?:准备|买|写)好|"
    r"\bkill(?:ing|ed)? (?:my|him|her|them|your)sel(?:f|ves)\b|\bend(?:ing)? (?:my|his|her|their|this|"
    r"my own) (?:own )?li(?:fe|ves)\b|\bend(?:ing)? it all\b|\bend things for good\b|\btak(?:e|"
    r"ing) (?:my|his|her|their) own li(?:fe|ves)\b|\bsuicid\w*|"
    r"\b(?:want(?:s|ed)?|wanna|going|ready|rather|wish(?:es|ed)?(?: i could)?|would|hop(?:e|ing)|"
    r"try(?:ing)?|plan(?:ning)?|about|prefer) (?:just )?(?:to )?(?:just )?(?:die|be dead|"
    r"disappear forever|not be alive|be gone forever)\b(?! (?:for|of (?:laugh|embarrass)))|"
    r"\bwish (?:that )?(?:i|he|she) (?:was|were|wasn'?t|weren'?t|would(?:n'?t)?(?: have been| be)?|"
    r"had(?:n'?t)?(?: never)?(?: been)?|could)(?: just)? (?:dead|never born|not alive|alive|born|die|"
    r"not wake up|disappear)|"
    r"\bbetter off (?:dead|without me|if i)|\b(?:don'?t|do not|doesn'?t|does not|didn'?t|no longer|"
    r"not) (?:really )?(?:want|wanna|wants)(?: to)? (?:live|be alive|be here|wake up|exist|go on|"
    r"be around|keep living|carry on|continue living)\b|\b(?:don'?t|do not) see (?:a|any|the) (?:reason|"
    r"point|future)|"
    r"\b(?:no|any|a|without) (?:reason|point|will|purpose) (?:to|in|for|of) (?:live|living|going on|"
    r"go on|carry(?:ing)? on|being alive|life|being here)|\blife (?:is|isn'?t|has|feels|is not) (?:not |"
    r"no longer )?(?:worth|pointless|meaningless|no meaning|over for me|too painful)|\bmy (?:life|"
    r"existence) is (?:meaningless|over|pointless|worthless|ruined beyond)|\bnot worth living\b|"
    r"\bcan'?t (?:go on|live (?:like this|with this|any ?more)|do (?:this|life) any ?more|keep going|"
    r"take (?:it|this|life) any ?more|carry on)\b|\bcannot go on\b|\bself[- ]?harm\w*|\b(?:hurt|harm|cut|"
    r"cutting|hurting|harming|burn) (?:my|him|her|them)sel(?:f|ves)\b|\burge to cut\b|"
    r"\bwhen i'?m not cutting\b|"
    r"\boverdos\w+|\b(?:hang|hanging|shoot|drown|poison)(?:ed)? (?:my|him|her|them)sel(?:f|ves)\b|"
    r"\bjump(?:ing|ed)? (?:off|from|in front of) (?:a |the |my )?(?:bridge|building|roof|balcony|window|"
    r"train|cliff|tower)|\bslit (?:my|his|her) wrists?\b|\bswallow(?:ed)? (?:all |a bottle of )?(?:the |"
    r"my )?(?:pills|sleeping pills|tablets)|\btook (?:all|too many|a bottle of|"
    r"a whole)[^.]{0,14}(?:pills|tablets)|"
    r"\b(?:never|not|don'?t want to|won'?t) wake up (?:again|tomorrow|any ?more)?|\b(?:goodbye|suicide|"
    r"farewell) (?:note|letter)|\bsay(?:ing)? (?:my )?(?:final )?goodbyes?\b(?! to (?:my|the) money)|"
    r"\beveryone (?:would|will|is) be? ?(?:better|happier) (?:off )?without me|\bburden (?:to|"
    r"on) (?:everyone|my family|them|my kids)|\bi(?:'m| am) (?:done|finished) (?:with (?:life|living|"
    r"everything)|living)|\bno way out\b(?! of (?:the|this) (?:contract|deal))|"
    r"\b(?:nobody|no one|no-one) (?:would|will) (?:even )?(?:miss me|notice if i|care if i (?:die|"
    r"was gone|were gone|disappear))|\bif i (?:were|was) (?:gone|dead)\b|\bshould(?:n'?t|"
    r" not) be (?:here|alive)\b|\bnothing (?:left )?to live for\b|\bsleep forever\b|\bgiv(?:e|en|"
    r"ing) up on life\b|\bpass(?:ive)?ly suicidal|"
    # Veiled: no trouble to anyone soon, things given away, the insurance, a last farewell.
    r"\b(?:won'?t|will not|not going to) be (?:a |an )?(?:problem|burden|bother|trouble|nuisance|worry) (?:to|for) "
    r"(?:any|every|my|them|you|him|her|the)\w*\b|\b(?:every(?:one|body)|they|my (?:family|kids|children|wife|husband|parents)|"
    r"you|the kids|the world|people)(?:'?d| would| will|'?ll|'?s|'?re| is| are)? (?:all )?(?:be )?(?:so much |much |far )?"
    r"(?:better|happier|easier|freer|richer)(?: off)? (?:without me|if i|once i|when i'?m (?:gone|not)|with me gone|with my (?:life )?insurance)|"
    r"\bworth more dead\b|"
    r"\b(?:what'?s|what is|no|see no|don'?t see (?:the|a|any)) (?:the )?(?:point|use|reason) (?:of|in|to) (?:even |me )?(?:wak\w+|get\w* up|be(?:ing)? here|"
    r"exist\w*|stay\w* alive|carry\w* on)|\b(?:giv\w+|gave) (?:away )?(?:all )?my (?:things|stuff|belongings|possessions|"
    r"pets?|dog|cat) away\b|\b(?:giv\w+|gave) away (?:all |everything )?(?:of )?(?:my|his|her|their) (?:things|stuff|belongings|possessions|pets?|dog|cat)\b|"
    r"\b(?:said|saying|say) (?:my |his |her )?(?:goodbyes?|farewell) to (?:the|my|his|her|our|each of my) (?:kids|children|family|parents|"
    r"son|daughter|wife|husband|mum|mom|loved ones)\b|\bwon'?t (?:be (?:around|here|alive)|see me) (?:tomorrow|next week|much longer|any ?more|for long|after)|"
    r"\b(?:this|it) (?:all )?(?:ends|will end) (?:tonight|today|for me)\b|\bwithout me (?:in it|they'?d)\b|"
    r"死にたい|消えたい|自殺|生きていたくない|生きる意味|자살|죽고\s?싶|죽어버리|살고\s?싶지\s?않|"
    r"quiero morir|suicid\w+|matarme|quitarme la vida|no quiero vivir|je veux mourir|me tuer|"
    r"plus envie de vivre|"
    r"ich will sterben|nicht mehr leben|umbringen|хочу умереть|покончить с собой|не хочу жить|"
    r"жить не хочу|самоуби|quero morrer|me matar|voglio morire|uccidermi|muốn chết|tự tử|bunuh diri|"
    r"ingin mati|อยากตาย|ฆ่าตัวตาย|intihar|ölmek istiyorum|أريد أن أموت|انتحر"
)
# Figures of speech, jokes, machines; the alarm word inside one of these is none.
_FIGURE = re.compile(
    r"[蠢傻笨呆恨悔疼贵火忙牛挤]死(?:了|人|我)|丢死|愁死|"
    r"哈哈|嘻嘻|嘿嘿|hhh|233|笑死|lol\b|lmao|rofl|haha|😂|🤣|"
    r"[笑堵卷累热冷饿困烦气吓黑丑美急无渴痒疼痛羞尬忙萌甜香酸辣馋穷堵晒](?:到|得|的)?想?死|想死(?:你|你们|"
    r"我了|你了|它|那|这)|打死|该死|死机|死循环|死心|死活|怕死|找死|作死|"
    r"\bdying (?:to|for|of laugh)|\bkill(?:s|ing|ed)? (?:me|time|it)\b|\bdie (?:of|from) (?:laugh|"
    r"embarrass|bored|hunger|shame)\w*|\bdie for\b|\bdead (?:tired|serious|line)|\bsuicide squad\b|"
    r"\b(?:career|political|financial|commercial) suicide\b|\bto die for\b|\bkill myself laughing"
)
#: A dead end of a shop, a project, a team; not of a person.
_BUSINESS_END = re.compile(
    r"(?:公司|生意|店|项目|团队|行业|股票|产品|企业|工厂|老板|平台|球队)[^。!?]{0,14}死路一条"
)
_SERIOUS = re.compile(r"自杀|轻生|自残|不想活|割腕|跳楼|遗书|活不下去|kill myself|end my life|suicidal")
# Somebody long dead, a film, an insurance clause, a question of law: no one is at risk now.
_REMOTE = re.compile(
    r"(?:保险|赔(?:付|偿)?|理赔|分红险|条款|法律责任|刑事责任|负责任|承担责任|判刑|电影|电视剧|小说|剧情|"
    r"主角|演员|导演|新闻|报道|歌词|游戏里|剧里|动漫|明星|历史|皇帝|哪年|哪个城市|什么意思|怎么读|英文|"
    r"翻译|统计|自杀率|自杀式|自杀队|袭击)|"
    r"\b(?:hot ?line|prevention|article|thesis|documentary|journalist|hitler|movie|film|book|novel|song|lyrics|character|series|history|statistics|rate of|rates|"
    r"insurance|clause|liable|liability|what does .{0,20} mean|translate|definition|squad|bomb\w*|"
    r"mission|awareness|in which (?:city|year)|who (?:committed|died)|how many people)\b"
)
_OWN_RISK = re.compile(
    r"我(?:真的?|好|很|也|都|现在|已经|就|想|要|不想|觉得|妈|爸|老公|老婆|女儿|儿子|朋友|男朋友|女朋友)|"
    r"救救|怎么办(?!理)|\b(?:i|i'm|i've|my|he|she) (?:want|am|feel|just|will|going|have|mother|mom|dad|"
    r"father|wife|husband|son|daughter|friend|says|is|wants)\b"
)
_BEREAVED = re.compile(
    r"\b(?:los[ts]|loss of|losing|lost) (?:a |my |an |someone |his |her |the )?[\w ]{0,24}?(?:to|by|"
    r"from) suicide|\b(?:parents?|mother|father|brother|sister|friend|son|daughter|husband|wife|uncle|"
    r"aunt|cousin|he|she|they|boyfriend|girlfriend|who)(?: both| had| all|"
    r"s? of mine)*(?: also)? (?:committed|died (?:by|from|of)|completed) suicide|\bcommitted suicide\b|"
    r"(?:爸|妈|父亲|母亲|哥|姐|弟|妹|朋友|同学|老公|老婆|儿子|女儿|他|她|丈夫|"
    r"妻子)(?:[^,。]{0,8})(?:自杀(?:去世|身亡|了[^,。]{0,3}年|死了|走了|离世)|跳楼(?:身亡|去世|死了))"
)
_DENIAL = re.compile(
    r"(?:没有?(?:想|想过|要|打算)|不是(?:想|要)|不会(?:去)?|从(?:来)?没(?:有)?想过?|并不(?:想|会)|"
    r"绝不(?:会)?|别担心[^,。]{0,8}不会)(?:过|要|去)*(?:自杀|轻生|死|寻短见|自残|做傻事|想不开)|(?:没|"
    r"不)(?:有)?(?:自杀|轻生)的?(?:想法|念头|打算)|"
    r"\b(?:i'?m|i am|not|never|no|wasn'?t|isn'?t) (?:not |at all |really )?(?:suicidal|(?:tried|thought|"
    r"contemplated|considered|attempted|planning|thinking)[^.]{0,28}suicide|going to (?:kill|hurt|"
    r"harm) myself)|\b(?:wouldn'?t|won'?t|would not|will not|would never|never|don'?t want to|"
    r"not going to) (?:ever )?(?:kill myself|take my own life|hurt myself|harm myself|end my life|die)|"
    r"\bno (?:suicidal )?(?:thoughts|intention|plans) of (?:suicide|killing|dying)"
)
# Passive wishes count whatever is denied beside them.
_PASSIVE = re.compile(
    r"\bmy (?:life )?insurance (?:money |policy |payout )?(?:would|will|could|'d|pays)\b[^.!?]{0,20}\b(?:debts?|loans?|mortgage|family|kids|"
    r"children|what i owe|them)\b|\b(?:get|have|collect|claim) (?:the|my) (?:life )?insurance (?:money )?(?:if|when|once) i\b|"
    r"\b(?:wish(?:ed|ing)?)\b[^.]{0,30}\b(?:never|wouldn'?t|wasn'?t|hadn'?t|not)\b[^.]{0,14}\bborn\b|"
    r"\bwish(?:ed)?\b[^.]{0,20}\baccident\b|\bhope(?:d)? (?:i )?(?:don'?t|never|not) wake|睡(?:着|"
    r"过去)[^,。]{0,6}(?:不(?:再|用)?醒|别醒)|不想(?:再)?醒"
)
_WEAK = re.compile(
    r"想不开|撑不|熬不|挺不|坚持不|生无可恋|人间不值得|后事|了断|人生|生活|这辈子|下辈子|"
    r"想(?:要)?(?:去)?死|跳|死路一条|no way out|can'?t|burden|meaningless|shouldn'?t be here|should not be here|"
    r"had better|没脸见人|解脱|活腻"
)
_JUMP_STORY = re.compile(
    r"(?:看着|看见|眼看|忍心)(?!高楼|楼|窗)[^,。]{1,6}跳下|跳下去(?:当然|就|也)?[^,。]{0,3}(?:救|捡|接)|"
    r"(?:他|她|夜|素|主角|人家|那个)[^,。]{0,10}跳下去"
)


# By far the dearest of the patterns here, and wanted twice of a text in which nothing is covered.
@lru_cache(maxsize=4)
def _plain(text: str) -> bool:
    return _PLAIN.search(text) is not None


def find_crisis(folded: str) -> bool:
    """Whether normalised text shows that the writer, or someone they report on, may be at risk now."""
    if _PASSIVE.search(folded):
        return True
    rest = folded
    for cover in (_DENIAL, _BEREAVED, _BUSINESS_END):
        rest = cover.sub(lambda m: " " * len(m.group(0)), rest)
    if not _plain(rest):
        return False
    matches = list(_PLAIN.finditer(rest))
    denied, bereaved = (
        rest != _BEREAVED.sub(lambda m: " " * len(m.group(0)), folded) and bool(_DENIAL.search(folded)),
        bool(_BEREAVED.search(folded)),
    )
    if denied or bereaved:
        matches = [
            m for m in matches if not _WEAK.search(m.group(0)) and not re.fullmatch(r"suicid\w*", m.group(0))
        ]
    if _FIGURE.search(folded) and not _SERIOUS.search(rest):
        matches = []
    if _REMOTE.search(folded) and not (
        _OWN_RISK.search(rest) and _SERIOUS.search(rest) and not re.search("保险|赔|责任", folded)
    ):
        matches = [
            m
            for m in matches
            if re.search("不想活|活不下去|kill myself|end my life", m.group(0)) and _OWN_RISK.search(rest)
        ]
    return bool([m for m in matches if not _JUMP_STORY.search(rest[max(0, m.start() - 12) : m.end()])])


#: Words of dying, of the means and places, of farewell, of being a burden: with them a veiled sign may be meant; alone
#: they are part of any talk.
_DANGER = re.compile(
    r"死|活|命|自杀|自残|轻生|天台|楼顶|顶楼|阳台|窗台|窗户|跳|江边|河边|湖边|海边|水库|桥|铁轨|卧轨|药|刀|绳|割|煤气|炭|血|遗[书嘱言]|"
    r"后事|解脱|结束|了结|消失|离开|走了|先走|一了百了|拖累|连累|累赘|不醒|别醒|睡过去|闭上眼|明天|下辈子|来世|再见|告别|保重|"
    r"对不起|照顾|最后|撑不|熬|不配|绝路|只有一条路|没有?脸|伤害自己|烫自己|撞墙|"
    r"\b(?:die[sd]?|dying|dead|death|suicid\w*|kill\w*|alive|exist\w*|born|end(?:ing|s)?|over|pills?|tablets?|"
    r"overdose\w*|bridge|roof|window|balcony|train|rails?|jump\w*|cut\w*|blood|bleed\w*|knife|gun|rope|hang\w*|drown\w*|gas|"
    r"razor|wrists?|goodbye\w*|farewell|note|letters?|burden|wake|sleep|gone|vanish\w*|disappear\w*|hurt\w*|harm\w*|"
    r"painless|painful|lethal|way out|without me|happier|forgive|funeral|go on|give up|way to go|hopeless\w*|anymore|"
    r"any more|last message|locked|look after my|feed (?:him|her|my)|"
    r"(?<!dare )(?<!dare to )(?<!afraid to )(?<!scared to )(?<!can't )tell my|strong enough|(?:at|in) peace|nothing left|"
    r"find me|be(?:en)? around)\b"
)

#: Clue name -> what it is found by. Each is a hint for or against; none decides alone.
_CLUES = (
    ("crisis_danger", _DANGER),
    ("crisis_figure", _FIGURE),
    ("crisis_remote", _REMOTE),
    ("crisis_bereaved", _BEREAVED),
    ("crisis_denied", _DENIAL),
    ("crisis_passive", _PASSIVE),
)


def crisis_clues(folded: str) -> frozenset[str]:
    """Names of what speaks for or against a crisis in normalised text, for a classifier to weigh."""
    found = {name for name, pattern in _CLUES if pattern.search(folded)}
    if _plain(folded):
        found.add("crisis_words")
    if _JUMP_STORY.search(folded):
        found.add("crisis_remote")
    if find_crisis(folded):
        found.add("crisis_found")
    return frozenset(found)
