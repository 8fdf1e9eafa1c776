"""Short answers that steer the conversation: a number on a list, or a command that is the whole message."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.reading.normalise import normalise

_HAN_NUMBERS = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_ORDINALS = {
    word: i
    for i, words in enumerate(
        (
            "first one",
            "second two",
            "third three",
            "fourth four",
            "fifth five",
            "sixth six",
            "seventh seven",
            "eighth eight",
            "ninth nine",
            "tenth ten",
        ),
        start=1,
    )
    for word in words.split()
} | {f"{i}{end}": i for i, end in enumerate(("st", "nd", "rd", *["th"] * 7), start=1)}

_ZH_OPTION = re.compile(
    r"(?:我?选|选择|是|就|答案是?)?\s?第?\s?([一二两三四五六七八九十]|\d{1,2})\s?(?:个|项|条|种|号|"
    r"个选项|个吧)?(?:吧|的|呢|啊)?"
)
_EN_OPTION = re.compile(
    r"(?:i (?:pick|choose|take|want) |it'?s |option |number |no\.? ?|choice |answer )?(?:the )?(\d{1,2}|"
    r"[a-z]+|\d{1,2}(?:st|nd|rd|th))(?: (?:one|option|choice|answer))?(?: please)?"
)
_EDGES = " \t\r\n.。,,!！?？~、;;:：()（）[]【】\"'“”"

#: command -> the whole messages that mean it, in normalised form without punctuation.
_COMMANDS: Mapping[str, str] = {
    "skip": "跳过|跳過|略过|下一个|下一题|下一个问题|不想说|不想回答|先跳过|跳过吧|跳过这个|跳过这题|pass|"
    "skip|skip it|skip this|skip that|skip this one|skip this question|"
    "next|next question|next please|rather not say|i'd rather not say|prefer not to say|"
    "i prefer not to say|no comment|skip please|please skip",
    "back": "返回|后退|上一步|上一个|上一题|回上一步|返回上一步|回去|回到上一步|上一个问题|退回|back|go back|"
    "back please|previous|previous question|step back|one step back|go back one|undo|please go back",
    "start_over": "重新开始|从头开始|从头再来|重来|重新来|重新来过|重头开始|全部重来|重置|清空重来|start over|"
    "restart|start again|reset|begin again|start from the beginning|from the beginning|"
    "start from scratch|let's start over|new conversation",
    "why": "为什么|为什么问这个|为什么要问|为什么要问这个|为何|问这个干嘛|问这个干什么|问这个做什么|为啥|"
    "为啥问这个|干嘛问这个|为什么问|why|why do you ask|why ask|why do you need that|"
    "why do you need this|why do you need to know|why are you asking|why are you asking this|"
    "why do you want to know|what for|why is that needed|why this question",
    "repeat": "再说一遍|重复|重复一遍|再说一次|没听懂|没看懂|什么意思|请重复|再来一遍|刚才说什么|你说什么|"
    "repeat|say again|say that again|repeat that|repeat please|please repeat|come again|again please|"
    "pardon|what did you say|could you repeat that|can you repeat that|once more",
    "stop": "停|停止|停下|结束|退出|不聊了|结束对话|别问了|不问了|到此为止|不想继续|不想继续了|stop|quit|"
    "exit|end|stop it|stop please|please stop|end chat|end conversation|end the conversation|"
    "that's enough|stop asking|i want to stop|enough|cancel",
    "human": "人工|转人工|人工客服|找人工|真人|找真人|人工服务|我要人工|要人工|接人工|转人工客服|转接人工|"
    "我要找人工|和真人说话|跟人聊|human|a human|agent|real person|a real person|talk to a human|"
    "speak to a human|talk to a person|speak to a person|talk to someone|speak to someone|"
    "i want a human|human please|operator|live agent|representative|talk to a real person|"
    "speak to a real person|can i talk to a human|can i speak to someone",
    "help": "帮助|怎么用|你能做什么|能做什么|你会什么|使用说明|有什么功能|怎么使用|help|help me|"
    "what can you do|how does this work|how do i use this|what do you do|how to use|instructions|"
    "menu|菜单",
    "show_plan": "看计划|我的计划|查看计划|显示计划|计划|步骤|看步骤|查看步骤|我的步骤|下一步怎么办|接下来怎么办|"
    "显示步骤|看看计划|plan|show plan|show my plan|my plan|show me the plan|the plan|show steps|"
    "steps|my steps|show the steps|show the plan|show me my plan|see my plan|what are the steps",
    "affirm": "是|是的|对|对的|嗯|嗯嗯|好|好的|好吧|可以|行|没错|确认|确定|同意|对啊|是啊|有|有的|ok|okay|k|"
    "好滴|恩|yes|y|yeah|yep|yup|sure|correct|right|that's right|that is right|of course|exactly|"
    "yes please|confirm|please do|fine|go ahead|ok sure|alright",
    "deny": "不|不是|不是的|否|没有|没|不对|不用|不要|不行|不了|没有的|不需要|不可以|不好|算了|不用了|都没有|"
    "没了|没有了|都不是|都没|无|没有人|没人|就这些|就这样|no one|nobody|nothing|nothing else|that is all|that's all|"
    "no|n|nope|nah|not really|no thanks|no thank you|not at all|negative|never|none|wrong|"
    "that's wrong|incorrect|don't|i don't|i didn't|i haven't|not that",
    "switch_zh": "说中文|中文|用中文|切换中文|切换到中文|换中文|请说中文|讲中文|汉语|用汉语|普通话|中文版|"
    "请用中文|chinese|chinese please|in chinese|speak chinese|switch to chinese|please speak chinese|"
    "in chinese please|mandarin|zhongwen|can you speak chinese|简体中文|change to chinese|华语|"
    "会说中文吗|可以说中文吗",
    "switch_en": "说英文|英文|英语|用英文|用英语|切换英文|切换到英文|换英文|请说英文|说英语|讲英文|请用英文|"
    "英文版|换成英文|english|english please|in english|speak english|switch to english|"
    "please speak english|in english please|can you speak english|do you speak english|"
    "change to english|english version|i don't speak chinese|i do not speak chinese|"
    "i can't read chinese|i don't understand chinese|会说英文吗|可以说英文吗|可以说英语吗",
}
_WHOLE: Mapping[str, str] = {
    normalise(words): name for name, alternatives in _COMMANDS.items() for words in alternatives.split("|")
}
_POLITE = re.compile(
    r"^(?:请|麻烦|能不能|可以|我想|我要|please |can we |can you |could you |i want to |i'd like to |"
    r"let's )|(?:吧|吗|谢谢| please| thanks| thank you)$"
)


def _bare(text: str) -> str:
    """Normalised text without punctuation around it, typographic apostrophes straightened."""
    return re.sub(r"\s+", " ", normalise(text).replace("’", "'").strip(_EDGES))


def option_number(text: str) -> int | None:
    """ "1", "①", "第二个", "the second one" -> the 1-based number; None when the text is anything else."""
    bare = _bare(text)
    match = _ZH_OPTION.fullmatch(bare)
    if match:
        word = match.group(1)
        number = int(word) if word.isdigit() else _HAN_NUMBERS[word]
        return number if 1 <= number <= 20 else None
    match = _EN_OPTION.fullmatch(bare)
    if match:
        word = match.group(1)
        if word == "one" and not re.search(r"option|number|choice|answer|pick|choose|take|^one$", bare):
            return None  # "the one"
        number = int(word) if word.isdigit() else _ORDINALS.get(word, 0)
        return number if 1 <= number <= 20 else None
    return None


_LAST_OPTION = re.compile(
    r"(?:我?选|选择|就|是)?\s?(?:最后|倒数第一|最下面|最底下)(?:的)?(?:那|这)?\s?(?:一|1)?\s?(?:个|项|条|种)(?:选项)?(?:吧|的)?|"
    r"(?:i (?:pick|choose|take|want) |it'?s )?the (?:very )?(?:last|bottom) (?:one|option|choice|answer)(?: please)?"
)


def is_last_option(text: str) -> bool:
    """Whether the whole text means the last of the answers on a list: 最后一个, "the last one"."""
    return _LAST_OPTION.fullmatch(_bare(text)) is not None


def command(text: str) -> str | None:
    """The command the whole message is: skip back start_over why repeat stop human help show_plan affirm deny
    switch_zh switch_en; None when it says more than that."""
    bare = _bare(text)
    if len(bare) > 40:
        return None
    for candidate in (
        bare,
        _POLITE.sub("", bare).strip(),
        _POLITE.sub("", _POLITE.sub("", bare).strip()).strip(),
    ):
        if candidate in _WHOLE:
            return _WHOLE[candidate]
    return None
