"""How the money moved: from names and cues to channels and platforms, by what the words around them say.

A name alone is weak evidence. WeChat is where people meet, a bank is what swindlers claim to be, cash is what
提现 does not pay out. Each piece of evidence is therefore judged in its own clause before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.case import CHANNELS
from knowledge.pack import Pack, Platform
from knowledge.reading.mentions import Mention


@dataclass(frozen=True)
class Evidence:
    """Words at ``start:end`` that may say how the money moved. ``firm``: the context has already been judged."""

    channel: str
    start: int
    end: int
    platform: str | None = None
    kind: str = "cue"
    firm: bool = False


_STOP = ",。.;!?;:、\n"
_IN = r"[^,。.;!?;\n]"  # inside one clause

# --- what surrounds a name -------------------------------------------------------------------------------------

_NOT_BEFORE = re.compile(
    r"(?:(?<!是)(?<!只)(?<!不仅)不是|并不是|没有?(?:用|通过|走|使用|刷|经过|绑|买|拿)?|并非|不用|"
    r"未(?:使用|用|通过)?|不走|不通过|除了|而不是|"
    r"\bnot\b(?! only)|\bdidn'?t use\b|\bdid not use\b|\bwithout\b|\bno\b|\bnever\b|\bwasn'?t\b|"
    r"\bisn'?t\b|\brather than\b|\binstead of\b|\bdon'?t (?:use|have)\b)"
    r"\s?(?:是|用|在|走|通过|从|什么|我的?|任何|过|by|via|with|through|using|used|use|my|a|an|the|any|on|"
    r"in|from|paid|it|been|to|\s)*$"
)
_NOT_AFTER = re.compile(
    r"^(?:\s?(?:转|付|用|支付|扫)不(?:了|出|过去)|(?:上|里|里面)?(?:都|也|并|又)?(?:没有?|"
    r"未)(?:有)?(?:用(?!别的|其他|其它|过别)|动过?|绑|被|转(?!账记录)|问题|事|丢|损失)|(?:was|were|is)(?: not|n'?t) (?:used|"
    r"involved|touched))"
)
#: What they wanted, and that it came otherwise: "he asked for paypal but I used ...".
_WANTED_BEFORE = re.compile(
    r"(?:让我|叫我|要我|非要|要求)(?:用|走|刷|扫|转)?$|\b(?:asked|wanted|insisted)(?: me)? (?:for|on|to use|to pay (?:by|with|via))\s$"
)
_OTHERWISE_AFTER = re.compile(
    r"^[^。;!?\n]{0,10}(?:但|可是|不过|结果|最后)?[^,。]{0,4}我(?:最后|后来|还是)?(?:用的是|走的是|改用)|^,? ?but (?:i|we) (?:used|paid|sent|went)"
)
_JOINED = re.compile(
    r"^[\s,、/和跟与及或以]*(?:和|跟|与|及|以及|或者?|还有|and|or|nor|also|,|、|/|&|\+)*\s*(?:by|via|"
    r"with|the|my|a|an|some|用|通过)?\s*$"
)

_DENIED_TOO = re.compile(r"^\s*(?:和|跟|与|及|以及|或者?|、|/|or|nor|and)\s*(?:the|my|a|any|用|通过)?\s*$")

_CLAIMED_TO_BE_BEFORE = re.compile(
    r"(?:冒充|假冒|自称|谎称|假装|伪装成?|声称|号称|代办|以|打着|(?:说|称|讲)(?:自己|他|她)?是|(?:他|她|"
    r"对方|骗子)是|名义|显示是?|来自|接到|收到|有个?|一个)"
    r"(?:的)?(?:是|自己是|为|一个|了|在|假的?|所谓的?)?[“\"'‘]?$"
    r"|\b(?:pretend(?:ing|ed)?(?: to be)?|impersonat\w+|claim(?:ing|ed|s)? to be|posing as|posed as|"
    r"said (?:he|she|they) (?:was|were|is)|"
    r"(?:call|calls|called|email|text|message|sms)(?:ed)? (?:me )?(?:from|by)|fake|was from|someone at|"
    r"work(?:s|ed|ing)? (?:for|at))\s(?:the\s|my\s|a\s|an\s)?$"
)
_STAFF_AFTER = re.compile(
    r"^\s?(?:的|官方|平台|公司|在线|人工|中心|总部|支付|银行|网|商城|金融)*(?:客服|工作人员|员工|官方|"
    r"经理|专员|业务员|短信|通知|风控|安全中心|理赔|注销|信用分|会员(?:到期|扣费|中心)|店主|业务(?!员)|"
    r"保险|保障|百万保障|快递员|骑手|人员|代理|公告|行长|[^,。;!?]{0,10}业务(?!员))"
    r"|^(?:'s)? (?:customer|support|security|agent|employee|rep\b|representative|staff|team|service|"
    r"fraud (?:department|team|unit)|department|officer|manager|help ?desk|refund department|official|"
    r"bank official)"
)
_SENT_BY_THEM = re.compile(r"(?:他|她|对方|骗子|客服|卖家|买家)[^,。;!?]{0,4}(?:发|给|[pP做])[^,。;!?]{0,6}$")
_QUESTIONED = re.compile(
    r"(?:要|问|查|提供|填写?|输入?|泄露|骗取|套取|索要|报|发|给|知道|看)(?:了|过|我|他|她|的|出|去)*$"
)
_OTHERS_CARD_BEFORE = re.compile(
    r"(?:他|她|它|对方|骗子|别人|其|被告人?|嫌疑人|老板|客服|朋友|同学|老公|老婆|亲戚|网友|人家)(?:自己|"
    r"名下|家里?人|朋友|老婆|老公|妈|爸|提供|指定|发来|给|所持有?)*的?(?:一张|那张|这张|另一张|某张)?$"
)
_MONEY_INTO = re.compile(
    rf"(?:打|汇|转|存|付|划|充|给|入|送|寄|往|向|到|至){_IN}{{0,40}}$|\b(?:to|into)\b{_IN}{{0,20}}$"
)
_DETAILS_AFTER = re.compile(
    r"^(?:的)?(?:号码?|账号|卡号|信息|照片|资料|密码)?(?:填|输|写|绑|录)?(?:错|有误|错误|异常(?!扣))|"
    r"^(?:号码?|信息|照片|资料)(?:,|给|发|和|、|$)"
)
_CHARGED_THEN = re.compile(r"扣(?:款|了|走|掉)|刷走|刷了|转走|转出|划走|没了|少了")
_SHOWN_TO_ME = re.compile(r"\b(?:sent|gave|showed|texted|emailed|wrote) (?:me|us)\b[^.;!?]{0,24}$")
_PAID_OUT_BEFORE = re.compile(
    r"(?:提现|提款|提出来|提取|到账|退(?:回|款|到)?|返|提)(?:到|至|进|回|不到|给|了)*(?:他|她|对方|我|"
    r"自己|骗子)?(?:的|自己的)?$|[给为](?:我|咱)(?:打|汇|转|存)(?:款|钱|账)?[到进至入]?(?:我的?)?$"
)
#: A card that was to be had, not paid with.
_APPLIED_FOR = re.compile(r"(?:办理?|代办|申办|补办|申请|推销|提额)(?:了|过|一?张|高额|大额)*$")

# --- paying by a service where people also meet ----------------------------------------------------------------

_MEET = (
    r"(?:认识|加(?:了|我|他|她|的|上|为)?|聊|好友|朋友(?!圈)|群(?!里?发?红包|红包|收款)|联系|遇|看到|推荐|谎称|说|介绍|找|添加|拉黑|删|回(?:我|信|复|消息)|消息|不回|头像|昵称|名叫|公众号|关注|视频|语音|客服|号码?和|截图|聊天|被封|封号|实名|登录|小程序(?!支付)|发(?:来|布|给我|消息)|"
    r"\bmet\b|\bcontact\w*|\bchat\w*|\btalk\w*|\bmessag\w*|\badd(?:ed)?\b|\bfriend\w*|\bintroduc\w*|\breach\w*|\bfound\b|\btext\w*|\bgroups?\b|\bblocked\b|\bspoke\b|\bknow\b)"
)
_PAY = (
    r"(?:转(?!发|告|来|行|卖|让给|载)|付(?!出感情|费群)|支(?!持|援|招)|红包|扫|收(?:款|了|我|走|钱)|零钱|余额|钱包|打(?:给|了|过|款|钱|到)|汇|充|花了|花掉|消费|扣|盗(?:刷|走|取|转)|刷走|刷了|偷|买礼物|礼物|账单|绑|捆|支出|打赏|押金|现金|给(?:了)?(?:他|她|对方|骗子|人家)?(?:了)?[\d一二两三四五六七八九十几]|"
    r"\bpay\w*|\bpaid\b|\bsent\b|\bsend\w*|\btransfer\w*|\bwired?\b|\bred (?:packet|envelope)s?|\bwallet\b|\bbalance\b|\bdeposit\w*|\bdrained\b|\bcharged\b|\bspent\b|\btop(?:ped)? ?up\b)"
)
_PAY_AFTER = re.compile(rf"^(?:(?!{_MEET})[^,。;!?\n、]){{0,13}}?{_PAY}")
_PAY_NOUN = re.compile(
    r"^(?:上|里|里面|的|号里)?(?:转账|转帐|支付|付款|收款|红包|钱包|零钱|余额|账单|里?的钱|二维码|扫码付|"
    r"扫码转|扫码支付)|^ ?(?:pay|payment|transfer|wallet|balance|red)"
)
_PAY_BEFORE = re.compile(
    r"(?:转|打|汇|付|充|发|交|存|退|提)(?:账|款|钱|了|给|到|进|至|在|去|过|入|他|她|对方|骗子|人家|个人|"
    r"我|的|红包|\d|[一二两三四五六七八九十百千万元块,.多余几来])*$"
    r"|\b(?:sent|send|sending|paid|pay|paying|transferred|transfer|wired|gave|deposited|spent|topped up|"
    rf"bought)\b(?:(?!{_MEET})[^.;!?\n]){{0,48}}\b(?:by|via|through|with|on|using|over|in|from)(?: my|"
    r" his| her| the)? ?$"
)
_USED_FOR = re.compile(
    r"(?:用|通过|以|从|拿|使用|经由?|走|靠|\busing|\bused|\bfrom my)\s?(?:了|我的?|他的?|自己的?|her |his |my )?$"
)
_CONTACT_ALIAS = re.compile(r"群|好友|加|号|朋友圈|\b(?:group|chat)")
_BROKEN_INTO = re.compile(
    r"^[里上]?(?:的)?(?:钱|余额|[\d一二两三四五六七八九十百千万]+[多元块]?)[^,。;!?\n]{0,4}(?:没了|少了|不见)|"
    r"^(?:账?号|账户)?(?:里)?(?:的钱)?被[^,。;!?\n]{0,16}(?:转走|转了|转出|盗刷|刷走|花了|花掉|扣|划走|清空|偷走)"
)
#: A payment told somewhere in the text, for a name that stands alone in its clause: 今早转的,微信,2600.
_PAID_SOMEWHERE = re.compile(
    r"(?:转|付|打|汇|给|交|充)(?:了|的|过去|出去|给)|被骗|骗走|骗了|损失|没了|\b(?:paid|sent|transferred|lost|gave|"
    r"happened|yuan|kuai|rmb)\b"
)
_MEETING = re.compile(_MEET)
_ALONE_BEFORE = re.compile(
    r"(?:^|[,。.;!?、:\n]|[\d一二两三四五六七八九十百千万][多元块]?)\s*"
    r"(?:用的?|走的?|是|都是|全是|有|通过|via |by |on |with |through |all )?\s*$"
)
_ALONE_AFTER = re.compile(r"^\s*(?:转的?|付的?|支付|上转的|的)?\s*(?:$|[,。.;!?、\n]|有(?=[^,。]{1,6}$))")
_POSSESSED = re.compile(r"(?:我|我的|本人|自己的?|她的?|他的?|妈的?|爸的?|my )$")
_TAKEN_AFTER = re.compile(
    rf"^{_IN}{{0,6}}(?:被(?:人|别人|他|盗|偷|转|刷|扣)|里?(?:的)?钱|少了|was (?:drained|emptied|charged|"
    r"hacked))"
)

# --- cues the language has beside the pack's names -------------------------------------------------------------

_BOUGHT = (
    r"(?:买(?!涨|跌|彩|股|基|理财|了?一?份(?:保险|理财)|保险|的?理财|卖|单|房|车位|币|u\b|会员|"
    r"[^,。]{0,8}礼物)|购(?!买力)(?:了|买(?!.{0,6}(?:理财|基金|股票|保险)))?|下单|拍下|订购|团购|代购|"
    r"抢购|预订|预定)"
)
_ACCOUNT = (
    r"(?:账户|账号|户头|(?<!点)(?<!礼品)(?<!充值)(?<!电话)(?<!油)卡(?!片|通|密|券|点|盟|在|住|丁|拉|路|"
    r"顿))"
)
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (channel, re.compile(pattern))
    for channel, pattern in (
        (
            "bank_card",
            rf"(?:打|汇|转|存|划|付){_IN}{{0,12}}?(?:到|至|进|入|给|往|去|在){_IN}{{0,16}}?{_ACCOUNT}",
        ),
        (
            "bank_card",
            rf"(?:向|往){_IN}{{0,40}}?{_ACCOUNT}(?:上|里|内|中)?{_IN}{{0,8}}?(?:汇|转|打|存|付|划)",
        ),
        (
            "bank_card",
            r"(?:存入|汇入|打入|转入|划入|打到|汇到|转到)[^,。;!?\n]{0,16}(?:账户|账号|卡上|卡里|卡号|"
            r"户头)",
        ),
        (
            "bank_card",
            r"银行(?:的)?(?:转账|汇款|流水|回单|电汇|打款|划款|记录)|(?:去|到|在|从|通过|用|"
            r"跑)(?:了)?银行(?:里|柜台|窗口|网点|大厅|去)?[^,。;!?\n]{0,6}(?:转|汇|打(?!印)|存|划|办(?!卡|业务|贷))|"
            r"银行(?:汇|转)(?:出|给|到|过|了|走|的)|网银|电汇|对公|公户|(?:柜台|柜面|网点)[^,。;!?\n]{0,4}(?:汇|转账|打款)|(?:是|在|走|去)的?银行的?柜台|"
            r"(?:用|拿|刷)(?!礼品|购物|充值)[^,。;!?\n]{0,6}(?<![点品值情物油e话])卡(?:刷|转|付|汇|打|支付)|"
            r"(?:输|填)[^,。;!?\n]{0,10}(?:银行卡|信用卡|卡号)(?:信息|资料|号码?|密码|和|、)*"
            r"(?=[^。;!?\n]{0,24}(?:扣(?:款|了|走|掉)|刷走|转走|划走))",
        ),
        (
            "bank_card",
            r"(?<!办理)(?<!代办)(?<!偿还)(?<!申请)(?:信用|储蓄|借记|银行|工资|银联|贷记|visa)卡(?!套现|逾期|额度提升|提额|中心)|"
            r"刷[了的]?(?:我的?|他的?)?(?:两|三|几)?(?:张|次)?(?:信用)?卡(?!顿|单)|(?:(?<!情)卡|存折|存款)(?:里|上|"
            r"内)?(?:的)?(?:钱|余额|存款|资金)?(?:全|都)?(?:被)(?:人)?(?:盗|刷|转|划|取)|"
            r"卡[里上内](?:的)?(?:钱|余额|存款|[\d一二两三四五六七八九几全]|(?:突然|莫名|平白|无故|就|又)*(?:其妙)?(?:的)?"
            r"(?:少了|没了|不见|空了|扣了|丢了|被))|盗刷|绑(?:定)?的?卡",
        ),
        (
            "bank_card",
            r"\b(?:(?:my|our|his|her|their|mom'?s|dad'?s|a|the|credit|debit|bank|visa|mastercard|master|"
            r"amex|store|atm|gap|new) (?:debit |credit |bank |visa |atm )*)cards?\b(?! (?:game|holder|"
            r"reader|codes?|trick|balance on))|\bcard (?:fraud|payment|was|has been|got|details|"
            r"number)\b|\bcredit cards?\b|\bdebit cards?\b",
        ),
        (
            "bank_card",
            r"\b(?:bank|wire|swift|ach|sepa|iban) (?:transfer|account|deposit|wire)\w*|"
            r"\bwire transfers?\b|\bwired?\b(?! ?tap)|\b(?:my|a|his|her) (?:visa|mastercard|amex)\b|"
            r"\bwiring\b|\bdirect debits?\b|\b(?:checking|savings|current|bank) account\b|"
            r"\bonline banking\b|\biban\b|\bmy bank\b(?= (?:account|app|transfer|sent|let))|"
            r"(?<!call )(?<!calls )(?<!text )(?<!email )(?<!message )(?<!sms )(?<!called )(?<!was )(?<!were )(?<!is )(?<!are )(?<!be )\b(?:from|"
            r"through|via|by|at) my bank\b",
        ),
        (
            "bank_card",
            r"(?:withdr\w+|transactions?|charges?|charged|debit\w*|drain\w*|emptied|took|taken|missing|"
            r"gone|money|payments?|transferred|sent|transfer|paid)\b[^.;!?\n]{0,40}\b(?:from|on|out of|"
            r"in|to|into) (?:my|our|his|her|their|the|an?|another)(?: mom'?s| bank| personal| business|"
            r" company| private)? accounts?\b",
        ),
        (
            "bank_card",
            r"\b(?:by|with|via) (?:card|bank)\b|^\W*(?:用|是|刷)?(?:a |my )?(?:card|bank|卡|"
            r"银行)(?:转的?|付的?|的)?\W*$",
        ),
        (
            "bank_card",
            r"(?<![信宝付戏])(?:账户|账号)[内里](?:的)?(?:资金|存款|钱|余额)?[^,。;!?\n]{0,10}被(?:转|划|盗|取)|跨行|快捷支付|"
            r"(?:给|按|往|向)[^,。;!?\n]{0,4}(?:提供|给|指定|发来?)(?:的|了)*(?:一个)?(?:账号|账户)[^,。;!?\n]{0,6}(?:打|转|汇)|"
            r"(?<![点品值情话通])卡(?:就|又)?被?扣(?:了|款)",
        ),
        (
            "cash",
            r"(?:上门|入户|登门|(?:到|来)(?:他|她|我|老人)?家(?:里|中))[^,。;!?\n]{0,6}(?:收取|取走|收走|拿走)|现款|"
            r"(?:取出|取了|取款|提出)[^。;!?\n\d]{0,4}[\d,.一二两三四五六七八九十百千万]{1,8}[^。;!?\n]{0,6}(?:交给|放在|放到|递给)|"
            r"(?:见面|亲手|当场)(?:就)?把?[^,。;!?\n转付扫]{0,6}(?:给了|交给|交到|递给)|"
            r"(?:把|将)[^,。;!?\n]{0,4}(?:金[镯项戒手]|首饰)[^,。;!?\n]{0,8}(?:给|交|寄)|(?:钱|款|[万千百]元?块?)[^,。;!?\n]{0,2}装(?:进|在|入)[^,。;!?\n]{0,6}(?:袋|箱|盒|包)",
        ),
        (
            "third_party_payment",
            r"亲情[付卡]|小荷包|口令红包|红包(?:给|转)了|绿泡泡(?:转|付|支付|红包|给)|"
            r"支f宝|街口支付|悠游付|八达通|\bpayme\b|(?!支付宝)[支芝知之只枝吱织][付负服富复夫府][宝保包饱]|"
            r"(?!微信)[微薇威维卫][信心芯x新](?:转|付|支付|红包|零钱|扫)",
        ),
        ("online_shopping", r"直播间?[^,。;!?\n]{0,4}(?:卖|出售|销售|带货)"),
        ("cash", r"^\W*(?:in |by |with |用|是|给的?|付的?)?(?:cash|现金|现钱)(?:给的?|付的?)?\W*$"),
        (
            "third_party_payment",
            r"扫(?:了|描|他|她|对方|一下|一个)?(?:发来|给我|给|的|个)*(?:收款|付款|"
            r"支付)?(?:二维)?码(?:后|就|,)?(?:给)?[^,。;!?\n]{0,6}(?:付|支|转|给(?:他|她|对方)|\d|钱|"
            r"被[扣骗转])|(?:付|支付|转|转账)[^,。;!?\n]{0,5}(?:二维码|扫码)|"
            r"二维码[^。;!?\n]{0,16}(?:骗走|扣了|扣走|转走|没了|付|支付|收款|转账)|收款码|付款码",
        ),
        (
            "third_party_payment",
            r"(?:发|转|包|给|塞)(?:了|过|给|他|她|对方|个|一个|两个|几个|"
            r"[\d一二两三四五六七八九十几百千元块的]|微信){0,20}红包(?!群|雨)|"
            r"\bqr ?codes?\b[^.;!?\n]{0,24}\b(?:paid|pay|sent|transfer|charged|money)\b|\b(?:paid|pay|"
            r"sent|scanned)\b[^.;!?\n]{0,24}\bqr ?codes?\b",
        ),
        (
            "third_party_payment",
            r"\b(?:cash ?app|venmo|zelle|paypal|apple pay|google pay|gpay|revolut pay|m-?pesa|paytm|upi|"
            r"gcash|wise)\b",
        ),
        (
            "online_shopping",
            r"(?:网上|网络上?|线上|网站上?|在线|直播间?|朋友圈|公众号|小程序|app上|平台上|微店|"
            r"微信(?:上|群里|里)|(?:抖音|快手|微博|小红书|qq群?|贴吧|论坛|微信)(?:上|"
            rf"里)?){_IN}{{0,8}}{_BOUGHT}(?!.{{0,6}}(?:理财|基金|股票|彩票|外汇|黄金|期货|原始股|虚拟币|"
            r"比特币|涨跌))",
        ),
        (
            "online_shopping",
            r"网购|代购|海淘|某(?:宝|东|鱼|多多)|(?:卖家|店家|商家|店铺|网店|"
            r"微商)[^,。;!?\n]{0,6}(?:不发货|没发货|不退|不给退|发货|发错|骗)|卖家|(?:一直|迟迟|就是|也|"
            r"还)?(?:不|没有?|未)发货|货到付款|(?:让|说|先)(?![^,。]{0,8}备注)[^,。]{0,14}(?:发货|货款)",
        ),
        (
            "online_shopping",
            rf"{_BOUGHT}[^。;!?\n]{{0,28}}(?:收到(?:的|了|货|后|一)|发货|没收到|收不到货|快递|假货|"
            r"是假的|假的|发(?:来|过来|错)|不给(?:我)?(?:发|货)|物流)|而?收到的(?:货|东西|却|是|商品|"
            r"产品)|买(?:了)?(?:个|一个|一?些)?游戏(?:账?号|账户|装备号)|卖(?:游戏)?号(?:的|,|给)",
        ),
        (
            "online_shopping",
            r"(?:虚构|谎称|发布|声称|称)[^,。]{0,10}(?:出售|销售|售卖|转让|代购|低价)[^。]{0,40}(?:货款|"
            r"购买人|购买者|买家|顾客|客户|发货|定金|网|朋友圈)",
        ),
        (
            "online_shopping",
            r"(?:发布|发)[^,。]{0,10}(?:销售|出售|低价|转让)[^,。]{0,12}(?:信息|广告)|(?:销售|出售|"
            r"卖)给[^。]{0,60}(?:定金|货款|快递)",
        ),
        (
            "online_shopping",
            r"\b(?:bought|ordered|order|purchased|purchase|buy|buying)\b[^.;!?\n]{0,50}\b(?:online|"
            r"websites?|web ?shop|site|facebook|instagram|ebay|amazon|marketplace|craigslist|etsy|tiktok|"
            r"seller|store|shop|shein|temu|second[- ]?hand)\b|\bonline (?:store|shop|order|purchase|"
            r"seller|shopping)\b|\b(?:never|not|hasn'?t|didn'?t|wasn'?t|"
            r"isn'?t)\b[^.;!?\n]{0,14}\b(?:arriv\w+|shipp\w+|deliver\w+)\b|\bfake (?:online )?(?:store|"
            r"shop|website|seller)\b|\bsellers?\b|\bnever (?:came|received (?:it|the|my))\b|"
            r"\bcounterfeit\b|\bmarketplace\b",
        ),
        (
            "point_card",
            r"(?:游戏|手游|网游|王者荣耀|和平精英|吃鸡|原神)[^。;!?\n]{0,24}(?:充值|充了|充钱|氪金?|"
            r"代充)|(?:充值|充了|氪了?|代充)[^。;!?\n]{0,10}(?:游戏|手游|皮肤|点券|钻石)|(?:手游|"
            r"游戏)(?!账?号)[^。;!?\n]{0,30}花了|充(?:了|值|过)?[^,。]{0,8}话费|卡密|点卡|礼品卡|游戏(?:币|点券|"
            r"点数)|充值卡(?!号)|(?:皮肤|装备|钻石)(?:充值|充)|"
            r"玩[^,。;!?\n]{2,8}充(?:了|值|进)",
        ),
        (
            "point_card",
            r"\bgift ?cards?\b|\b(?:itunes|steam|google play|razer|vanilla|target|sephora|apple|xbox|"
            r"playstation|psn|amazon|walmart|ebay|nike|best buy) (?:gift )?cards?\b|\bprepaid (?:debit |"
            r"visa )?cards?\b|\b(?:game|gaming) (?:top[- ]?ups?|credits?|coins|currency|cards?)\b|"
            r"\b(?:in-game|v-?bucks|robux|roblox)\b|\bvouchers?\b|\bmoneypak\b",
        ),
        (
            "cash",
            r"(?<!提)(?<!返)(?<!变)(?<!套)(?<!到)(?<!取不出)(?<!领)现[金钱](?!贷|流|返|奖励?|红包|提|券|宝|"
            r"分红|巴士|价值|支付宝)|现钞|[根块克斤条]金条|金条(?=[^,。]{0,8}(?:交|寄|送|拿走|取走|被))|(?:取|拿|提)(?:了|出)(?:来)?[^,。;!?\n]{0,12}(?:交给|送给|当面|"
            r"给了?(?:他|她|对方|来人|那个人))|当面(?:给|交|付)(?:了|给|的|钱)|上门(?:来)?(?:取|收|"
            r"拿)(?:走|了)?(?:钱|款|现|黄金|[\d一二两三四五六七八九])|(?:给|交给?)(?:了)?(?:上门|来|快递|"
            r"跑腿|司机|取钱)(?:的)?(?:人|员|小哥)",
        ),
        (
            "cash",
            r"\b(?:in|with|by|of|as|the|paid|gave|handed|mailed|sent|sending|withdrew|took out|took|yuan|"
            r"dollars|rmb)\b(?: \w+){0,2}? cash\b(?! (?:app|back|out|advance|withdrawal|machine|prize))|"
            r"\bcash (?:to|by|in|through|via) (?:a |the |an )?(?:courier|mail|person|him|her|them|man|"
            r"woman|driver|someone|envelope|hand|post|box)\b|\bgold (?:bars?|coins?|jewell?ery)\b|"
            r"\bhanded (?:over )?[^.;!?\n]{0,20}\bto (?:a|the|some) (?:man|woman|guy|courier|driver|stranger|person)\b|"
            r"\bcash in hand\b|\b(?:took|taken|drew|withdrew|pulled)\b[^.;!?\n]{0,16}\bcash\b(?= out)|"
            r"\bcash out and (?:gave|handed|passed|sent)\b",
        ),
        (
            "crypto",
            r"\d\s?u(?![a-z])|(?<![a-z])(?:买|换|转|打|充|提|出|收|把)了?(?:些|点)?u(?![a-z\d盘盾型])|虚拟货?币|比特币|以太坊|泰达币|usdt|加密货币|\bbtc\b|\busdt\b|"
            r"\bbitcoins?\b|\bcrypto(?:currenc\w+)?\b|\bethereum\b|\beth\b|\btether\b|\bstablecoins?\b",
        ),
        (
            "loan",
            r"(?<!还)(?<!房)(?<!车)(?<!消除)贷款(?!员|公司的?人|为由|为名|手续|的?名义)|(?<!还)网贷|小额贷|高利贷|套路贷|校园贷|"
            r"(?:我|他|她|名义|名下|妈|爸|让|逼|去|又|身份证?|平台|上|里|名字)(?:还|又|去|从|在)?(?:贷|"
            r"借贷)(?:了|出|下|款了)|借(?:了|遍了?)?[^,。;!?\n]{0,8}(?<!骗子)(?<!对方)平台的?钱|抵押(?:了)?[^,。;!?\n]{0,14}(?:房|车|住宅|不动产)|(?:房|车|"
            r"住宅)(?:子|产)?[^,。;!?\n]{0,6}抵押|借(?:了)?(?:网贷|高利贷)|"
            r"(?:平台|网贷|借款|信用|贷款|花呗|借呗|白条)的?额度[^,。;!?\n]{0,6}(?:提|借|套|贷|刷|转)(?:出|现|完|空|光)",
        ),
        (
            "loan",
            r"\b(?:took|taken|take|taking|got|apply|applied|borrow\w*|opened|online|personal|payday|bank|"
            r"my|a|the|in my name|for)\b[^.;!?\n]{0,20}\bloans?\b|\bloans? (?:in|under|app|company|scam|"
            r"to|from|of)\b|\bmortgag\w+ (?:my|her|his|the|our)\b",
        ),
    )
)

# --- judging one piece of evidence -----------------------------------------------------------------------------

_GAMBLING = re.compile(r"棋牌|赌|博彩|下注|彩票|时时彩|百家乐|捕鱼|casino|gambl|betting")
_NOT_OWN_ACCOUNT = re.compile(
    r"(?:支付宝|微信|qq|游戏|平台|钱包|投资|交易|证券|会员|理财|app|软件|股票|期货|虚拟|网站|抖音|淘宝|"
    r"京东|steam|网易|论坛|邮箱|该)(?:的|上的|里的|内|中)?(?:个人|会员|我的?)?(?:账户|账号)$"
)
_NON_BANK_ACCOUNT = re.compile(
    r"\b(?:wechat|alipay|paypal|email|game|gaming|facebook|instagram|steam|trading|crypto|investment|"
    r"binance|platform|amazon|wallet|google|apple)\b"
)
_GOLD = re.compile(r"黄金|金块|金豆|金条|\bgold\b")
_GOLD_AS_INVESTMENT = re.compile(
    r"(?:投资|炒|期货|交易|理财|现货|原油|平台|伦敦金|纸黄金|国际)[^,。]{0,4}黄金|黄金(?:期货|交易|投资|"
    r"理财|平台|t\+d|走势|行情|现货|会员)"
)
_CASH_TOLD = re.compile(
    r"现金|现钞|当面|上门|取(?:钱|款|现)|送(?:钱|现)|黄金|\bcash\b|\bgold\b|拿钱|收钱|寄钱"
)
_CASH_OUT = re.compile(
    r"(?:提现|提款|套现|取现|提(?:不到|不了|不出)?|返|兑换?|变|领|赢|骗取|先后骗取|骗走|赚|cash ?out|"
    r"withdraw\w* (?:my|the|your)?)\s?[^,。;!?\n]{0,6}$"
)
_SWINDLED_CASH = re.compile(r"(?:骗取|诈骗|骗走|骗得|将)[^,。;!?\n ]{0,24}$")
_SCAN_TO_JOIN = re.compile(
    r"^[^,。;!?\n]{0,4}(?:进群|加(?!钱)|进去|下载|关注|登录|注册|入群|填|领|添加|联系|认识)"
)
_HOME_LOAN = re.compile(
    r"(?:房贷|车贷|按揭|购房|还清?|还不起|偿还|无力还|还着|代办)[^,。;!?\n]{0,10}$|\b(?:student|home|"
    r"repay\w*|pay off)\b[^,.;]{0,8}$"
)
# "Close your credit account" is what the swindler offers to do.
_CLOSING_AFTER = re.compile(r"^[^,。;!?\n]{0,6}(?:注销|关闭|清零|影响征信|违规|到期|未关)")
_CLOSING = re.compile(r"(?:注销|关闭|清零|消除|开通过|\bclose|\bcancel)[^,。;!?\n]{0,8}$")
_LOAN_BUSINESS = re.compile(
    r"^(?:业务|公司|中介|广告|平台(?:的)?客服|专员|经理|(?:的)?工作人员|催收)|^[^,。;!?\n]{0,3}(?:还没还|"
    r"没还清|要还|还不上|逾期)"
)
_NOT_GIFT_CARD_BEFORE = re.compile(
    r"\b(?:gift|sim|id|phone|apple|google|steam|itunes|prepaid|point|top-up|game|business|report|green|"
    r"playing|store gift|itunes|razer|vanilla|memory|sd|e|jd|walmart|amazon) ?$"
)
_BOUGHT_NO_GOODS = re.compile(
    r"[买购](?:了|过|的)?[^,。]{0,4}(?:彩票|彩(?!电|妆|礼|色|笔)|理财|基金|股票|期货|原始股|虚拟币|数字币|比特币|外汇)"
)
_STOLEN_ONLY = re.compile(r"\bcash\b")
_CORRECTION = re.compile(
    r"(?:说错了|打错了?字?|写错了|更正|纠正一?下|记错了|应该是|准确说是|sorry,? i (?:meant|mean)|"
    r"i mean(?:t)?\b|\bcorrection\b|\bactually,? it was\b|\bno,? it was\b)"
)
#: What joins names.
_BETWEEN = (
    r"[\s,。.;!?:、~/&+\-]|用的?|是|的|和|跟|与|及|以及|还有|或者?|通过|在|上|了|吧|呢|啊|哦|嗯|"
    r"\b(?:by|via|with|through|using|and|or|the|my|a|an|on|from|app|in)\b"
)
_ONLY_BETWEEN = re.compile(_BETWEEN)
_FILLER = re.compile(
    rf"{_BETWEEN}|说错了|应该|而是|不是|没有?|用的?|我|都有?|两个|两种|转账?|付(?:款|钱)?|支付|主要|走|从|也|有|就|"
    r"\b(?:used|use|not|no|sorry|but|i|it|was|is|paid|pay|sent|send|both|mostly|also|to|them|him|"
    r"transfer(?:red)?|money|us|me|some|had)\b"
)

#: What the swindler gave as his reason.
_PRETEXT_AFTER = re.compile(r"^[^,。;!?\n]{0,8}(?:为由|为名|为借口|的(?:名义|由头|借口))")

_Test = Callable[[str, Evidence, Pack], bool]


def _before(text: str, evidence: Evidence, width: int = 24) -> str:
    return text[max(0, evidence.start - width) : evidence.start]


def _clause_before(text: str, evidence: Evidence, width: int = 40) -> str:
    """The words before the evidence in its own clause."""
    return re.split(f"[{_STOP}]", _before(text, evidence, width))[-1]


def _after(text: str, evidence: Evidence, width: int = 28) -> str:
    return text[evidence.end : evidence.end + width]


def _negated(text: str, evidence: Evidence) -> bool:
    before, after = _clause_before(text, evidence), _after(text, evidence)
    refused = _WANTED_BEFORE.search(before) and _OTHERWISE_AFTER.match(after)
    return bool(refused or _NOT_BEFORE.search(before) or _NOT_AFTER.match(after))


def _claimed_identity(text: str, evidence: Evidence) -> bool:
    """The name is what somebody claims to be, or whose staff they say they are."""
    after = _after(text, evidence)
    if _STAFF_AFTER.match(after) or (
        re.match("的?[^,。;!?]{0,4}截图", after)
        and (_SENT_BY_THEM.search(_before(text, evidence)) or "假" in _before(text, evidence, 6))
    ):
        return True
    return bool(_CLAIMED_TO_BE_BEFORE.search(_before(text, evidence))) and bool(
        re.match(
            r"(?:的|'s)?\s?(?:人|电话|短信|客服|工作|官方|员|经理|,|support|security|customer|staff)", after
        )
        or re.search(
            r"冒充|假冒|自称|谎称|假装|伪装|声称|打着|[说称](?:自己|他|她)?是|来电|显示|pretend|impersonat|claim|posing|posed|fake",
            _before(text, evidence, 18),
        )
    )


def _pays_by_venue(text: str, evidence: Evidence) -> bool:
    """Whether a service where people meet is said to be what they paid with."""
    name, before, after = (
        text[evidence.start : evidence.end],
        _clause_before(text, evidence, 60),
        _after(text, evidence),
    )
    if _PAY_NOUN.match(after):
        return not _SCAN_TO_JOIN.match(after[2:])
    if _BROKEN_INTO.match(after) or _stands_alone(text, evidence):
        return True
    if _CONTACT_ALIAS.search(name):
        return bool(
            re.match(r"(?:里|上)?(?:发(?:了|个|的)*红包|转(?:账|了|钱)|付(?:款|了)|收款|红包)", after)
        )
    if re.search(rf"{_MEET}$", before) and not _PAY_AFTER.match(after):
        return False
    if _PAY_AFTER.match(after) and not re.search(r"(?:加|加了|删|拉黑|要)(?:我|他|她|对方)?的?$", before):
        return not _SCAN_TO_JOIN.match(after)
    if _PAY_BEFORE.search(before):
        return not re.match(r"(?:就|后|把|拉黑|删|好友|群|聊)", after)
    return bool(_POSSESSED.search(before) and _TAKEN_AFTER.match(after))


def _stands_alone(text: str, evidence: Evidence) -> bool:
    """Whether the name is a clause of its own in a text that tells of a payment and not of meeting anybody."""
    return bool(
        _ALONE_BEFORE.search(text[: evidence.start])
        and _ALONE_AFTER.match(text[evidence.end :])
        and _PAID_SOMEWHERE.search(text)
        and not _MEETING.search(text)
    )


def _bank_card_stands(text: str, evidence: Evidence) -> bool:
    words, before, after = (
        text[evidence.start : evidence.end],
        _clause_before(text, evidence, 60),
        _after(text, evidence),
    )
    if _NOT_OWN_ACCOUNT.search(words) or _NOT_OWN_ACCOUNT.search(
        before + words[:6] if words[:2] in ("账户", "账号") else ""
    ):
        return False
    if words.isascii() and (
        _NOT_GIFT_CARD_BEFORE.search(before)
        or ("account" in words and _NON_BANK_ACCOUNT.search(words + before[-14:]))
    ):
        return False
    if re.search(r"\b(?:gift|sim|id|phone|game|point|prepaid) cards?$", words):
        return False
    if re.match("取|提(?!现)", after) and _CASH_TOLD.search(after):
        return False
    if (
        re.search(r"atm|取款机|柜员机", words)
        and _CASH_TOLD.search(text)
        and re.search(r"取|withdr|took out|handed", text)
    ):
        return False
    asked_for_number = re.match(r"(?:号|卡号)", after) and _QUESTIONED.search(before)
    if (asked_for_number and not _CHARGED_THEN.search(text[evidence.end :])) or _DETAILS_AFTER.match(after):
        return False
    if words.startswith(("his", "her", "their")) and _SHOWN_TO_ME.search(before):
        return False
    if _PAID_OUT_BEFORE.search(before) or _APPLIED_FOR.search(before):
        return False
    if before.endswith(("给我", "为我")) and words[0] in "打汇转存":
        return False  # promised to the person, not paid by them
    if (
        words[0] != "刷"
        and _OTHERS_CARD_BEFORE.search(before)
        and not re.match(
            "被(?:盗|刷|转|人|骗|划|扣)|[^,。;!?]{0,12}(?:取走|转走|盗|刷走|划走|转出|取出)", after
        )
    ):
        return bool(_MONEY_INTO.search(before)) or bool(re.search("打|汇|转|存|充", words))
    return True


def _cash_stands(text: str, evidence: Evidence, others: bool) -> bool:
    words, before = text[evidence.start : evidence.end], _before(text, evidence)
    if _GOLD.search(words) and _GOLD_AS_INVESTMENT.search(before[-8:] + words + _after(text, evidence, 6)):
        return False
    if re.match(r"现金|cash", words) and re.match(
        r"贷|流|返|奖|红包|提|券|宝|分红| ?(?:app|back|out|advance)", _after(text, evidence)
    ):
        return False
    if others and (_SWINDLED_CASH.search(before) or _CASH_OUT.search(before)):
        return False
    return not re.search(r"(?:提|返|变|套|兑换?|提不到|取不出|赢|领)$|cash ?out$", before)


def _is_a_name(text: str, evidence: Evidence) -> bool:
    """Whether the cue stands inside quotation marks, as part of what somebody calls himself."""
    opened = re.search(
        r"(?:名|叫|称|号|微信|微博|qq|id|群)[为是]?[“\"‘「][^”\"’」]{0,14}$", _before(text, evidence)
    )
    return bool(opened and re.match(r"[^“‘「]{0,14}[”\"’」]", text[evidence.end :]))


def _stands(text: str, evidence: Evidence, others: bool) -> bool:
    """Whether the words around cue ``evidence`` leave it standing. ``others``: another channel is claimed too."""
    before, after = _clause_before(text, evidence), _after(text, evidence)
    if _is_a_name(text, evidence):
        return False
    if evidence.channel in ("point_card", "bank_card") and _PRETEXT_AFTER.match(after):
        return bool(re.search("[给转付]", after[:2]))
    if evidence.channel in ("bank_card", "third_party_payment", "loan") and _claimed_identity(text, evidence):
        return False
    if evidence.channel == "bank_card":
        return _bank_card_stands(text, evidence)
    if evidence.channel == "cash":
        return _cash_stands(text, evidence, others)
    if evidence.channel == "third_party_payment":
        return not (
            re.search("码$|扫码$|code$", text[evidence.start : evidence.end]) and _SCAN_TO_JOIN.match(after)
        )
    if evidence.channel == "point_card":
        return not _GAMBLING.search(text)
    if evidence.channel == "online_shopping":
        return not _BOUGHT_NO_GOODS.search(text[evidence.start : evidence.end + 6])
    if evidence.channel == "loan":
        return not (_HOME_LOAN.search(before) or _LOAN_BUSINESS.match(after) or re.search("不$", before))
    return True


# --- from mentions and cues to evidence ------------------------------------------------------------------------


def _of_platform(text: str, mention: Mention, platform: Platform, pack: Pack, bare: bool) -> Evidence | None:
    """What the name of a platform says here; None when it says nothing about how the money moved."""
    evidence = Evidence(
        platform.channels[0], mention.start, mention.end, platform.id, platform.kind, firm=True
    )
    if bare:
        return _paying_twin(evidence, platform, pack)
    if platform.kind == "courier":
        return replace(evidence, channel="cash") if _CASH_TOLD.search(text) else None
    if _claimed_identity(text, evidence):
        return None
    if platform.venue:
        if platform.channels[0] == "third_party_payment" and _pays_by_venue(text, evidence):
            return _paying_twin(evidence, platform, pack)
        if platform.kind == "shop" and re.match(
            rf"^[^,。;!?\n]{{0,8}}(?:{_BOUGHT}|店|小店|商城|直播间|橱窗|shop|store)", _after(text, evidence)
        ):
            return evidence
        if platform.kind == "shop" and re.search(
            r"\b(?:bought|ordered|purchased)\b[^.;!?]{0,40}$", _before(text, evidence, 50)
        ):
            return evidence
        return None
    if platform.kind == "shop" and re.match(" (?:gift|vouchers?|cards?|codes?)", _after(text, evidence)):
        return None
    name = text[mention.start : mention.end]
    if re.search(r"扫码$", name) and _SCAN_TO_JOIN.match(_after(text, evidence)):
        return None
    if platform.kind == "bank" and not _bank_card_stands(text, replace(evidence, kind="bank")):
        return None
    if platform.kind == "lender" and (
        _CLOSING.search(_clause_before(text, evidence)) or _CLOSING_AFTER.match(_after(text, evidence))
    ):
        return None
    turned_to_cash = re.match("[^,。;!?]{0,3}(?:套现|取现|借|贷)", _after(text, evidence))
    if turned_to_cash and platform.channels == ("online_shopping", "loan"):
        return replace(evidence, channel="loan")
    return evidence


def _paying_twin(evidence: Evidence, platform: Platform, pack: Pack) -> Evidence:
    """The paying side of a service where people meet: wechat -> wechat_pay, qq -> qq_wallet."""
    if platform.kind != "social":
        return evidence
    twins = (f"{platform.id}_pay", f"{platform.id}_wallet")
    twin = next((pack.platforms[t] for t in twins if t in pack.platforms), None)
    return replace(evidence, platform=twin.id, channel=twin.channels[0]) if twin else evidence


def only_names(text: str, mentions: Sequence[Mention], between: re.Pattern[str] = _ONLY_BETWEEN) -> bool:
    """Whether the message is nothing but names with what ``between`` allows: an answer to "how did you pay?"."""
    if not mentions or len(text) > 60:
        return False
    rest, at = [], 0
    for mention in mentions:
        rest.append(text[at : mention.start])
        at = mention.end
    rest.append(text[at:])
    return not between.sub("", " ".join(rest)).strip()


def _gather(text: str, pack: Pack, mentions: Sequence[Mention]) -> list[Evidence]:
    """All evidence in order of appearance; names judged, cues not yet."""
    bare = only_names(text, mentions, _FILLER)
    found: list[Evidence] = []
    unproven: list[Evidence] = []
    for mention in mentions:
        if mention.kind == "channel":
            found.append(Evidence(mention.id, mention.start, mention.end, firm=bare))
        elif mention.id in pack.platforms:
            platform = pack.platforms[mention.id]
            evidence = _of_platform(text, mention, platform, pack, bare)
            if evidence is not None:
                found.append(evidence)
            elif platform.venue and platform.channels[0] == "third_party_payment":
                unproven.append(
                    Evidence(
                        "third_party_payment",
                        mention.start,
                        mention.end,
                        platform.id,
                        platform.kind,
                        firm=True,
                    )
                )
    found += _joined(text, found, unproven, pack)
    named = [
        (m.start, m.end)
        for m in mentions
        if m.kind == "platform" and not any(e.start == m.start for e in found)
    ]
    for channel, pattern in _CUES:
        for match in pattern.finditer(text):
            # A name that was judged to say nothing says nothing as a cue either.
            if not any(start <= match.start() and match.end() <= end for start, end in named):
                found.append(Evidence(channel, match.start(), match.end()))
    return sorted(found, key=lambda e: (e.start, -e.end))


def _joined(text: str, found: list[Evidence], unproven: list[Evidence], pack: Pack) -> list[Evidence]:
    """Names listed beside one that was paid with: "qq,支付宝,微信转账记录" are three ways to pay."""
    gained: list[Evidence] = []
    waiting = list(unproven)
    changed = True
    while changed:
        changed = False
        for one in list(waiting):
            for other in [*found, *gained]:
                first, second = (one, other) if one.start < other.start else (other, one)
                if (
                    other.channel == "third_party_payment"
                    and first.end <= second.start
                    and _JOINED.match(text[first.end : second.start])
                ):
                    gained.append(_paying_twin(one, pack.platforms[one.platform or ""], pack))
                    waiting.remove(one)
                    changed = True
                    break
    return gained


def _drop_negated(text: str, found: list[Evidence]) -> list[Evidence]:
    """Without what is denied, alone or in a list (没用微信和支付宝)."""
    kept: list[Evidence] = []
    denied: list[Evidence] = []
    for evidence in found:
        joined = any(
            d.end <= evidence.start and _DENIED_TOO.match(text[d.end : evidence.start]) for d in denied
        )
        inside = any(
            d.start <= evidence.start < d.end or evidence.start <= d.start < evidence.end for d in denied
        )
        if _negated(text, evidence) or inside or joined:
            denied.append(evidence)
        else:
            kept.append(evidence)
    return kept


def _after_correction(text: str, found: list[Evidence]) -> list[Evidence]:
    """What is said before "no, I meant ..." is withdrawn when something is said after it."""
    markers = [m.end() for m in _CORRECTION.finditer(text)]
    for at in reversed(markers):
        later = [e for e in found if e.start >= at]
        if later and later[0].start - at < 12:
            return later
    return found


#: Who is told of: an acquaintance with a story of their own, or the writer.
_TELLER = re.compile(
    r"(?P<other>(?:我的?)?(?:同事|朋友|室友|邻居|同学|闺蜜)(?!圈|让|叫|要|说|介绍|推荐|的?(?:名义|微信|头像|账?号|钱))|"
    r"\b(?:my|a|another) (?:colleague|friend|coworker|co-worker|neighbou?r|roommate|flatmate|classmate)\b(?!'s))|"
    r"(?P<me>我(?!的?(?:同事|朋友|室友|邻居|同学|闺蜜))|\bi\b)"
)


def _own_story(text: str, found: list[Evidence]) -> list[Evidence]:
    """Without how an acquaintance paid, where the writer's own way is told too."""
    tellers: dict[int, str | None] = {}
    for evidence in found:
        sentence = re.split("[。.!?\n]", text[: evidence.start])[-1]
        told_of = [match.lastgroup for match in _TELLER.finditer(sentence)]
        tellers[evidence.start] = told_of[-1] if told_of else None
    if "me" not in tellers.values():
        return found
    return [evidence for evidence in found if tellers[evidence.start] != "other"]


def find_channels(
    text: str, pack: Pack, mentions: Sequence[Mention]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(channels, platforms) of normalised ``text``, each in order of appearance; empty: the text does not say."""
    found = _own_story(text, _after_correction(text, _drop_negated(text, _gather(text, pack, mentions))))
    kept: list[Evidence] = []
    for evidence in found:
        rivals = {e.channel for e in found if e.channel not in (evidence.channel, "online_shopping")}
        if evidence.firm or _stands(text, evidence, others=bool(rivals)):
            kept.append(evidence)
    channels = tuple(c for c in dict.fromkeys(e.channel for e in kept) if c in CHANNELS)
    platforms = tuple(dict.fromkeys(e.platform for e in kept if e.platform))
    return channels, platforms
