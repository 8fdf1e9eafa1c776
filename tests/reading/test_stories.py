"""Whole first messages: how the money moved and how much, read together."""

from collections.abc import Callable

import pytest

from knowledge.reading import Reading

CARD, APP, POINTS, SHOP = "bank_card", "third_party_payment", "point_card", "online_shopping"
CASH, COIN, LOAN = "cash", "crypto", "loan"

STORIES = [
    ("我在快手上看直播买玉石，付了三千六，收到的是玻璃", {SHOP}, 3600),
    ("有人冒充我表弟，我就用微信给他打了一万二", {APP}, 12000),
    ("前天晚上接了个电话说我快递丢了要赔我钱，结果从我农商行卡里划走了四万九千八", {CARD}, 49800),
    ("炒股群里的老师带我买数字币，前后投了25万U", {COIN}, None),
    ("公司会计被骗，对公户转出去86万", {CARD}, 860000),
    ("我女儿11岁，用我手机给游戏充了6480", {POINTS}, 6480),
    ("找兼职，让我刷单先垫付，一共垫了1w3", set(), 13000),
    ("我把钱给了中介，五千押金不退", set(), 5000),
    ("对方让我扫他的码，一扫就扣了1999", {APP}, 1999),
    ("说我京东白条要关闭，不关影响征信，让我把钱转到指定账户，共转了7笔11万多", {CARD}, 110000),
    ("在相亲软件认识个女的，让我在她给的平台上投钱，我分五次充了三十二万", set(), 320000),
    ("我用花呗付的款", {APP}, None),
    ("被人骗走两根金条，大概十八万", {CASH}, 180000),
    ("客户说多转了钱给我让我退，我支付宝退了他4500才发现截图是假的", {APP}, 4500),
    ("He convinced me to buy $1,200 of Target gift cards", {POINTS}, 1200),
    ("Sent £850 by bank transfer for a flat that doesn't exist", {CARD}, 850),
    ("They drained my Alipay and my ICBC card", {CARD, APP}, None),
    ("I met a trader on WhatsApp and put about 60k into his platform", set(), 60000),
    ("paid a fake landlord 4000 yuan in cash", {CASH}, 4000),
    ("scammer made me take a 20,000 loan on Jiebei and send it via Alipay", {APP, LOAN}, 20000),
    ("My grandmother gave an envelope with 30,000 in cash to a man at the door", {CASH}, 30000),
    ("I ordered shoes from a website I saw on Instagram, 89 euros, nothing came", {SHOP}, 89),
    ("被告人李某虚构承包工程的事实，与被害人签订虚假合同，骗取保证金20万元", set(), 200000),
    ("被害人林某经人介绍添加被告人微信，被告人以代办驾照为由要求其微信支付4800元", {APP}, 4800),
    ("2017年5月2日，被告人在某宾馆内骗取被害人徐某现金6000元及手机一部", {CASH}, 6000),
    ("被告人谎称可低价购得茅台酒，骗取被害人赵某向其建设银行账户转账35000元", {CARD}, 35000),
    ("被害人何某通过网银向上述账户汇款三次共计人民币96000元", {CARD}, 96000),
    ("同学QQ被盗，骗我交800学费", set(), 800),
    ("我老婆在直播间抽奖，说中了金条，交了1380的保价费", set(), 1380),
    ("他要我把建行卡里的钱全转到一个叫王伟的人账户，十二万五", {CARD}, 125000),
    ("微信和支付宝都转了，一共4.6万", {APP}, 46000),
    ("借了五个网贷凑了8万给他们", {LOAN}, 80000),
    ("Q币充了500给他，他说带我上分", {POINTS}, 500),
    ("农行卡绑定的微信被刷走3288", {CARD, APP}, 3288),
    ("说是给灾区捐款，我就扫码捐了200", {APP}, 200),
    ("以为是领导，财务用网银打了98万过去", {CARD}, 980000),
    ("老人被推销的骗走现金3.2万", {CASH}, 32000),
    ("骗子发来的链接，填了卡号密码，卡里1万5被转走", {CARD}, 15000),
    ("同城快递员来我家拿走了装现金的包裹，25万", {CASH}, 250000),
    ("在转转上买的笔记本，发过来一箱饮料，2699打水漂", {SHOP}, 2699),
    ("预约疫苗被骗了九百", set(), 900),
    ("I bought Steam wallet codes worth 500 yuan for a streamer scam", {POINTS}, 500),
    ("The guy took 2,500 from my Alipay after I scanned his code", {APP}, 2500),
    ("they said my parcel had drugs and I wired 120,000 RMB to a 'safe account'", {CARD}, 120000),
    ("Got catfished, sent her about fifteen hundred dollars on Cash App", {APP}, 1500),
    ("I gave my roommate's scammer friend 400 in cash and 600 by Zelle", {APP, CASH}, None),
    ("Lost 0.5 BTC to a fake exchange", {COIN}, 0.5),
    ("my dad mailed 20k in cash", {CASH}, 20000),
    ("Fake tech support charged my card $349", {CARD}, 349),
    ("I was told to buy 5 Razer Gold cards, 100 each", {POINTS}, None),
]


@pytest.mark.parametrize(("text", "channels", "value"), STORIES)
def test_story(reading: Callable[[str], Reading], text: str, channels: set[str], value: float | None) -> None:
    read = reading(text)
    assert set(read.channels) == channels
    if value is not None:
        assert read.amount is not None and read.amount.value == value
