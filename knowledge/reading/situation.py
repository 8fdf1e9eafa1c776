"""What happened, who it happened to, what was reported, and whether somebody offers to get the money back."""

from __future__ import annotations

import re

_IN = r"[^,。.;!?;\n]"

# --- pressed right now -----------------------------------------------------------------------------------------

_PRESSURED = re.compile(
    r"(?:现在|正在|此刻|还在|一直(?:在)?|不停(?:地|的)?|不断(?:地)?|天天|反复|又在)(?:逼|催|威胁|恐吓|"
    r"要挟|吓唬|骚扰|勒索|敲诈)|(?:逼|催|威胁|恐吓|要挟|吓唬)(?:着)?我(?:赶紧|马上|立刻|现在|快点?|继续|"
    r"再|还|去|必须|要|不)?(?:转|付|打|交|汇|还|给|充|贷|下载|配合|,|说|如果|不)|"
    r"(?:还|正|现在)(?:在)?(?:跟|和|与)?(?:他|她|对方|骗子|我|那边|人家|警察|警官|客服)*(?:(?:打|讲|"
    r"接)?(?:着)?(?:电话|通话|视频)(?:里|中|上|没挂|着|呢)|通(?:着)?(?:电话|话))|(?:不让|不许|不准|不能|"
    r"别让我?)(?:我|我们)?(?:挂(?:断|机|电话)?|告诉|跟(?:任何|家)|和(?:家|任何)|离开|出(?:门|酒店|"
    r"房间)|报警)|不敢(?:挂|离开|出(?:门|酒店|房间))|(?:电话|视频|通话)(?:还|一直)?(?:没(?:有)?挂|不让挂|不敢挂|连着|开着)|"
    r"(?:让|要|叫|催|要求)我(?:现在|马上|立刻|立即|赶紧|赶快|尽快|今天(?:之?内|必须)?|半小时内|\d+分钟内|"
    r"限时)(?:就|必须|要|把)?[^,。]{0,10}(?:转|付|打|交|汇|充|贷|取|配合|下载)|(?:不(?:转|付|给|交|打|"
    r"还)(?:钱|款)?|否则|要不然?|不然)(?:的话)?(?:就|要|会)?[^,。]{0,8}(?:抓|拘留|坐牢|逮捕|起诉|冻结|"
    r"发(?:给|到)|曝光|群发|公开|通缉|影响征信|上征信|上门)|"
    r"裸聊[^。]{0,24}(?:威胁|要挟|勒索|发给|群发|通讯录)|(?:威胁|要挟|勒索|扬言)[^。]{0,16}(?:发给|群发|"
    r"公开|通讯录|照片|视频|p图)|(?:手机|电脑|屏幕)(?:正|现在|还)(?:在)?被[^,。]{0,6}(?:控制|操作|共享)|"
    r"(?:现在|正在)(?:还)?(?:开着|共享)[^,。]{0,4}(?:屏幕|共享)|"
    r"\b(?:pressur\w+|threaten\w*|blackmail\w*|extort\w*|sextort\w*|harass\w*|intimidat\w+) (?:me|us|my|"
    r"him|her|to)\b|\b(?:is|are|being|am|keeps?|he'?s|they'?re) (?:\w+ )?(?:pressur\w+|threaten\w*|"
    r"blackmail\w*|extort\w*)|\b(?:still|currently|right now|now) (?:on|in) (?:the |a )?(?:phone|call|"
    r"line|video)|\b(?:on the (?:phone|line)|on a call) (?:right now|now|with (?:them|him|her|someone|"
    r"the))|"
    r"\bwon'?t let me (?:hang up|go|leave|tell|speak|talk)|\b(?:don'?t|not to|can'?t|not allowed to|"
    r"told me not to) (?:hang up|tell any ?(?:one|body)|end the call|leave the call)|\b(?:keep|keeps|"
    r"kept) (?:calling|messaging|texting|demanding|asking|telling|pushing)(?: me)?[^.;!?]{0,24}(?:pay|"
    r"money|send|transfer|more|now)|"
    r"\b(?:right now|immediately|within (?:the|an|one|\d+) (?:hour|minutes?|mins?)|at once|"
    r"urgently)\b[^.;!?]{0,30}\b(?:pay|send|transfer|or (?:else|they|he|i))|\b(?:they|he|she|"
    r"someone)(?:'s| is| are|'re)? (?:wants?|want|wanting|telling|asking|demand\w*|forc\w+|making|say\w*|"
    r"order\w*)[^.;!?]{0,40}\b(?:right now|immediately|now|within \w+ (?:hours?|minutes?)|or (?:else|"
    r"they|he|she|i))\b|"
    r"\b(?:or|otherwise|if i don'?t)[^.;!?]{0,12}\b(?:they|he|she|i)?(?:'ll| will|'d)? ?(?:be arrested|"
    r"arrest|go to jail|post|publish|leak|send (?:my|the) (?:photos?|videos?|pictures?|nudes?)|release|"
    r"expose)\b"
)

# --- taken without me ------------------------------------------------------------------------------------------

_UNAUTHORISED = re.compile(
    r"盗刷|被盗(?:用|取|转|走|了(?:\d|[一二两三四五六七八九]))|(?:账户|账号|卡|支付宝|微信|钱|银行卡|"
    r"手机)(?:被|让)(?:人|别人|他人)?(?:给)?(?:盗|偷|黑客|黑了)|不是我(?:本人)?(?:自己)?(?:操作|转|买|刷|"
    r"付|消费|弄|花|授权)|非(?:我)?本人|莫名(?:其妙)?(?:地)?(?:被)?(?:扣|转|少|消费|刷|没|支出)|无缘无故|"
    r"自动(?:扣|转|划)(?:了|走|款|钱)|"
    r"未经(?:我|本人)?(?:的)?(?:同意|授权|允许)|(?:没有?|未)(?:经过)?(?:我)?授权|(?:我)?(?:完全|根本|"
    r"毫)?不知情|(?:没|未)(?:有)?(?:经)?(?:过)?我(?:的)?同意|偷偷(?:地)?(?:转|刷|用|花|把)|(?:被|"
    r"给)(?:人|别人|他人|黑客|陌生人|他|她|前男友|前女友|老公|老婆|室友|同事|"
    r"朋友)?(?:用[^,。]{0,8})?(?:转走|刷走|划走|扣走|盗走|取走|偷走|偷刷|偷转|刷了|盗了)|"
    r"(?:卡|账户|支付宝|微信|余额|存款|存折|零钱)(?:里|上|内)?(?:的)?(?:钱|余额|存款|"
    r"[\d一二两三四五六七八九几]+[万千百块元]+钱?)?(?:突然|全|都|就|自己)*(?:被(?:人)?(?:转|刷|划|扣|盗|"
    r"取)|没了|不见了|少了|清空)|私自(?:转|用|刷|修改|把|贷|开通)|擅自|冒用(?:我|身份)|盗用(?:我|身份)|"
    r"盗办|(?:拿|用)我(?:的)?身份(?:证|信息)[^,。]{0,8}(?:贷|办|开|注册)|免密(?:支付)?(?:被)?扣|(?:女儿|"
    r"儿子|孩子|小孩)[^,。]{0,12}(?:充值|充了|打赏|偷转|花了)|"
    r"\bunauthori[sz]ed\b|\bwithout (?:my|our|his|her|any|me) (?:\w+ )?(?:permission|consent|"
    r"authori[sz]ation|knowledge|approval|knowing|authori[sz]ing)|\bwithout (?:me|asking|my)\b|"
    r"\b(?:did(?: not|n'?t)|never|haven'?t|have not) (?:\w+ )?(?:authori[sz]e|approve|make (?:this|that|"
    r"it|the|these|those|any)|made (?:this|that|it|these)|recogni[sz]e|do (?:this|that|it)|buy (?:this|"
    r"that|it)|initiate|agree)|\b(?:i )?(?:don'?t|do not|didn'?t|cannot|can'?t) recogni[sz]e\b|"
    r"\b(?:stole|stolen|steal\w*|cloned?|skimmed|hacked)\b[^.;!?]{0,24}\b(?:card|wallet|account|phone|"
    r"money|identity|details|savings|funds|alipay|wechat|paypal)|\b(?:card|wallet|account|phone|money|"
    r"identity|details|savings|funds|alipay|wechat|paypal)\b[^.;!?]{0,16}\b(?:stolen|hacked|cloned|"
    r"compromised|skimmed|drained|emptied)\b|\bsomeone (?:else )?(?:is |has |was |had )?(?:used?|using|"
    r"spent|took|withdr\w+|charged|made|accessed|got into|transferred|emptied)\b|\b(?:money|funds|"
    r"savings|cash|\d+ \w+) (?:was|were|has been|have been|got|just) (?:taken|withdrawn|deducted|debited|"
    r"moved|transferred|gone|vanished|disappeared)|"
    r"\b(?:i know |that )?i (?:didn'?t|did not) make\b|\bnot (?:me|mine|made by me|done by me)\b|"
    r"\bwasn'?t me\b|\bfraudulent (?:charge|transaction|payment|withdrawal)s?|\b(?:strange|unknown|bogus|"
    r"suspicious|weird|unrecogni[sz]ed|mysterious) (?:charge|transaction|payment|withdrawal|transfer)s?|"
    r"\bstarted withdrawing\b|\b(?:missing|gone|disappeared|vanished) from (?:my|our|his|her|their)\b|\bcredit card fraud\b|\bmy (?:child|kid|son|daughter) (?:used|spent|"
    r"bought)\b"
)
# What a swindler led the person to do is a loss, not a theft, unless it says the opposite.
_LED_TO = re.compile(
    r"骗我(?:转|付|买|充|下载|说|投)|让我转(?:了|账)|我(?:自己)?(?:就|又|先|也|才)?(?:给|把|用|在|从|"
    r"通过|向)?[^,。]{0,14}(?:转|付|汇|打|充|交|投)(?:了|给|过去)|\bi (?:sent|paid|transferred|wired|"
    r"gave|invested|bought|deposited)\b"
)
_TAKEN_PLAIN = re.compile(
    r"盗刷|不是我(?:本人)?操作|未经|授权|莫名|不知情|unauthori[sz]ed|without my|didn'?t (?:make|authori)"
)

# --- gone ------------------------------------------------------------------------------------------------------

_LOST = re.compile(
    r"(?<!是不是)(?<!会不会)(?<!会)(?<!怕)(?<!担心)(?<!怀疑)(?<!别)(?<!险些)(?<!差点)(?:被(?:人|他|她|"
    r"网友|骗子|朋友|同学|同事|别人|一[个家]|[^,。吗?]{1,14})?(?:给)?(?:诈)?骗|让人(?:给)?骗|给(?:人|"
    r"我[^,。]{1,4})骗了|上当(?!吗)|受骗|遭(?:到|遇|了)?[^,。]{0,6}(?:诈骗|骗)|中招|骗(?:走|了|去|"
    r"光)(?!吗)|骗我[^,。]{0,10}(?:钱|[\d一二两三四五六七八九十]+[万千百元块])|(?:诈骗|骗取)(?:了|"
    r"走)?[^,。]{0,20}[\d一二两三四五六七八九十][万千百元块\d])|"
    r"(?:诈骗|骗取|骗得|诱骗)[^。;]{0,70}(?:[\d一二三四五六七八九十几][万千百元块\d]|财物|货款|钱款|现金|汇款|转账)|"
    r"(?:收到的|发来的|发过来的|收到|拆开)[^,。]{0,6}(?:却|不是|是(?:一?[块包个堆]|假|砖|空|模型))|(?:没|不|未)发货|收不到货|"
    r"(?:网络?|电信|金融|投资)?诈骗[^,。]{0,3}\d+|(?:钱|本金|款)[^,。?吗]{0,8}(?:要不回来|回不来|"
    r"拿不回来|没了|打水漂|全亏|亏光|亏完|亏了|套牢)|(?:转|付|交|打|汇|投|充)(?:了|完|"
    r"过去)[^。?]{0,30}(?:拉黑|删(?:了|除)|不回|联系不上|失联|跑路|消失|不发货|不退|提不(?:了|出)|"
    r"没(?:有)?(?:发货|到账|收到))|跑路(?!了?吗)|(?:输|亏)了?(?:[\d一二两三四五六七八九十几]|光|完|很多|"
    r"不少)|(?:给|向)骗子[^,。吗?]{0,8}(?:转|付|打|汇|充|发)|"
    r"(?<!没)(?<!没有)(?<!未)(?:转|打|汇|付)(?:了|过去了?)?[^,。吗?]{0,12}(?:给|到)(?:了)?(?:骗子|"
    r"那个骗子|对方|他|她|陌生人)[^吗?]{0,6}(?:[\d一二两三四五六七八九十几]|了|钱)|"
    r"\b(?:got|been|was|were|am|get|fell|i'?ve been|has been|being) (?:\w+ )?(?:scammed|defrauded|"
    r"swindled|conned|tricked|cheated|duped|deceived|ripped off|had|robbed|phished|catfished)\b|"
    r"\bscammed (?:me|us|my|him|her|out)|\b(?:scammer|fraudster|swindler|conman|con artist|they|he|"
    r"she)s? (?:took|stole|got|robbed|has|have|ran off with|disappeared with|"
    r"ran away with) (?:all )?(?:my|our|his|her|the|me|\$|[\d])|\bfell (?:for|victim)\b|"
    r"\bvictim of\b(?! my)|\b(?:i|we|he|she|mom|mother|dad|father|have|has|"
    r"'ve) (?:just )?(?:also )?(?:lost|lose) (?:[\w$€£¥,. ]{0,16}\d|all|everything|my|money|about|around|"
    r"nearly|over|a lot|thousands|hundreds|his|her|our)|"
    r"\b(?:sent|paid|transferred|wired|gave|invested|deposited)\b[^.;!?]{0,60}\b(?:scammer|swindler|"
    r"fraudster|blocked|disappeared|vanished|gone|never (?:heard|arrived|came|received)|"
    r"stopped (?:replying|responding|answering)|no (?:reply|response)|fake|scam|con ?man|ghosted)|\b(?:i|"
    r"we) (?:just |already |then |also )?(?:sent|paid|transferred|wired)\b[^.;!?]{0,30}(?:\d|money|"
    r"everything)|\bmoney is gone\b|\bran (?:off|away) with\b|\bsimply not arriving\b|\bcheated (?:me|"
    r"us)\b|\bstole (?:my|our|all|money)\b|\bripped me off\b"
)

# --- not paid --------------------------------------------------------------------------------------------------

_NOT_PAID = re.compile(
    r"(?:还|我|都|暂时|目前|幸好|幸亏|一直|先)?(?:没有?|未|不敢|没敢|没舍得|不想)(?:有)?(?:给(?:他|她|"
    r"对方|钱|他们)?)?(?:转(?!走|出去)|付(?!款码)|汇|交|打(?:钱|款|给)|给(?:他|她|对方|钱)|充|投|"
    r"下单)(?:钱|款|账|过去|他|她|对方)?|(?:准备|打算|正要|马上要|要不要|该不该|能不能|可不可以|是否|"
    r"应不应该|可以|应该)(?:给(?:他|她|对方)?|先|继续|再)?(?:转|付|交|打钱|汇|充|投|给钱|买)[^,。]{0,6}|"
    r"(?:这|他|她|对方|那)?[^,。]{0,12}(?:是不是|会不会是|是否是?|算不算|像不像)(?:个|一个|在|遇到|遇上|"
    r"碰到|又是)?(?:骗|诈|假|套路|传销|圈套)|"
    r"是(?:骗子|诈骗|骗局|真的|骗人的|假的)(?:吗|么|嘛)|(?:靠谱|可信|可靠|安全|正规|真实|合法)(?:吗|么|"
    r"嘛|不)|(?:不知|是否|到底|怎么知道|如何判断|怎么判断)[^,。]{0,6}(?:可不可靠|可靠|真假|是真是假|靠谱|"
    r"是不是真)|能(?:相信|信)(?:吗|他|她)|(?:可以|能|该|要)(?:信|相信|转|付|交|投)(?:吗|么)|"
    r"差点(?:就)?(?:被骗|转|上当)|险些|"
    r"\b(?:have(?: not|n'?t)|has(?: not|n'?t)|did(?: not|n'?t)|not|never|"
    r"didn'?t) (?:yet )?(?:actually )?(?:paid|pay|sent|send|transferred|transfer|given|give|lost|"
    r"invested|deposit\w*)\b[^.;!?]{0,16}|\bnot (?:yet )?(?:paid|sent)\b|\bbefore i (?:pay|send|transfer|"
    r"invest)|\b(?:is|was) (?:this|it|that|he|she|the \w+|they) (?:a |an |really |"
    r"actually )?(?:\w+ )?(?:scam|fraud|legit\w*|real|fake|genuine|safe|scammer|con)\b|"
    r"\bare they (?:legit\w*|scammers|real|fake)|\b(?:should|can|shall|could) i (?:trust|pay|send|"
    r"transfer|invest|believe|go ahead)|\b(?:sounds?|looks?|seems?|feels?) (?:like|fishy|suspicious|"
    r"too good)[^.;!?]{0,10}|\bam i being scammed|\bhow (?:do|can) i (?:know|tell|check) (?:if|whether)|"
    r"\balmost (?:fell|paid|sent|got scammed)|\bwants? me to (?:pay|send|transfer|buy|invest|deposit)|"
    r"\basking me (?:to|for)\b|\b(?:have|need|asked|told|supposed|required) (?:me )?to pay\b|"
    r"\bmust pay\b|\basks? (?:me )?for (?:a |an )?(?:fee|deposit|tax|payment)"
)
_SAID_PAID = re.compile(
    r"(?:已经|刚|都|昨天|今天|前天|又|先)?(?<!没)(?<!没有)(?<!未)(?:转|付|交|汇|打|充|投|支付|花|借|贷|"
    r"买)(?:款|账|钱|给(?:他|她|对方))?了(?!吗|就|的话|才)[^。?]{0,14}|被骗(?:了|走|[\d])|骗走|骗了我|"
    r"\bi(?:'ve| have)? (?:already |just )?(?:sent|paid|transferred|wired|gave|lost|invested)\b"
)

# --- who -------------------------------------------------------------------------------------------------------

_KIN = (
    r"(?:妈妈?|爸爸?|母亲|父亲|爷爷|奶奶|姥姥|姥爷|外公|外婆|老公|老婆|丈夫|妻子|爱人|对象|媳妇|儿子|"
    r"女儿|孩子|小孩|弟弟?|妹妹?|哥哥?|姐姐?|家人|家里(?:人|老人)|亲戚|阿姨|叔叔|舅舅?|姑姑?|婆婆|公公|"
    r"岳父|岳母|侄子|侄女|父母|爸妈|男朋友|女朋友|男友|女友|室友|舍友|同学|同事|朋友|闺蜜|邻居|老人|老乡|"
    r"学生)"
)
_FAMILY = re.compile(
    rf"(?:我|我们?家?(?:的)?|一个|我的|我有(?:个|一个)?|家里?(?:的)?|帮我?|替我?|隔壁){_KIN}(?:他|她|们|"
    r",|,)?(?:今天|昨天|前天|刚刚?|刚才|上周|上个月|去年|之前|前几天|最近|现在|已经|好像|可能|在网上|"
    r"在微信上?|在抖音上?|在家|年纪大|的钱)*(?:被|遇到|遇上|碰到|接到|收到|上当|受骗|中招|给骗子|"
    rf"给(?:人|对方|他们)转|把[^,。]{{0,12}}(?:转|给|打|汇)|转了|付了|投了|汇了|买了|刷了|扫了|交了|充了|"
    rf"损失|报警|非要|要(?:给|转|投)|正在|不(?:听|信)|相信|迷上|陷|参加|加入|用[^,。]{{0,10}}(?:转|付|买|"
    r"给|汇)|想(?:不开|自杀))"
    rf"|(?:替|帮|为|代)(?:我)?(?:的)?(?:家里?)?{_KIN}(?:来)?(?:问|咨询|报|求助|查|看)|(?:骗|坑)(?:了|走|"
    rf"取)?(?:我|我们)(?:家)?(?:的)?{_KIN}(?:的)?(?!.{{0,3}}(?:骗我|说))"
    rf"|(?:母亲|父亲|老人|爷爷|奶奶|老妈|老爸)(?:\d+岁|[^,。]{{0,4}}),?[^,。]{{0,4}}(?:被|受|遭)"
    r"|\bmy (?:mom|mum|mother|dad|father|parents?|grand\w+|husband|wife|partner|son|daughter|child|kid|"
    r"brother|sister|aunt|uncle|cousin|friend|boyfriend|girlfriend|roommate|neighbou?r|colleague|"
    r"coworker|family|elderly \w+|old \w+|in-laws?|mother-in-law|father-in-law)(?:'s)? (?:\w+ )?(?:was|"
    r"were|got|has|have|had|is|sent|lost|paid|gave|transferred|wired|fell|keeps|bought|received|just|"
    r"been|thinks|believes|won'?t|invested|account|card|money|savings)\b|\b(?:on behalf of|asking for|"
    r"for) (?:my |a )(?:mom|mum|mother|dad|father|parents?|grand\w+|husband|wife|friend|son|daughter|"
    r"brother|sister|family|relative|neighbou?r)\b|\b(?:scammed|defrauded|tricked|cheated|"
    r"swindled) my (?!money|account|card)\w+"
)
_SELF = re.compile(
    rf"(?:我|本人|俺|自己)(?!{_KIN}|们?家|的{_KIN}|有个|妈|爸|爷|奶|姐|妹|弟|哥|"
    rf"老)[^,。;!?\n]{{0,14}}(?:被|遭|受骗|上当|给骗子|转了|付了|汇了|打了|交了|充了|投了|支付了?|买了|"
    rf"损失|输了|亏了)|骗了我(?!{_KIN}|妈|爸|家)|我[^,。]{{0,4}}(?:微信|支付宝|银行卡|卡里|信用卡)|"
    r"\bi (?:\w+ )?(?:was|got|lost|sent|paid|transferred|wired|gave|bought|invested|fell|been)\b|"
    r"\bi'?ve (?:\w+ )?(?:been|lost|sent|paid|given|got)\b|\bmy (?:money|card|account|savings|wallet|"
    r"bank account|credit card|debit card)\b|\b(?:scammed|cheated|tricked|robbed|defrauded|conned) me\b|"
    r"\bstole my\b"
)
_CALLER = re.compile(
    r"来电(?:人|者)|打(?:进)?来(?:电话)?的(?:人|受害人|当事人)|求助者|\bthe caller\b|\bcaller (?:says|is|"
    r"was|has|lost|sent|paid)\b|\ba caller\b"
)

# --- reported --------------------------------------------------------------------------------------------------

_NOT_REPORTED = re.compile(
    r"(?:还|都|一直|也|暂时|目前)?(?:没有?|未|不敢|没敢|不想|没去|没来得及)(?:去)?(?:报(?:过)?(?:警|案)|"
    r"打(?:过)?110|去(?:过)?派出所)|(?:要不要|该不该|需不需要|用不用|有没有必要|能不能|可不可以|"
    r"是否(?:要|可以|能|需要)?)(?:去)?报(?:警|案)|\b(?:have(?: not|n'?t)|has(?: not|n'?t)|did(?: not|"
    r"n'?t)|not|never) (?:yet )?(?:reported|report|called|call|told|tell|gone to|contacted|contact|"
    r"been to)(?:[^.;!?]{0,12}(?:police|110|it\b|anyone)|(?<=reported) (?:yet|anything))|"
    r"\bnot (?:yet )?reported\b|\bshould i (?:report|call (?:the )?police)"
)
_RECEIPT = re.compile(
    r"(?:有|拿(?:到|了)?|给(?:了)?(?:我)?|收到|开了?|领了?|出了?)[^,。;]{0,6}(?:回执|受案|立案(?:告知|"
    r"通知|决定)|报案(?:证明|回执|材料)|接报|案件编号|受理(?:单|通知)|报警回执|笔录)|(?:已经?|警察|警方|"
    r"公安(?:局|机关)?|派出所|刑警队?)(?:已经?|也)?(?:给)?(?:正式)?(?:立案|受案|受理)(?!吗|不|需|要)|"
    r"立(?:了)?案了(?!吗)|(?<!没)(?<!不)(?<!未)(?<!能)(?<!否)立案(?:了|成功|侦查|多久|后|之后|"
    r"已经)(?!吗)|做(?:完|了|好)?(?:了)?笔录|(?:回执|受案回执)(?:拿到|有|在手|已)|"
    r"\b(?:case|report|reference|crime|police report) (?:number|no\.?|ref\w*)\b|\bpolice (?:receipt|"
    r"acceptance|case receipt)|\b(?:filing|case|acceptance) receipt|\bpolice (?:opened|accepted|filed|"
    r"registered|have opened|took) (?:a |the |my )?(?:case|statement|report)|\bgave (?:a|my) statement\b|"
    r"\bofficial(?:ly)? (?:case|filed)|\bpolice\b[^.;!?]{0,40}\breceipt\b"
)
_REPORTED = re.compile(
    r"报(?:了|过|完|好)(?:警|案)|"
    r"(?<!没)(?<!不)(?<!去)(?<!要)(?<!想)(?<!未)(?<!不敢)(?<!何)(?<!么)(?<!能)(?<!以)(?<!来)(?<!上)(?<!该)(?<!合)(?<!接到)(?<!需)报(?:警|"
    r"案)(?:了(?!吗|么|会|就|能|也没用吗)|(?:说|警察|公安|派出所|一个|两个|三个|\d|好几|几|多|也|都|"
    r"后(?!能|可以|会)|之后|不(?:给)?(?:立案|受理|管)|没(?:有|人)?(?:用|立案|消息|结果|下文|回|管)|已经|"
    r"至今|到现在|(?:他们|警方)))|打(?:了|过|通了)(?:110|报警)|(?:已经?|已|都|刚|昨天|今天|马上|"
    r"立即)(?:去)?(?:打了?)?(?:110)?(?:报(?:了)?(?:警|案))|(?:去|到|找)(?:了|过)(?:当地|附近|"
    r"辖区)?(?:派出所|公安局|警察局|警察|刑警队|反诈中心)|报案(?:材料)?(?:交|提交)了|警察(?:说|让我|来了|"
    r"不管|没|已经|也)|(?:派出所|警方|公安)(?:说|不(?:给)?(?:立案|受理|管)|让(?:我)?(?:等|回))|"
    r"\b(?:reported|have reported|'ve reported|already reported) (?:it |this |that |the \w+ |"
    r"everything )?(?:already )?(?:to|with|at) (?:the )?(?:\w+ )?(?:police|cops|110|authorities|station)|"
    r"\b(?:called|rang|phoned|contacted|told|informed|notified|went to|been to|visited|spoke (?:to|with)|"
    r"filed (?:a |it )?(?:report )?(?:with|at)) (?:the )?(?:local )?(?:police|cops|110|police station|"
    r"station)|\b(?:filed|made|submitted|lodged|did) (?:a |an |the )?(?:police |formal |"
    r"crime )*(?:report|complaint)\b|\bpolice (?:said|told|don'?t|won'?t|are|were|have|know|already|"
    r"refused)|\breported to (?:the )?police|\bi (?:already )?reported it\b"
)

# --- recovery --------------------------------------------------------------------------------------------------

_RECOVERY_PAID = re.compile(
    r"(?:给|付|转|交|打|汇)了[^,。!?]{0,12}(?:黑客|网警|追款|追损|维权|清退|退款专员)|(?:黑客|网警|律师|"
    r"追款|追回|追讨|追损|维权|清退|回款|解冻|技术(?:人员|员|团队|大神)?|大神|老师傅?|挽回|退款专员|"
    r"理赔)[^。!?]{0,40}(?:(?:又|已经|先|刚|就)?(?:给(?:了)?(?:他|她|他们|对方)?|转|付|交|打|汇|支付|"
    r"充)(?:款|钱|账)?(?:给(?:他|她|他们|对方))?了|又(?:被)?骗)|"
    r"\b(?:hacker|recovery (?:agent|expert|company|service|specialist|team|firm)|lawyer|attorney|"
    r"recover(?:y)?|agent|tracing (?:company|agent))\b[^.!?]{0,60}\b(?:i|we)(?:'ve| have)? (?:already |"
    r"just |then |also )?(?:paid|sent|transferred|gave|given)\b|\b(?:paid|sent|gave|"
    r"transferred)\b[^.!?]{0,40}\b(?:hacker|recovery (?:agent|expert|company|service|specialist|team|"
    r"firm)|to (?:recover|get (?:my|the) money back))"
)
#: Paid to somebody of whom nothing is told but what he promised.
_PAID_FOR_A_PROMISE = re.compile(
    r"[给向][^。!?]{0,6}(?:说|讲|承诺|保证|答应|声称)[^,。!?]{0,8}(?:追|找|挽|拿|要)回[^,。!?]{0,12}(?:付|交|转|打|汇|给)[了过]|"
    r"\b(?:paid|sent|gave|transferred)\b[^.!?]{0,40}\bwho (?:had )?(?:promis|claim|said|says)\w*[^.!?]{0,30}"
    r"\b(?:recover|retrieve|get (?:it|them|my|the) )"
)
_RECOVERY_NONE = re.compile(
    r"没(?:有)?(?:人|谁)(?:联系|找|说|来)(?:过)?我?[^,。]{0,8}(?:追回|要回|帮|挽回)|没有?人说能(?:帮|追)|"
    r"\b(?:no one|nobody) (?:has )?(?:offered|contacted|approached)"
)
_NOT_YET = re.compile(
    r"没(?:有)?(?:给|付|转|交)|不敢(?:给|付|转)|要不要|该不该|haven'?t (?:paid|sent)|should i|not paid"
)


def find_situation(folded: str, offer: bool, paid: bool, near: bool) -> str | None:
    """The first situation that fits, or None.

    ``offer``: the text is or reports a recovery offer. ``paid``: an amount was read. ``near``: it tells of a
    slip of one's own (wrong account), not of a fraud.
    """
    if offer:
        return "recovery_offer"
    if near:
        return None
    if _PRESSURED.search(folded):
        return "being_pressured_now"
    taken = bool(_UNAUTHORISED.search(folded))
    if taken and (_TAKEN_PLAIN.search(folded) or not _LED_TO.search(folded)):
        return "unauthorised"
    lost, unpaid = bool(_LOST.search(folded)), bool(_NOT_PAID.search(folded))
    if (
        unpaid
        and re.search(
            r"(?:还|我|都|暂时)没(?:有)?(?:给|转|付|交|打|汇)|haven'?t (?:paid|sent|transferred)|"
            r"not (?:yet )?(?:paid|sent)|差点|almost",
            folded,
        )
        and not re.search("被骗了|骗走|骗了我|已经(?:转|付|交)", folded)
    ):
        return "not_paid_yet"
    if lost:
        return "lost_money"
    if unpaid and not (paid and _SAID_PAID.search(folded)):
        return "not_paid_yet"
    if paid and _SAID_PAID.search(folded) and re.search("骗|诈|scam|fraud", folded):
        return "lost_money"
    return None


def find_for_whom(folded: str) -> str | None:
    """ "family" or "caller" when the loss is told of another, "self" when it is the writer's, else None."""
    if _CALLER.search(folded):
        return "caller"
    if _FAMILY.search(folded):
        return "family"
    return "self" if _SELF.search(folded) else None


def find_reported(folded: str) -> str | None:
    """ "no", "called_110" or "receipt", as stated; None when the text only asks about reporting or says nothing."""
    if _NOT_REPORTED.search(folded):
        return "no"
    if _RECEIPT.search(folded):
        return "receipt"
    if _REPORTED.search(folded):
        return "called_110"
    return None


def find_recovery(folded: str, offer: bool) -> str | None:
    """ "paid", "offered" or "none", as stated."""
    if _RECOVERY_NONE.search(folded):
        return "none"
    if _PAID_FOR_A_PROMISE.search(folded):
        return "paid"
    if offer:
        return "paid" if _RECOVERY_PAID.search(folded) and not _NOT_YET.search(folded) else "offered"
    return None
