"""What the pack must never say: a small table of rules per language, each with sentences that prove it.

A rule is tried on every sentence of every text a person may read. What stands in quotation marks is left out
(texts have to quote what swindlers promise). ``unless`` in the same sentence turns a match into an allowed
one: "nobody can guarantee" is no promise. The sentences in ``bad`` and ``good`` are the table's own test.
"""

# ruff: noqa: E501 - a table of phrases: a Chinese character counts as two columns

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
        "promise",
        "zh",
        r"(平台|银行|支付宝|微信|警察|警方|公安)(一定|肯定|马上|很快|就)*(会|将)(马上|立刻|立即|先行|全额|尽快|帮您)*.{0,3}"
        r"(赔|冻结|止付|拦截|破案|抓)|(损失|钱).{0,4}(会|能|可以)(得到|获得)赔偿|很快(就)?(能|会)破案|回得来|拿得回"
        r"|(就能|就会|就可以).{0,3}(追回|回来|退给|退回|要回|拿回|止住)|(警方|警察|公安|法院|检察院|银行|平台)(将|会)(为|帮|替|判)[您他她].{0,4}(挽回|还|退|赔|追)",
        "不|没|无|未|别|骗子(会)?说|是骗|谁|声称|承诺|自称|宣传|如果|若|是否|能否|吗|可能|也许|有时|有的|有些|一些|部分|为了|才",
        "promises what others will do; say what can be asked of them and what is not certain",
        (
            "警察一定会抓到骗子。",
            "平台会先行赔付。",
            "银行会马上冻结。",
            "只要报警就能追回。",
            "立案后钱就会退给您。",
            "您的损失会得到赔偿。",
            "钱肯定回得来。",
            "很快就能破案。",
        ),
        (
            "有的平台会先行赔付。",
            "平台会记录您的投诉。",
            "银行可能会限制这个账户。",
            "警察会问您转账的时间。",
        ),
    ),
    Rule(
        "promise",
        "en",
        r"\b(police|bank|platform|they|alipay)\b.{0,12}(\bwill|\b(is|are) going to|['’]ll)\b.{0,20}"
        r"\b(catch|find the|arrest|freeze|compensate|reimburse|solve)\b"
        r"|\byou(['’]ll| will| are going to)\b.{0,10}\bbe (refunded|reimbursed|compensated|repaid)"
        r"|\b(sure|certain|bound) to (get|recover|be)\b"
        r"|\b(once|if) you report\b.{0,30}\b(comes? back|is returned|you get)\b|\breturns (it|the money) to you\b|\b(court|police|bank|platform)( will|['’]ll)\b.{0,30}\b(pay|back|every cent)\b|\bcannot leave the account\b",
        r"\b(not|no|nobody|never|cannot|whoever|whether|fraud|scam|claims?|says?|may|might|sometimes|some|only)\b|n['’]t\b",
        "promises what others will do; say what can be asked of them and what is not certain",
        (
            "The police will definitely catch them.",
            "The platform will compensate you.",
            "The bank will freeze the money.",
            "You'll be refunded.",
            "You are sure to get it back.",
            "Once you report, the money comes back.",
            "If you report in time, you get it back.",
        ),
        (
            "Some platforms will compensate you in advance.",
            "The platform will record your complaint.",
            "The bank may freeze the account.",
            "The police will ask when you paid.",
        ),
    ),
    Rule(
        "reassurance",
        "zh",
        r"(别|不用|不要|不必)(太)?(担心|着急|害怕)|(会|一定|肯定)没事|没事的|放心(吧)?[，,]|钱(没丢|还在$|是安全的|很安全)"
        r"|保证.{0,6}安全|(资金|账户)是安全的|安心等|尽管放心",
        "骗|自称|声称|谎|他们说|对方说|如果|是否",
        "reassures without knowing; say what to do now",
        ("您别担心，钱没丢。", "放心，一定没事的。", "您的钱很安全。", "本平台保证您的安全。"),
        ("您的安全更要紧。", "骗子会说钱还在，要先交费。", "现在做三件事。"),
    ),
    Rule(
        "reassurance",
        "en",
        r"\b(don['’]t|do not|no need to|never|nothing to) worry\b"
        r"|\b(you|everything|it|all)( will|['’]ll) be (fine|all right|alright|ok|okay|well)\b"
        r"|\b(your|the) money is (safe|not lost|still there|secure)\b|\brest assured\b|\bnothing to fear\b|^\s*relax\b",
        r"\b(scammers?|swindlers?|whoever|anyone|says?|claims?|frauds?|if|whether)\b",
        "reassures without knowing; say what to do now",
        (
            "Don't worry, you'll be fine.",
            "Everything will be all right.",
            "Your money is safe.",
            "Rest assured.",
        ),
        (
            "Your safety comes first.",
            "A swindler says that your money is safe.",
            "Do these three things now.",
        ),
    ),
    Rule(
        "odds",
        "zh",
        r"(希望|机会|可能性?|概率|几率|把握|成功率)(还是|都|也|就)?(很|非常|比较|相当|挺)(大|高|小|低)|多半.{0,6}[能会].{0,4}[追退要拿止]|十有八九|八九不离十"
        r"|(大部分|大多数|一大半|大半|过半|多数).{0,12}(追回|找回|退|要回|拿回|止住)|[二三四五六七八九十]分之[一二三四五六七八九]|[一二三四五六七八九]成(以上|左右)|几乎(所有|每个)人|接近百分"
        r"|(概率|几率|机会|把握).{0,4}[一二三四五六七八九几两\d]成",
        "骗子|自称|声称|他们说",
        "gives odds; nobody knows them",
        (
            "追回希望很大。",
            "成功率很高。",
            "多半能追回来。",
            "三分之二的人拿回了钱。",
            "大部分人都追回了。",
            "概率只有一成。",
        ),
        ("早一点，机会大一点。", "越早报警越好。", "骗子会说成功率很高。"),
    ),
    Rule(
        "odds",
        "en",
        r"\bchances? (is|are)\b.{0,8}\b(high|good|great|excellent|low|slim|small)\b"
        r"|\b(good|high|great|excellent|strong|fair|slim) (chances?|odds|prospects?|success rate)\b"
        r"|\b(most|half|thirds|quarters?|majority)\b( of)?.{0,30}\b(recover|get|back|returned|refunded|paid)\b"
        r"|\b(nine|eight|seven) times out of ten\b|\bsuccess rate is\b|\b(likely|unlikely) to (get|recover)\b|\b(very|highly) (un)?likely that\b|\bodds are\b|\balmost (everyone|everybody|all)\b.{0,20}\b(paid|back|recover|get)"
        r"|\b(probably|usually|mostly) (get|recover|returned|refunded)\b",
        r"\b(claims?|says?|whoever|anyone|scammers?|swindlers?)\b",
        "gives odds; nobody knows them",
        (
            "Chances are high that it works.",
            "There is a good chance of recovery.",
            "Most people recover their money.",
            "Two thirds of people are paid back.",
            "Nine times out of ten it works.",
            "The success rate is high.",
        ),
        ("The sooner you report, the better.", "Whoever says the success rate is high is a fraud."),
    ),
    Rule(
        "blame",
        "zh",
        r"(太|真|有点)不(小心|谨慎|注意|应该)|(您|你)不该(相信|信|点|转|给|贪|加)|本来?(是)?可以避免|谁[让叫]您|当初怎么"
        r"|长(点|个)?记性|天上不会掉馅饼|下次(一定)?(注意|小心|别)|对自己的行为负责|吃一堑|怎么不(核实|问|想)|就当.{0,4}教训|^怪您|是因为(贪|大意|轻信|不小心)|要是早点|作为成年人|应该有判断力|这么简单的骗局|也信[。！]?$|您也信",
        "不是您|不怪|并非|不要责怪",
        "blames or lectures the person; leave it out",
        (
            "您太不小心了。",
            "您不该相信陌生人。",
            "您本来可以避免的。",
            "谁让您贪心呢。",
            "您当初怎么不核实一下。",
            "以后长点记性。",
            "下次注意点就好了。",
        ),
        ("不要相信陌生人。", "这不是您的错。", "接下来请这样做。"),
    ),
    Rule(
        "blame",
        "en",
        r"\byou (fell for|were (careless|naive|greedy))\b|\byou (should(n['’]t| not)|ought not to) have\b"
        r"|\bwhy (did|didn['’]t) you (believe|trust|send|pay|click|check|ask)\b|\byourself to blame\b"
        r"|\bnext time\b.{0,12}\b(careful|think|check)\b|\btoo good to be true\b|\b(be|learn\w*) (a|your) lesson\b"
        r"|\beasily (have )?(been )?avoided\b|\byou should be more careful\b|\bought to know better\b|\bit was obvious\b",
        r"(?!)",
        "blames or lectures the person; leave it out",
        (
            "You fell for it.",
            "You shouldn't have trusted a stranger.",
            "Why did you believe him?",
            "You only have yourself to blame.",
            "Next time be more careful.",
            "Let this be a lesson.",
        ),
        ("Do not trust a stranger.", "This is not your fault.", "Next, call the police."),
    ),
    Rule(
        "false deadline",
        "zh",
        r"(必须|务必|只能).{0,3}(\d+|半|[一二两三])个?(小时|分钟|天|日)(之|以)?内"
        r"|(\d+|半|[一二两三])个?(小时|分钟|天)(之|以)?内.{0,10}否则"
        r"|(小时|分钟|天)(以|之)?后.{0,4}(就)?(不管|不受理|不处理|没办法|无能为力|没人管)|错过.{0,8}(没办法|没救)|(超过|过了)?(\d+|半|[一二两三])个?(小时|分钟|天)(以|之)?后?.{0,8}(冻结不了|止付不了|不会处理|不予处理|追不了)|(报案|报警)就?(作废|失效)|不(报案|报警)就作废",
        "复议|复核|申诉|起诉|也|不是|并非|没有哪|仍|还是|同样",
        "sets a deadline that no rule sets; reporting is right at any time",
        (
            "半小时内必须报警，否则没用。",
            "必须在3小时内报案。",
            "24小时后警察就不管了。",
            "错过黄金时间就没办法了。",
        ),
        ("收到通知后7天内可以申请复议。", "现在就报警。", "24小时后也可以报警。"),
    ),
    Rule(
        "false deadline",
        "en",
        r"\byou must\b.{0,25}\bwithin (\d+|an|one|two|half)\b|\bwithin \d+ (hours?|minutes?|days?) or\b"
        r"|\bafter (a|one|\d+) (day|hour|minutes?|hours|days)\b.{0,20}\bnothing\b|\bwindow (has|is) (closed|gone|over)\b"
        r"|\bmiss(ed)? the (first|golden)\b|\blose your right\b|\bafter \d+ (hours?|minutes?|days?)\b.{0,20}\bwill not\b|\b(case|report|claim) is void\b|\bdeadline for reporting\b",
        r"\b(review|reconsider\w*|appeal|never|even|still)\b",
        "sets a deadline that no rule sets; reporting is right at any time",
        (
            "You must report within 30 minutes.",
            "Report within 24 hours or lose your right.",
            "After a day there is nothing the police can do.",
            "Your window has closed.",
            "Miss the first hour and the money is gone.",
        ),
        ("You must ask for a review within 7 days.", "You can still report after a day.", "Call now."),
    ),
    Rule(
        "minimum amount",
        "zh",
        r"[\d一二两三四五六七八九十百千万几]+(元|块)?(钱)?(以下|以内|以上|起)(才|的)?.{0,8}(立案|受理|不管|不用|没必要)"
        r"|小额.{0,8}(不管|不受理|不用|没必要|不值)|几[十百千]块?(钱)?.{0,4}(不用|不必|没必要|不值)"
        r"|(钱|金额)少.{0,4}(别|不用|没必要)|达不到.{0,10}(标准|金额).{0,8}(别|不用|没必要|不受理)|(报案|报警|立案)(必须|要|得)满|(损失|金额)不(到|足|满|够).{0,12}(不收|不受理|不立案|白报|不管)",
        "也|都|仍|不论|无论|不管多|不因|再",
        "sets a minimum amount for reporting; every amount can be reported",
        (
            "三千元以下不立案。",
            "一万元起才受理。",
            "小额诈骗警察不管。",
            "几百块不用报警。",
            "钱少就别报了。",
        ),
        ("几百块也可以报警。", "立不立案由警察依法决定。", "任何金额都可以报。"),
    ),
    Rule(
        "minimum amount",
        "en",
        r"\bonly (take|accept) (cases|reports)\b|\b(small|minor) (loss|losses|sums?|amounts?)\b.{0,25}"
        r"\b(not worth|ignored|no use|need not)\b|\bloss(es)? (below|under|less than)\b|\bnot worth reporting\b"
        r"|\btoo little to report\b|\bneed a loss of\b|\brefuses? (amounts|cases|losses)\b|\bmust (have )?los[te] (at least|more than)\b",
        r"\b(even|however|any amount|no minimum|never)\b",
        "sets a minimum amount for reporting; every amount can be reported",
        (
            "The police only take cases above 3,000 yuan.",
            "Small losses are not worth reporting.",
            "Losses below 2000 are ignored.",
        ),
        ("Even a small loss is worth reporting.", "Any amount can be reported."),
    ),
    Rule(
        "hopeless",
        "zh",
        r"没有?(任何)?希望了?$|没希望|(肯定|绝对|永远|再也|注定)(追|要|拿|找)不回|没救了|别想(追|要)回|认栽|死了?这条心|(报警|报案|投诉)(也|了)?(没用|白搭|没意义)|报了也白报|别折腾|钱已经没了",
        "不一定|不是|并非|骗",
        "takes away all hope; nobody knows that either",
        ("没有希望了。", "钱肯定追不回来了。", "您就认栽吧。"),
        ("不一定能追回。", "谁也不能保证。"),
    ),
    Rule(
        "hopeless",
        "en",
        r"\bno hope\b|\bhopeless\b|\bgone (forever|for good)\b|\bnever (see|get) (it|your money|the money) (back|again)\b"
        r"|\bnothing (more )?(can|to) be done\b|\bimpossible to (recover|get)\b|\b(reporting|calling|complaining) is (pointless|useless)\b|\bno point in (reporting|calling|complaining)\b|\bforget (about )?(the|your) money\b",
        r"\b(not|nobody)\b|n['’]t\b",
        "takes away all hope; nobody knows that either",
        ("There is no hope.", "The money is gone forever.", "You will never see it again."),
        ("It is not certain that the money comes back.", "It is not hopeless."),
    ),
    Rule(
        "power",
        "zh",
        r"(我们|我|本平台|这里|本站|稳住)(可以|能够?|会|马上|立刻)+.{0,6}(冻结|止付|追回|追讨|拦截|找回|挽回|[帮替]您报[案警])|(我们|本平台|这里|本站|小?稳住?)(会|可以|能)?[帮替]您.{0,8}(联系|报警|报案|追回|追|冻结)",
        "不|没|无|骗|自称|声称|说",
        "claims a power this guide does not have; only the police and the institutions can do it",
        ("我们可以帮您冻结对方账户。", "我们能止付。", "这里可以帮您报案。"),
        ("它不能冻结钱。", "警察可以要求银行止付。", "骗子会说我们能追回。"),
    ),
    Rule(
        "power",
        "en",
        r"\b(we|i|steady|this (guide|site|page|service))( can| will| could|['’]ll)\b.{0,20}"
        r"\b(freeze|stop|block|recover|trace|get (it|your)|report (it )?for you)\b|\b(we|i|steady)( can| will|['’]ll)\b.{0,12}\b(contact|call|tell) (the )?(police|bank)\b",
        r"\b(not|cannot|never|says?|claims?|whoever|anyone)\b|n['’]t\b",
        "claims a power this guide does not have; only the police and the institutions can do it",
        ("We can freeze the account.", "We will stop the payment for you.", "I can freeze it for you."),
        ("This guide cannot freeze money.", "The police can order a stop-payment."),
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
