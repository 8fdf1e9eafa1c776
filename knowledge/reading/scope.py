"""Words that say a text is about being defrauded or about paying a swindler."""

from __future__ import annotations

import re

_FRAUD = re.compile(
    r"(?:钱|款|本金)[^。,]{0,10}(?:要|追|讨)(?:得)?(?:回|到)|要回[^。,]{0,4}钱|不发货|收不到货|(?:全|都|钱)亏|亏(?:光|完)|"
    r"\b(?:bogus|suspicious|unknown|strange|weird|unrecogni[sz]ed|fraudulent) (?:\w+ )?"
    r"(?:charge|transaction|payment|transfer|withdrawal)|\bwithdraw\w*[^.!?]{0,20}\bfrom my account|"
    r"\b(?:charge|transaction|payment)s?\b[^.!?]{0,40}(?:\bi (?:did not|didn't|never|don't|do not)\b|\bnever seen\b)|"
    r"被骗|骗子|骗局|骗术|骗钱|骗走|骗了|骗取|骗我|骗去|骗(?:财|贷|婚|光)|受骗|上当|诈骗|欺诈|骗得|行骗|诱骗|"
    r"拐骗|套路(?!深得)|杀猪盘|刷单|裸聊|传销|跑分|洗钱|网赌|"
    r"盗刷|被盗(?:刷|转|号|用|走)?|盗取|盗用|偷转|偷刷|私自转|转走|刷走|划走|卷(?:款|钱)|跑路|"
    r"拉黑(?:了)?(?:我|删)?|失联|联系不上|提不了现|提现(?:不了|失败|不出)|安全账户|公检法|冒充|仙人跳|"
    r"敲诈|勒索|威胁我|非法集资|庞氏|资金盘|假冒|假网站|钓鱼|木马|电诈|反诈|网络?诈|中奖(?:诈|要|先)|"
    r"解冻费|保证金|充值?解冻|追回|挽回(?:损失)?|维权|止付|"
    r"\bscam\w*|\bfraud\w*|\bswindl\w*|\bdefraud\w*|\bconned\b|\bcon ?(?:man|artist|men)\b|\bphish\w*|"
    r"\bripped off\b|\bstolen?\b.{0,20}\b(?:money|card|wallet|funds|savings|cash|crypto)\b|\bstole\b|"
    r"\bunauthori[sz]ed\b|\bpig[- ]?butcher\w*|\bponzi\b|\bcheated\b|\btricked\b|\bfake (?:police|"
    r"website|shop|store|investment|app|platform|job|seller)\b|\bblackmail\w*|\bextort\w*|\bsextort\w*|"
    r"\bhacked\b|\bimpersonat\w*|\bdid(?: not|n'?t) (?:authori[sz]e|make (?:this|that|it|the))|"
    r"\bromance scam|\bblocked me\b|\bspoof\w*|"
    r"诈欺|骗された|骗し|振り込め|사기|보이스피싱|estaf\w+|fraude|timo\b|arnaqu\w+|escroqu\w+|betrog\w+|"
    r"betrug|truff\w+|golpe\b|мошен\w+|обман\w+|развели|lừa đảo|penipu\w*|ditipu|หลอกลวง|โกง|dolandır\w+|"
    r"احتيال|نصب علي"
)
_NEAR = re.compile(
    r"转错|打错(?:款|账|钱|账户)|汇错|误转|wrong (?:account|person|number|recipient|card)|typed the wrong"
)


def fraud_words(folded: str) -> bool:
    """Whether normalised text has words of fraud, theft of money, or getting it back."""
    return bool(_FRAUD.search(folded))


def near_neighbour(folded: str) -> bool:
    """Whether normalised text tells of a mistake of one's own (a transfer to the wrong account), not of a fraud."""
    return bool(_NEAR.search(folded)) and not _FRAUD.search(folded)
