"""What else a text says that changes what to do: under age, abroad, an own account frozen, the police declined."""

from __future__ import annotations

import re

#: Anything inside one clause.
_IN = r"[^,。.;!?;\n]"

#: value of ``Case.circumstances`` -> what says so, over normalised text.
_CUES: dict[str, re.Pattern[str]] = {
    "minor": re.compile(
        rf"未成年|(?:我|本人)(?:才|今年|只有|刚)*(?:满)?(?:[5-9]|1[0-7]|[五六七八九十]|十[一二三四五六七])(?:周)?岁|"
        rf"(?:孩子|儿子|女儿|小孩|弟弟|妹妹|侄|外甥|孙){_IN}{{0,6}}(?:才|今年|只有|刚)?(?:[5-9]|1[0-7]|[五六七八九十]|十[一二三四五六七])(?:周)?岁|"
        rf"我(?:是|还是|在读|在上)(?:一?[个名])?(?:小学|初中|高中|初一|初二|初三|高一|高二)|不敢(?:告诉|跟|和){_IN}{{0,3}}(?:爸|妈|父母|家长)|"
        r"\b(?:i am|i'?m|he is|she is|he'?s|she'?s|aged|my (?:son|daughter|child|kid) is)(?: only| just)? (?:[5-9]|1[0-7])\b|"
        r"\bunder ?age\b|\bunder 18\b|\ba minor\b|\b(?:middle|high) school student\b|\b(?:[5-9]|1[0-7])[- ]years?[- ]old\b"
    ),
    "abroad": re.compile(
        rf"(?:我|本人|人|现在|目前|都){_IN}{{0,6}}在(?:国外|境外|海外|外国|美国|加拿大|英国|日本|韩国|澳大利亚|澳洲|新加坡|泰国|马来西亚|"
        r"法国|德国|意大利|西班牙|俄罗斯|缅甸|柬埔寨|老挝|越南|菲律宾|迪拜|香港|澳门|台湾)|留学生?|不在(?:国内|中国|大陆)|"
        r"\b(?:i am|i'?m|we are|currently|living|live|studying|working|now)(?: \w+){0,2} (?:abroad|overseas|outside (?:of )?china)\b|"
        r"\bnot (?:in|living in) (?:mainland )?china\b|\b(?:i am|i'?m|i live|living|studying) in (?:the )?(?:us|usa|uk|united states|"
        r"canada|australia|japan|korea|singapore|thailand|malaysia|france|germany|italy|spain|russia|hong kong|macau|taiwan|vietnam|dubai)\b"
    ),
    "foreign_speaker": re.compile(
        r"不(?:太)?会(?:说|讲)?(?:中文|汉语|普通话)|(?:我是|作为)(?:一?[个名])?(?:外国人|外籍)|听不懂(?:中文|普通话)|"
        r"\b(?:don'?t|do not|can'?t|cannot|barely|hardly) (?:really )?(?:speak|read|understand) (?:any |much )?(?:chinese|mandarin)\b|"
        r"\bmy chinese is (?:bad|poor|not good|terrible)\b|\bi(?:'m| am) (?:a )?(?:foreigner|foreign student|expat)\b|\bno chinese\b"
    ),
    "small_amount": re.compile(
        rf"(?:金额|数额|钱)(?:不大|不多|太少|太小|较小|比较小|很小|很少)|(?:才|就|只有|只是|不过)(?:被骗)?(?:了)?(?:几|几十|几百|一点|\d{{1,3}})(?:块|元)?(?:钱)?{_IN}{{0,10}}(?:报警|立案|值得|管|受理)|"
        r"不够立案|(?:够|达)不(?:到|上)立案|\b(?:small|little|tiny) (?:amount|sum)\b|\bonly (?:a few|\d{1,3}) (?:yuan|rmb|dollars|hundred|bucks)\b[^.;!?]{0,30}\b(?:report|police|worth|bother)"
    ),
    "hardship": re.compile(
        r"(?:没|无)钱(?:吃饭|生活|看病|交房租|过日子)|(?:生活费|饭钱|救命钱|房租|学费|医药费)(?:都|全)?(?:没了|被骗|没有了)|吃饭的?钱都没|活不下去了?的?钱|身无分文|"
        r"揭不开锅|\b(?:no|without) money (?:left )?(?:for|to) (?:food|rent|eat|live|pay rent)|\bcan'?t (?:afford|pay) (?:food|rent|to eat|my rent)|\bnothing left to live on\b|\b(?:i am|i'?m) broke\b"
    ),
    "card_lent": re.compile(
        rf"(?:借|租|卖|给|出租|出借|出售)(?:了|出)?{_IN}{{0,8}}(?:我的|自己的|银行)(?:银行)?(?:卡|账户|账号|电话卡|手机卡)(?:给|借给|用)|"
        rf"(?:把|将|拿)(?:我的|自己的|本人的)?(?:银行卡|卡|账户|电话卡|微信|支付宝|收款码){_IN}{{0,4}}(?:借|租|卖)(?:给|了|出)|帮(?:他|她|人|别人|对方)(?:走账|过账|跑分|收款转账|转账过账|收钱再转)|跑分|走流水|"
        rf"(?:用|拿)我(?:的)?(?:银行)?(?:卡|账户){_IN}{{0,6}}(?:走账|过账|跑分|洗钱|收款)|"
        r"\b(?:lent|rented|sold|rent|lend|let \w+ use) (?:out )?(?:him |her |them |someone )?my (?:bank )?(?:card|account|sim)\b|\bmoney mule\b|"
        r"\b(?:received|passed|forwarded|moved) money (?:on )?(?:for|through) (?:them|him|her|my account)\b|\bused my (?:bank )?(?:account|card) to (?:move|launder|receive|pass)\b"
    ),
    "account_frozen": re.compile(
        rf"(?:银行)?(?:卡|账户|账号|支付宝|微信支付|电话卡){_IN}{{0,6}}(?:被|给)(?:银行|公安|警方|警察|异地|外地|司法|平台|系统)?{_IN}{{0,4}}(?:冻结|限制|止付|锁|封)|(?:冻|冻结|封|锁)了我(?:的)?(?:银行)?(?:卡|账户|账号)|司法冻结|涉案账户|"
        r"(?:卡|账户)(?:也)?(?:用不了|不能用)了|"
        r"\b(?:my|the) (?:bank )?(?:card|account|wechat|alipay)(?: pay)?(?: account)? (?:is|was|has been|got|are|were)(?: \w+)? (?:frozen|blocked|locked|restricted|suspended)|\b(?:froze|blocked|locked|restricted) my (?:bank )?(?:card|account)\b"
    ),
    "police_declined": re.compile(
        rf"(?:警察|警方|公安|派出所|民警|110){_IN}{{0,12}}(?:不|没|没有|未|拒绝|不给|不肯|不予)(?:给)?我?(?:立案|受理|管|接|理)|不予立案|不(?:给|肯)?我?立案|拒绝立案|没(?:有)?立案|"
        r"\bpolice\b[^.;!?]{0,24}\b(?:refus\w+|declin\w+|won'?t|will not|did ?n'?t|did not|would ?n'?t|said no|not take|turned me away)|\b(?:refus\w+|declin\w+|won'?t|did ?n'?t|not) (?:to )?(?:open|file|take|register|accept) (?:a |the |my )?(?:case|report)"
    ),
    "platform_refused": re.compile(
        rf"(?:平台|银行|支付宝|微信|淘宝|京东|拼多多|客服|商家){_IN}{{0,12}}(?:不(?:给)?(?:受理|退|管|处理|理|赔)|拒绝(?!了我的转账)|驳回|说(?:没办法|管不了|无法|不能|没法))|投诉(?:被|给)?(?:驳回|拒|没通过|不成立|失败)|"
        r"\b(?:bank|platform|alipay|wechat|paypal|shop|seller|customer service)\b[^.;!?]{0,24}\b(?:refus\w+|declin\w+|reject\w+|said no|won'?t|will not|can ?not|can'?t help|turned)|\bcomplaint (?:was |got |has been )?(?:refused|rejected|declined|turned down)"
    ),
    "police_contact": re.compile(
        rf"(?:自称|说是|说自己是|冒充)(?:是)?{_IN}{{0,8}}(?:警察|公安|民警|警官|网警|刑警|反诈|检察)|(?:警察|公安|民警|警官|派出所|公安局|96110|反诈中心)(?:的人)?(?:刚|刚刚|今天|又|突然)?(?:给我)?(?:打(?:了)?(?:一?个)?电话|来电|联系(?:了)?我|加我|找我|发(?:了)?(?:短信|信息|消息))|接到(?:了)?{_IN}{{0,6}}(?:警察|公安|民警|派出所|96110|反诈){_IN}{{0,4}}电话|"
        r"\b(?:someone|a man|a woman|he|she|they|caller|person)\b[^.;!?]{0,24}\b(?:claim\w*|say\w*|said|pretend\w*)[^.;!?]{0,16}\b(?:police|officer|detective|prosecutor)|\b(?:police|officer|detective|96110)\b (?:just |has |have |had )?(?:called|rang|phoned|contacted|texted|messaged|wrote|added) (?:me|us)?|\bcall(?:ed)? from (?:the )?(?:police|96110|anti-?fraud)"
    ),
    "return_offered": re.compile(
        rf"(?:通知|告诉|说|短信|电话){_IN}{{0,14}}(?:可以|能|要|会)?(?:退(?:钱|款|还|赃)|返还)|(?:退赃|返还)(?:通知|公告|款|资金)|收到{_IN}{{0,6}}(?:退款|退费|返还|清退){_IN}{{0,6}}(?:通知|公告|短信|电话|信息)|"
        r"\b(?:told|informed|notified|message|letter|text|call)\b[^.;!?]{0,40}\b(?:money|funds|refund)\b[^.;!?]{0,16}\b(?:be returned|being returned|returned|given back|back to me)|\brefund notice\b"
    ),
    "still_contacted": re.compile(
        r"(?:骗子|对方|他|她|他们|那(?:个)?人)?(?:还|又|一直|还在|不停)(?:在)?(?:给我)?(?:打电话|发消息|发信息|发短信|联系我|骚扰我|找我|催我|纠缠)|还能联系(?:上|到)(?:骗子|他|她|对方)|"
        r"\b(?:still|keep|keeps|again)\b[^.;!?]{0,16}\b(?:calling|messaging|texting|contacting|writing|contact|call)\b(?: me)?"
    ),
}  # fmt: skip


def find_circumstances(text: str) -> tuple[str, ...]:
    """The circumstances that ``text`` (normalised) states, in the order of the case's values."""
    return tuple(name for name, cue in _CUES.items() if cue.search(text))
