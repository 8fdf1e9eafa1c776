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
        ("CNY", r"人民币|위안|rmb\b|yuan\b|kuai\b|cny\b|元人民币"),
        ("", r"元|块|圆(?!形)|大洋|人民币"),
    )
)
_BEFORE = tuple(
    (code, re.compile(rf"(?:{pattern})[\s:]*$"))
    for code, pattern in (
        ("HKD", r"hk\$|hkd|港[币元]"),
        ("SGD", r"\bs\$|sgd"),
        ("AUD", r"\ba\$|aud"),
        ("USD", r"us\$|usd|\$|美[元金]"),
        ("EUR", r"€|eur|欧元"),
        ("GBP", r"£|gbp|英镑"),
        ("USDT", r"usdt"),
        ("JPY", r"jpy|日元"),
        ("KRW", r"krw|₩"),
        ("INR", r"₹|inr|rs\.?"),
        ("MYR", r"\brm"),
        ("CNY", r"¥|rmb|cny|人民币"),
    )
)
#: 12块5, 120块五毛: what follows 块 is tenths.
_TENTHS = re.compile(
    r"(?<=块)([\d一二两三四五六七八九])(?:毛|角)?(?=$|[^\d.十百千万wk个天年月次人位笔份张单件分小多])|"
    r"([\d一二两三四五六七八九])(?:毛|角)"
)
_SOFT = re.compile(r"\s{0,2}(?:多|余|来|几|左右|上下|出头|or so|plus|\+)*\s{0,2}个?\s?")

# Counters and clock words: a number before one of these is no money.
_NOT_MONEY_AFTER = re.compile(
    r"\s?(?:年|月|日|号|天|周|星期|礼拜|岁|点(?![卡数])|时|分(?!期付)|秒|小时|钟|[个](?!亿)|次|人|单|张|"
    r"条|名|位|笔|期|倍|级|楼|室|栋|"
    r"台|部|件|斤|折|股|届|g(?![a-z])|%|％|‰|成|家(?![里人属长])|群|集|章|回(?!来)|遍|句|封|通(?!过)|户|"
    r"只|套|箱|瓶|盒|份|种|步|把|公里|千米|米|平|度|"
    r"粉丝|积分|点赞|st\b|nd\b|rd\b|th\b|am\b|pm\b|a\.m|p\.m|o'clock|:\d|/\d|-\d|(?:(?!(?:by|via|from|through|in|on|to|with|at|of|for)\b)\w+ )?(?:minutes?|"
    r"mins?|hours?|hrs?|days?|weeks?|months?|"
    r"years?|yrs?|times?|people|percent|per cent|calls?|messages?|texts?|emails?|friends?|persons?|"
    r"cards?|codes?|pieces?|"
    r"transactions?|payments?|transfers?|followers?|miles|km|kg|items?|orders?|tasks?|of (?:them|us)|"
    r"digits?|accounts?|banks?|"
    r"different|seconds?|secs?)\b|年代|(?<=[05-9][05])后|个?电话|开头|结尾|打头|以后|房(?![租款贷])|元/|号楼|x{2,}|\*|×)"
)
_NOT_MONEY_BEFORE = re.compile(
    r"(?:第|[年月]|编号|单号|订单|尾号|卡号|号码|账号|电话|(?<!买)手机|拨打|拨|qq|微信号?|vx|群号|身份证|"
    r"工号|房|案号|http\S*|www\S*|"
    r"\d[:/.-]|[a-z]\d*-|×|\*|#|call|called|dial|dialled|number|since|(?<!put )in|room|age|aged|version|step|"
    r"ending|ends in|by)\s?[:是]?\s?$"
)
_HOTLINE = re.compile(
    r"(?:110|120|119|122|12110|12315|12321|12345|12348|12356|12363|12378|12386|96110|95\d{3}|400\d{7}|"
    r"1[3-9]\d{9})$"
)

_GAP = r"[^,。.;!?;、\n]"
# Verbs of losing: the number after them is the loss whatever else the text names.
_LOSS_BEFORE = re.compile(
    r"(?:骗(?!子)|诈(?!骗)|损失|亏|盗刷?|偷|坑|讹|敲诈|勒索|卷走|转走|刷走|划走|扣走|扣了|扣款|盗走|输(?!入)|没了|"
    r"少了|\blost\b|\blosing\b|\bloss(?:es)?\b|"
    r"\bscammed\b|\bdefrauded\b|\bstole\b|\bstolen\b|\bswindled\b|\bconned\b|\bcheated\b|\btook\b|"
    r"\btaken\b|\brobbed\b|\bout of\b|\bdrained\b)"
    rf"{_GAP}{{0,16}}$"
)
_PAID_BEFORE = re.compile(
    r"(?:转|付|交|汇|打(?!算|工|电话)|充|投|垫|砸|搭|填进|打赏|套现|给|花|刷|借|贷|缴|存|寄|押金|定金|尾款|首付|首月|运费|货款|拿出|拿了|支出|分别|"
    r"买了|捐|补了|交罚|见面礼|消费|冲了|押了|放了|入金|收了|扣了|退(?:了|给)(?=他|她|对方)|"
    r"发了?红包|红包|现金|本金|\bsent\b|\bsend(?:ing)?\b|\bpaid\b|\bpay(?:ment)?\b|\btransferred\b|"
    r"\btransfer\b|\bwired\b|\bgave\b|\bspent\b|"
    r"\binvested\b|\badded\b|\btopped up\b|\bdeposited\b|\bput in\b|\bbought\b|\bborrowed\b|\bvenmo'?e?d\b|\bcharged\b|\bzelled\b|"
    r"\bhanded\b|\bdeposit\b|\bfee of\b|\bloans? of\b|\bfor\b|\bworth\b)"
    rf"{_GAP}{{0,18}}$"
)
_LOSS_AFTER = re.compile(
    rf"^{_GAP}{{0,6}}(?:被骗|被?(?:人|他|她|对方|骗子)?(?:给)?(?:骗走|骗了(?!.{{0,3}}\d)|转走|盗走|刷走|"
    r"划走|卷走|偷走)|被转(?!给我)|没了|不见了|打水漂|就没|全没|都没了|"
    rf"(?:全|都|被|给)+(?:刷|转|取|扣|划|提|骗)(?:完|光|空|爆)|(?<!\band )(?:was|were|is|are|has been|have been|got)? ?(?<!\band )(?:gone|stolen|taken|missing|disappeared|lost))"
)
_PAID_AFTER = re.compile(
    rf"^{_GAP}{{0,4}}(?:转给|打给|汇给|付给|转过去|打过去|汇过去|转到|打到|已经付|已付|给了|交了|投进去|"
    r"进去了|押金|的押金|定金|的?红包|我?(?:也|又|就|都)(?:给|转|付|交|打)了|"
    rf"\s?(?:deposit|fee|down payment|in cash|loan|ransom)\b|\s?(?:to|into|on|by|via|through|with|for|using|from)\b)"
)
# The same, so close that a number without a unit is one all the same.
_PAID_HERE = re.compile(
    r"\s?(?:转给|打给|汇给|付给|的?红包|deposit\b|fee\b|down payment|in cash\b|loan\b|ransom\b)"
)
_GAVE_THAT_TOO = re.compile(
    r"^[^,。;!?\n]{0,4}[,，]?\s?(?:我?(?:也|又|就|都|还是)|我)(?:给|转|付|交|打|垫|充|投|缴)了(?!\s?[\d一二两三四五六七八九十])"
)
#: 第一单100, 第二笔转了2000: one of a row of payments.
_NTH_BEFORE = re.compile(
    r"第[一二三四五六七八九十\d]{1,2}[次笔单回](?:就|是|又|给|他|她|我|转|付|交|打|充|刷|投|了|:|\s){0,6}$"
)
_PAID_AGAIN_BEFORE = re.compile(r"(?:又|也|只好|于是)(?:付|交|转|给|打|充|汇|补|垫)了?$")
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
    r"还我|给我(?!的|骗|转走)|日入|月入|额度|工资|注册资本|月薪|年薪|标价|市场价|价值|拿到|收到|收入|每天|"
    r"每月|每单|一单|一天|\bprice\b|\bearn(?:ed|ing|s)?\b|\bprofits?\b|\breturns?\b|"
    r"\brefund(?:ed)?\b|\bbalance\b|\bcommission\b|\bsalary\b|\bwon\b|\bgot back\b|\breceived\b|"
    rf"\bbonus\b|\bmake\b|\bper day\b){_GAP}{{0,7}}$"
)
_ASIDE_AFTER = re.compile(
    r"^[^,。.;!?\n]{0,3}(?:的(?:道具|东西|商品|工资|收益|奖)|奖金|工资|利息|收益|佣金|profit|commission|"
    r"per (?:day|month|hour)|a (?:day|month|week)\b|一[天月])"
)
_WORTH_OF_BOUGHT = re.compile(
    r"^的?(?:的|了)?(?:usdt|泰达币|比特币|虚拟|u\b|礼品卡|购物卡|点卡|充值卡|京东|e卡|黄金|金条|手机|货|商品)"
)
#: A number in a clause of its own: 微信小程序买的课,8800,老师是假的.
_OWN_CLAUSE_BEFORE = re.compile(r"(?:^|[,。;!?\n])\s*(?:一?共|总共|大概|大约|约|才|就)?\s*$")
_OWN_CLAUSE_AFTER = re.compile(r"^\s*(?:多|左右)?\s*(?:$|[,。;!?\n])")
_PAID_OR_LOST = re.compile(
    r"(?:转|付|打|汇|给|交|充|买|花|刷|投)(?:了|的|过去|出去|给)|被骗|骗|损失|没了|假的|\b(?:paid|sent|transferred|lost|gave|bought)\b"
)
#: The rest of a list whose last number carries the unit: 500, 700 and 1,100 yuan.
_LIST_GOES_ON = re.compile(
    r"^\s?(?:[,、+&]|and\b|[和与跟])(?:then\b|再|又|[\s\d,.、+&])*(?:(?:and|[和与跟])[\s\d,.]*)?(?:元|块|yuan|rmb|dollars?|bucks|euros?|usdt)"
)
_ADDED_UP = re.compile(r"^\s?\+\s?\d")
#: The same said again of the next payment: 转了500,转了800.
_AND_PAID = re.compile(
    r"^(?:元|块)?[,、;]\s?我?(?:转|付|充|交|打|投|给|汇)了?(?:他|她|对方)?$|^ ?(?:yuan|rmb|dollars)?, (?:sent|paid|lost|put in) [$€£]?$"
)
_COIN_BEFORE = re.compile(
    r"(?:usdt|泰达币|\btether\b)[^。;!?\n]{0,24}(?:sent|transferred|转|打|提)[^。;!?\n]{0,8}$"
)
_PIECES = r"(?:张|个|份|单|笔|次|套|件|回)"
_PRICE = r"(?:(?<![\d.])\d{1,9}(?:,\d{3})*(?:\.\d+)?[万千百wk]?|[一二两三四五六七八九]?[十百千万]+[一二两三四五六七八九十百千万]*)"
_COUNT = r"(?:\d{1,3}|[两二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])"
_COUNT_EN = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT_EN = r"(?: ?(?:yuan|rmb|dollars|bucks|usd|euros?|pounds))?"
#: A price for each and their number, in either order, said together.
_TIMES = (
    re.compile(
        rf"(?P<count>{_COUNT})张卡(?:都|各|分别)被?(?:盗刷|刷|转|扣)(?:了|走)*(?P<price>{_PRICE})(?!\d|元?[和、])"
    ),
    re.compile(
        rf"(?P<count>{_COUNT}){_PIECES}[,\s]?(?:各|都是|均为|每{_PIECES}(?:都|是)*)(?P<price>{_PRICE})"
    ),
    re.compile(
        rf"(?<!分)(?:转|付|充|打|交|汇|买|给|扣|刷)(?:了|过)?(?P<count>{_COUNT})(?:次|笔|张|个)(?:面值)?"
        rf"(?P<price>\d{{2,6}}|[一二两三四五六七八九]?[百千万][一二两三四五六七八九百千]*)(?!\d|{_PIECES})"
    ),
    re.compile(
        rf"每[天日周月](?:都|给|他|她|我|转|付|充|打|交|汇|存|投|了){{0,5}}(?P<price>{_PRICE})[^\d。;!?]{{0,8}}"
        rf"(?:转|付|充|打|交|汇|给|连续|持续|一共|共)了?(?P<count>{_COUNT})(?:天|周|个月)"
    ),
    re.compile(
        rf"(?:连续|连着|一连)(?P<count>{_COUNT})(?:天|周|个月)[^\d。;!?]{{0,3}}每[天日周月]"
        rf"(?:都|给|他|她|我|转|付|充|打|交|汇|存|投|了){{0,5}}(?P<price>{_PRICE})"
    ),
    re.compile(
        rf"(?P<count>{_COUNT})张(?:面值)?(?P<price>[一二两三四五六七八九][百千]|\d{{2,4}})(?:元|块)?的?(?=$|[,。;!?\s])"
    ),
    re.compile(rf"(?P<count>{_COUNT})个(?P<price>\d{{2,5}})(?:元|块)?的?红包"),
    re.compile(rf"(?P<count>{_COUNT})张(?P<price>\d{{2,5}})(?:元|块)?的?[^\d,。;]{{0,5}}卡"),
    re.compile(r"(?<!\d)(?P<price>\d{2,6})(?:元|块)?\s?(?:x|×|\*|乘以?)\s?(?P<count>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?P<price>\d{{2,5}})(?:元|块)?(?:面值)?的[^\d,。;]{{0,5}}卡,?(?:我?买了)?(?P<count>{_COUNT})张"
    ),
)
_TIMES_EN = (
    re.compile(
        rf"\b(?:charged|debited|paid|sent)\b[^.;!?\d]{{0,20}}\b(?:(?P<count>{_COUNT_EN}) times|(?P<twice>twice)),? "
        rf"[$€£¥]?(?P<price>\d[\d,]*){_UNIT_EN} each\b"
    ),
    re.compile(
        rf"\b(?P<count>{_COUNT_EN}) (?:payments?|transfers?|transactions?|instal+ments?|deposits?|times) of "
        rf"[$€£¥]?(?P<price>\d[\d,]*)"
    ),
    re.compile(
        rf"[$€£¥]?\b(?P<price>\d[\d,]*){_UNIT_EN},? (?:(?P<count>{_COUNT_EN}) times|(?P<twice>twice))\b"
    ),
    re.compile(
        rf"[$€£¥]?\b(?P<price>\d[\d,]*){_UNIT_EN} (?:every|each|a|per) (?:day|week|month) for (?P<count>{_COUNT_EN}) "
        r"(?:day|week|month)s"
    ),
)
#: 一次3000,一次4500: each of the payments by itself.
_ONE_AND_ONE = re.compile(
    rf"(?:^|[,。;:!?\s]|(?<=\d)|了|另)一[次笔单](?:是|转了?|付了?|交了?)?(?P<price>{_PRICE})"
)
_EACH = re.compile(
    rf"(?:每|(?<![第有另外后中又])一){_PIECES}(?:面值|都|是|各)*\s?(?P<price>{_PRICE})(?:元|块)?(?!{_PIECES})|"
    r"(?P<count_en>\d{1,3}|two|three|four|five|six|ten) ?(?:x|×|times|cards? (?:of|at|for|worth)) ?[$€£]?(?P<price_en>\d+)|"
    r"(?P<count_en2>\d{1,3}|two|three|four|five|six|ten)\b[^.;!?\d]{0,24}\bcards?\b[^.;!?\d]{0,16}[$€£]?(?P<price_en2>\d+) ?(?:yuan|rmb|dollars|usd|euros?)? each"
)
_HOW_MANY = re.compile(
    rf"(?P<count>\d{{1,3}}|[两二三四五六七八九]?十?[一二两三四五六七八九十]){_PIECES}(?!一)"
)
_ASKED_AFTER = re.compile(
    r"^.{0,2}(?:就能|就可以|才能|才可以|才给|(?:and|then) (?:i|you) (?:can|could|would))"
)
# Words that may stand between a verb and a number that carries no unit of its own.
_NEAR = re.compile(
    r"(?:骗(?!子)|损失|亏|刷|偷|坑|讹|敲诈|勒索|走|输|没了|少了|扣|转|付|交|汇|打|充|投|给|花|借|贷|缴|"
    r"存|寄|金|礼|捐|买|补|赔|罚|货款|尾款|首付|首月|拿|支出|消费|冲|押|放|费|垫|现|赏|砸进去|搭进去|填进去|红包|收|分别|退(?=了他|了她|了对方|给他|给她|给对方)|"
    r"lost|losing|loss|scammed|defrauded|stole|swindled|conned|cheated|took|robbed|of|sent|send|sending|"
    r"paid|pay|payment|transferred|transfer|"
    r"wired|gave|spent|added|up|invested|deposited|in|bought|borrowed|charged|zelled|handed|for|worth|them|him|"
    r"her|me|us|venmo'?e?d|paypaled|to|deposit)"
    r"(?:了|给|我|他|她|它|短信|提示|通知|对方|骗子|那个人|别人|过去|走|到|去|取|约|大概|近|将近|接近|至少|整整|差不多|"
    r"有|才|已|账|值|款|资|钱|出|进去|完|掉|是|为|:|"
    r"共|一共|总共|总计|大约|\s|about|around|over|nearly|almost|up to|a total of|like|at least|more than|"
    r"approximately|another|roughly|(?:the|this|a|an|that|some) (?:scammer|guy|man|woman|lady|person|girl|seller|stranger|agent)|someone|somebody|my card|my account|my bank)*$"
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
    r"又|再|后来|后(?:$|(?=[给转付交打]))|之前|前面|此前|加(?!我|他|她|了|微|好友|群|v|q|薇)|然后|接着|之后|另外|另|还(?!是|有没|能|没)|第[二三四五六七八九十\d][次笔单回]|最后|末了|\bfinally\b|\blastly\b|随后|继而|加上|以及|\band\b|"
    r"\bthen\b|\banother\b|\bplus\b|\balso\b|\bagain\b|"
    r"下午|晚上|中午|上午|夜里|第二天|隔天|次日|昨天|今天|\bafter that\b|\blater\b|\bsecond\b|\bfollowed by\b"
)
_FIRST = re.compile(
    r"先|第一[次笔单回]|一开始|开始|起初|首先|最初|分别|\bfirst\b|\binitially\b|\bat first\b|又|后来|\bthen\b|"
    r"\banother\b|再次|第二次|接着|\bplus\b|之后|上午|早上|前天|昨天"
)
# One amount after the other as in a list; the second says nothing new about what happened to it.
_LISTED = re.compile(r"^[\s、,和与及/&+]{1,3}(?:and\s)?[¥$€£]?$")
_GOES_ON = re.compile(
    rf"^\+(?:的?手续费|运费|押金)?$|^(?!.*[.。;!?\n]){_GAP}{{0,24}}(?:\band|加(?:上)?(?:手续费|运费|押金|保证金|税)?|\bthen|\bplus|\banother|又|再|还有|后来|另外|以及|"
    r"和)[\s,]*(?:then|another)?\s?[¥$€£]?$"
)
#: The rail by which one of several payments went; different rails are different payments.
_RAIL = re.compile(
    r"微信|[工建农中招交]行|农信社?|邮储|支付宝|银行卡|信用卡|花呗|借呗|白条|云闪付|现金|网银|qq|转账|汇款"
)
_SUM_BEFORE = re.compile(
    r"(?:一共|总共|共计|合计|累计|总?金额|总额|家当|积蓄|存款|本金)[:是为了约大概]{0,3}$"
)
_LOST_PAY = re.compile(r"骗(?:了|走|光|去)[^,。;!?]{0,8}(?:工资|奖金|积蓄|余额|存款)$")
_BY_RAIL = re.compile(rf"(?:{_RAIL.pattern})(?:里|上|的|又|转|付|给|了|:|余额)*$")
#: One more payment, joined to the one before: 5000元和现金2000元, 王某15000元、刘某20000元.
_PLUS = re.compile(
    r"^(?:多|元|块|钱|左右){0,3},?(?:加上?|外加|和|以及|还有|跟)(?!我|他|她|你|对方)[^,。;!?\n\d]{0,8}$|"
    r"^(?:人民币|元)*[、,及和]?[^\s,。\d]{1,2}某某?(?:人民币)?$"
)
_ALL_GIVEN = re.compile(r"^(?:元|块)?钱?[都全]{1,2}(?:部)?(?:给|转|打|付|投|被骗|交)(?!我)")
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


#: Nobody tells of more amounts than this; more numbers are a table or a prank.
_AT_MOST = 200
_BARE = re.compile(r"(?!20[12]\d$|19\d\d$)[1-9]\d{1,5}(?:\.\d{1,2})?|.*[一二两三四五六七八九百].*")
_NO_PRICE_BEFORE = re.compile(
    r"(?:(?<!扫)码|号|[a-z]|第|群|版本|密码|型|线|路|楼|室|余额|后面|尾号|来自|输入了?|\d|[年月日]|\d[./:-])\s?[:是为]?\s?$|(?:验证|password|code|number)[^,。;]{0,8}$"
)
_NO_PRICE_AFTER = re.compile(
    r"\s?(?:开头|结尾|打头|打(?:来|给|过来|电话)|来电|发来|多?个?电话|买票|的(?:那张)?(?:卡|号|电话)|客服)"
)
_AGE = re.compile(r"(?:我|他|她|妈|爸|爷|奶|姥|公|婆|今年|快|都|\bi'?m|\bi am|\bis)\s?#|#(?:后|岁|了)")
_CODE = re.compile(r"验证码|校验码|动态码|口令|\b(?:otp|pin|verification code)\b")
_MONEY_TALK = re.compile(
    r"骗|诈|坑|没了|不见|亏|损失|盗|刷|扣|被转|不发货|没发货|没收到|收到(?:砖|假|空|石)|收完|收款|扫码|一分不剩|搭进|砸|填进|[两二三四五六\d](?:笔|次)|打赏|会员|\d\+\d|\d加\d|礼品卡|点卡|假的|假货|拉黑|跑路|失联|消失|不退|没返|不返|联系不上|"
    r"钱|款|支付|付|微信|支付宝|银行|卡|买|卖|充|贷|借|闲鱼|咸鱼|淘宝|拼多多|京东|抖音|红包|收了|找回|"
    r"转(?:了|过|给|账)|付了|交了|给了|打了|汇了|充了|买了|花了|垫|投了|定金|押金|学费|寄|现金|汇款|存了|"
    r"\b(?:cash|handed|gave|venmo\w*|zelle\w*|wechat|we chat|alipay|paypal\w*|wired?|charged|card|bank|loan|"
    r"scam\w*|fraud\w*|lost|gone|stolen|stole|paid|sent|bought|ordered|transferred|never (?:arrived|came)|blocked)\b"
)


#: An acquaintance's loss, told beside the writer's own.
_OTHERS_LOSS = re.compile(
    r"^\s?(?:我的?)?(?:姐|哥|弟|妹|同事|朋友|邻居|同学|室友|闺蜜)(?!让|叫|要|说|借)|^\s?(?:my|a) (?:colleague|friend|neighbou?r|sister|brother|cousin|coworker) "
    r"(?!asked|wanted|told|borrowed)"
)
_OWN_LOSS_AFTER = re.compile(
    r"[,。;\s]我(?:是|用|自己|被|则|的是|比)|\b(?:i|me) (?:lost|paid|sent|was|only)\b|\bmine\b|\bi myself\b"
)
#: What came back at once, as much as was put in or more: bait, no loss.
_GIVEN_BACK = re.compile(
    r"(?:元|块)?,?(?:就|又|马上|很快)?(?:返|退|回|送)(?:了|现|还|给|我|款|来){0,3}(\d{1,6})(?!\d)"
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


def _role(before: str, after: str, since: str) -> str:
    """What the words before and after an amount make of it; ``since``: the words since the number before it."""
    if _LOSS_AFTER.search(after):
        return "loss"
    if _GAVE_THAT_TOO.search(after) or _ALL_GIVEN.search(after):
        return "paid"
    if _ASIDE_AFTER.search(after):
        return "aside"
    if _PAID_AGAIN_BEFORE.search(before):
        return "paid"  # whatever was asked for before that
    if _LOST_PAY.search(before):
        return "loss"
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
    if "aside" in roles and not _ASIDE_BEFORE.search(since) and roles & {"paid", "loss"}:
        hits = [(at, role) for at, role in hits if role != "aside"]  # it was said of the number before
        roles.discard("aside")
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


def _may_be_bare(text: str, number: Number, raw: str, has_code: bool) -> bool:
    """Whether a number with neither unit nor verb may be money: no code, no age, no end of a card's number."""
    before, after = text[max(0, number.start - 16) : number.start], text[number.end : number.end + 6]
    if number.value < 50 or not _BARE.fullmatch(raw) or _NO_PRICE_BEFORE.search(before):
        return False
    if _NO_PRICE_AFTER.match(after) or (len(raw) == 2 and _AGE.search(f"{before}#{after}")):
        return False
    return not (raw.isdigit() and 4 <= len(raw) <= 6 and has_code)


def _sums(text: str, currency: str) -> list[_Sum]:
    """Every amount of money in normalised ``text``."""
    found: list[_Sum] = []
    bare: list[
        _Sum
    ] = []  # neither unit nor verb: only money if nothing else is and the text speaks of paying
    previous = 0
    paid_or_lost, has_code = bool(_PAID_OR_LOST.search(text)), bool(_CODE.search(text))
    for number in find_numbers(text)[:_AT_MOST]:
        since = text[max(previous, number.start - 28) : number.start]
        previous = number.end
        before, clause = (
            text[max(0, number.start - 28) : number.start],
            text[max(0, number.start - 40) : number.start],
        )
        code, end = _currency(text, number)
        value = number.value
        if code == "" and (tail := _TENTHS.match(text, end)):
            value += (evaluate(tail[1] or tail[2]) or 0) / 10
            end = tail.end()
        after = text[end : end + 24]
        raw = text[number.start : number.end].replace(" ", "")
        if code is None:
            labelled = not number.scaled and _NOT_MONEY_BEFORE.search(before)
            if _NOT_MONEY_AFTER.match(text, number.end) or labelled:
                continue
            soft = _SOFT.match(text, number.end)
            if soft and _NOT_MONEY_AFTER.match(text, soft.end()) and soft.end() > number.end:
                continue
            if _HOTLINE.match(raw) or re.fullmatch(r"0\d+", raw):
                continue
        back = _GIVEN_BACK.match(text[end : end + 14])
        role = "aside" if back and (evaluate(back[1]) or 0) >= value else _role(before, after, since)
        nth = role != "asked" and bool(_NTH_BEFORE.search(before)) and ("第二" in text or paid_or_lost)
        by_rail = role == "plain" and bool(_BY_RAIL.search(before))
        if nth or by_rail:
            role = "paid"
        between = text[found[-1].end : number.start] if found else None
        goes_on = between is not None and (
            _LISTED.match(between)
            or _PLUS.match(between)
            or (role == "plain" and (_GOES_ON.match(between) or _LAST_OF_ALL.match(between)))
        )
        if goes_on:
            role = found[-1].role
        told = (
            goes_on
            or nth
            or by_rail
            or _ALL_GIVEN.match(after)
            or _SUM_BEFORE.search(before)
            or role == "asked"
            or _LOSS_AFTER.search(after)
            or _PAID_HERE.match(after)
            or (_NEAR.search(before) and role in ("loss", "paid"))
            or _LIST_GOES_ON.match(text[end : end + 60])
            or (_ADDED_UP.match(text[end : end + 60]) and paid_or_lost)
        )
        alone = (
            code is None
            and number.value >= 50
            and _OWN_CLAUSE_BEFORE.search(before)
            and _OWN_CLAUSE_AFTER.match(text[number.end :])
            and paid_or_lost
        )
        if alone:
            told, role = True, "paid" if role == "plain" else role
        if code is None and _COIN_BEFORE.search(clause):
            code = "USDT"
        if code is None and not number.scaled and (number.value < 10 or not told):
            if _may_be_bare(text, number, raw, has_code):
                bare.append(_Sum(value, currency, number.start, end, role, False))
            continue
        if number.value <= 0 or number.value > 1e11:
            continue
        own_clause = re.split("[,。.;!?\n]", clause)[-1]
        if _OTHERS.search(own_clause):
            continue
        if _OTHERS_LOSS.search(own_clause) and _OWN_LOSS_AFTER.search(text[end:]):
            continue
        total = bool(_TOTAL_BEFORE.search(before) or _TOTAL_AFTER.search(after))
        found.append(_Sum(value, code or currency, number.start, end, role, total))
    unpaid = {
        s.value
        for s in found
        if _UNPAID.match(text[s.end :].lstrip(" ,钱的"))
        or re.search(rf"(?:{_UNPAID.pattern}).{{0,3}}$", text[max(0, s.start - 24) : s.start])
    }
    kept = [s for s in found if s.value not in unpaid]
    if not found and _MONEY_TALK.search(text):
        return [s for s in bare if not _UNPAID.match(text[s.end :].lstrip(" ,钱的"))]
    return kept


def _parts(text: str, sums: list[_Sum]) -> float | None:
    """The sum of ``sums`` when the text tells them as parts paid one after the other."""
    same = [s for s in sums if s.currency == sums[0].currency]
    if len(same) < 2:
        return None
    gaps = [text[left.end : right.start] for left, right in itertools.pairwise(same)]
    if any(a.value == b.value and len(gap) > 14 for a, b, gap in zip(same, same[1:], gaps, strict=False)):
        return None  # said twice, not paid twice
    in_order = bool(_FIRST.search(text[: same[-1].start])) and all(_MORE.search(gap) for gap in gaps)
    repeated = all(_AND_PAID.match(gap) for gap in gaps) and len({s.value for s in same}) == len(same)
    listed = all(_LISTED.match(gap) or _GOES_ON.match(gap) or _PLUS.match(gap) for gap in gaps)
    rails = [
        found[-1]
        if (found := _RAIL.findall(re.split(r"[。;!?\n]", text[max(0, s.start - 14) : s.start])[-1]))
        else ""
        for s in same
    ]
    by_rail = all(rails) and len(set(rails)) == len(rails) and all(len(gap) <= 14 for gap in gaps)
    if in_order or listed or by_rail or repeated or _ALL_OF_THEM.search(text[same[-1].end :]):
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


def _product(match: re.Match[str]) -> tuple[float, int] | None:
    """(price times count, where that is said), unless it cannot be meant."""
    found = match.groupdict()
    written = found["count"]
    count = (
        2.0
        if not written
        else evaluate_english(written)
        if written.isalpha() and written.isascii()
        else evaluate(written)
    )
    price = evaluate(found["price"])
    if not count or price is None or not 2 <= count <= 200 or price < 5:
        return None
    return count * price, match.start()


def _pieces(text: str) -> tuple[float, int] | None:
    """(price of all pieces, where that is said) when a price for each and their number are told."""
    ones = [m for m in _ONE_AND_ONE.finditer(text)]
    if len(ones) > 1:
        values = [evaluate(m["price"]) or 0.0 for m in ones]
        return sum(values), ones[0].start()
    for pattern in (*_TIMES, *_TIMES_EN):
        if (match := pattern.search(text)) is not None:
            return _product(match)
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
        parts = _parts(text, plain)
        return plain[0] if parts is None else (parts, plain[0].currency)
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


#: Blanks and counters inside one number: 1 万 2, 30 000元, 1.5个w.
_INSIDE = re.compile(
    r"(?<=\d)\s+(?=[万千百亿])|(?<=(?<!\d)\d) (?=\d(?: \d){0,7} ?[块元])|(?<=[万千])\s+(?=\d(?:$|[\s,。元块多给]))|"
    r"(?<=[\d一二两三四五六七八九十])个(?=亿|w(?![a-z])|达不溜)"
)
_GROUPS = re.compile(
    r"(?<![\d,.] )(?<![\d,.])\d{1,3}(?: \d{3}){1,3}(?=(?:\.\d\d)?\s?(?:元|块|yuan|rmb|dollars|euros?|usd))"
)


#: A grand and a half: one and a half grand.
_AND_A_HALF = re.compile(
    r"\b(a|one|two|three|four|five|six|seven|eight|nine) (grand|thousand|million) and a half\b"
)


def _closed_up(text: str) -> str:
    """Normalised text with each number in one piece."""
    text = _INSIDE.sub("", text.replace("达不溜", "w").replace("仨", "三"))
    text = _AND_A_HALF.sub(lambda m: f"{'one' if m[1] == 'a' else m[1]} and a half {m[2]}", text)
    return _GROUPS.sub(lambda m: m.group(0).replace(" ", ""), text)


#: More than anybody has; a long row of figures would otherwise become infinity, which no JSON can hold.
MOST = 1e12


def parse_amount(text: str, currency: str = "CNY") -> Money | None:
    """The amount lost as the text states it, or None. ``currency``: the code used when the text names none.

    Parts paid one after the other are added up; a stated total wins over its parts. Where only a lower
    bound is said (4万多, 十几万) it is the value. What was asked for but not paid is no loss. A figure above
    :data:`MOST` is no amount.
    """
    found = _stated(text, currency)
    return found if found is not None and found.value <= MOST else None


def _stated(text: str, currency: str) -> Money | None:
    folded = _closed_up(normalise(text))
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
