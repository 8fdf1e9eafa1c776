"""How the money moved, told in a language the guide does not speak: by the stems of the words for it.

The rules for Chinese and English weigh a name by its surroundings; these do not, so each stem is one that hardly
means anything else. Names of platforms are found as in any text.
"""

from __future__ import annotations

import re

from knowledge.reading.normalise import simplify

#: Channel -> stems in Japanese, Korean, Spanish, Portuguese, Italian, French, German, Dutch, Polish, Turkish, Russian,
#: Arabic, Thai, Vietnamese, Indonesian, Hindi.
_STEMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (channel, re.compile(simplify(pattern)))
    for channel, pattern in (
        (
            "bank_card",
            r"振[りっ]?込|銀行|口座|クレジットカード|デビットカード|계좌|은행|카드로|신용카드|체크카드|무통장|이체|"
            r"transferencia|cuenta (?:bancaria|segura)|tarjeta de (?:cr[eé]dito|d[eé]bito)|mi (?:tarjeta|banco)\b|"
            r"transfer[eê]ncia|conta banc[aá]ria|cart[aã]o de (?:cr[eé]dito|d[eé]bito)|\bted\b|"
            r"bonifico|conto (?:corrente|bancario)|carta di credito|(?:la mia|sulla) carta\b|"
            r"virement|compte bancaire|carte (?:bancaire|bleue|de cr[eé]dit)|ma carte\b|"
            r"überw(?:ies|eis)|bankkonto|(?:meinem|seinem|dem) konto|kreditkarte|girokarte|ec-karte|"
            r"overgemaakt|bankrekening|via de bank|creditcard|bankoverschrijving|"
            r"przelew|przelał|kont[oa] bankow|kart[yąęa] kredytow|"
            r"havale|eft\b|banka hesab|kredi kart|"
            r"на карту|с карты|с моей карты|моей карт|банковск|перев[её]л[аи]? (?:на счет|на счёт)|на (?:их|его|мой )?сч[её]т|кредитн\w+ карт|"
            r"البنك|بنكي|حوالة|بطاقت|حساب(?:ي|ه)? البنك|ธนาคาร|บัตรเครดิต|โอนเงินเข้าบัญชี|ngân hàng|chuyển khoản|thẻ tín dụng|"
            r"lewat bank|rekening|transfer bank|kartu kredit|बैंक|क्रेडिट कार्ड",
        ),
        (
            "third_party_payment",
            r"paypay|ペイペイ|line ?pay|ラインペイ|楽天ペイ|メルペイ|ウィーチャットペイ|アリペイ|電子マネー|"
            r"카카오페이|네이버페이|위챗페이|위챗 ?페이|알리페이|토스로|삼성페이|"
            r"\bpaypal\b|\bbizum\b|\bpix\b|\bwise\b|\brevolut\b|mercado ?pago|\blydia\b|\btikkie\b|\bblik\b|\bpapara\b|"
            r"юmoney|юмани|киви|qiwi|через (?:wechat|вичат|alipay|алипэй|сбп)|вичат|алипэй|"
            r"ويتشات|علي ?باي|พร้อมเพย์|วีแชทเพย์|\bmomo\b|\bgopay\b|\bovo\b|\bupi\b|paytm|"
            r"\b(?:wechat|alipay|venmo|zelle|cash ?app|apple pay|google pay)\b",
        ),
        (
            "point_card",
            r"ギフトカード|ギフト券|プリペイドカード|アマギフ|ウェブマネー|itunesカード|기프트 ?카드|상품권|문화상품권|구글 ?플레이 카드|"
            r"tarjetas? (?:de )?regalo|cart[õo](?:es|ão|es) (?:de )?presente|gift ?card|vale[- ]presente|cart[ae] regalo|buon[oi] regalo|"
            r"cartes? cadeaux?|geschenkkarten?|gutschein(?:karte|code)|guthabenkarte|cadeau(?:bon|kaart)\w*|kart[yę] podarunkow|"
            r"hediye kart|подарочн\w+ (?:карт|сертификат)|بطاقات? (?:هدايا|هدية|ايتونز)|บัตรของขวัญ|บัตรเติมเงิน|thẻ (?:quà tặng|cào)|"
            r"kartu hadiah|voucher|गिफ्ट कार्ड",
        ),
        (
            "online_shopping",
            r"通販|ネットショップ|フリマ|メルカリ|出品者|注文した|온라인 ?쇼핑|쇼핑몰|중고나라|당근마켓|판매자|"
            r"tienda (?:online|en l[ií]nea)|vendedor|compr[eé] (?:en (?:internet|l[ií]nea)|online)|loja (?:online|virtual)|comprei (?:na internet|online)|"
            r"negozio online|venditore|acquistato online|boutique en ligne|vendeu(?:r|se)|achet[eé] (?:en ligne|sur internet)|"
            r"onlineshop|online-?shop|verk[äa]ufer|im internet gekauft|webwinkel|webshop|verkoper|sklep(?:ie)? internetow|sprzedawc|"
            r"internet(?:ten)? (?:aldım|alışveriş)|satıcı|интернет-магазин|продав[её]ц|маркетплейс|"
            r"متجر (?:إلكتروني|الكتروني)|البائع|ซื้อของออนไลน์|ผู้ขาย|mua hàng (?:online|trên mạng)|người bán|belanja online|penjual",
        ),
        (
            "cash",
            r"現金|手渡し|현금|efectivo|dinheiro vivo|em esp[eé]cie|contant[ie]|en esp[eè]ces|\bliquide\b|\bbargeld\b|\bin bar\b|"
            r"\bcontant(?:en)?\b|got[óo]wk|\bnakit\b|наличн|نقد(?:ا|ي|اً)|เงินสด|tiền mặt|uang tunai|नकद",
        ),
        (
            "crypto",
            r"ビットコイン|暗号資産|仮想通貨|イーサリアム|비트코인|암호화폐|가상화폐|코인을|이더리움|"
            r"bitcoin|btc\b|usdt|criptomoed|criptomoned|criptovalut|crypto|krypto|kripto|биткоин|биткойн|крипт|"
            r"بيتكوين|عملات? (?:رقمية|مشفرة)|บิตคอยน์|บิทคอยน์|คริปโต|tiền (?:ảo|điện tử)",
        ),
        (
            "loan",
            r"ローンを|消費者金融|闇金|借金して|대출|pr[eé]stamo|empr[eé]stimo|prestito|emprunt|un cr[eé]dit (?:à|en)|"
            r"\b(?:kredit|darlehen) (?:auf|aufgenommen)|(?:auf|einen|meinen namen einen) kredit\b|\blening\b|po[żz]yczk|\bkredi (?:çek|kullan)|"
            r"(?:взял\w*|оформил\w*) (?:\w+ )?кредит|кредит на мо[её]|قرض|เงินกู้|khoản vay|vay tiền|pinjaman|pinjol|लोन",
        ),
    )
)
_DENIED = re.compile(
    r"(?:\bno\b|\bnot\b|\bsin\b|\bsem\b|\bsenza\b|\bsans\b|\bnicht\b|\bkein\w*|\bniet\b|\bgeen\b|\bnie\b|\bне\b|\bбез\b|ではなく)"
    r"\s(?:\w+\s){0,1}$"
)


def find_foreign_channels(folded: str) -> tuple[str, ...]:
    """Channels named by their own words in normalised text of any other language, in order of appearance."""
    found = [
        (match.start(), channel)
        for channel, pattern in _STEMS
        for match in pattern.finditer(folded)
        if not _DENIED.search(folded[max(0, match.start() - 16) : match.start()])
    ]
    return tuple(dict.fromkeys(channel for _, channel in sorted(found)))


#: What happened, in the order in which it is decided.
_SITUATIONS = tuple(
    (situation, re.compile(simplify(pattern)))
    for situation, pattern in (
        (
            "being_pressured_now",
            r"今.{0,6}電話|電話.{0,8}今|脅さ|지금.{0,8}전화|협박|(?:me|nos) (?:llama|amenaza\w*|est[aá]n? llamando)|me (?:ligando|ameaç\w+)|"
            r"mi (?:chiama|minaccia\w*)|me (?:menace\w*|harc[eè]le)|ruft mich|bedroht|erpress\w+|bedreig\w+|gro[żz]\w+ mi|tehdit|"
            r"угрожа\w+|шантаж\w+|звон[ия]т (?:сейчас|прямо)|сейчас звон|يهدد|ข่มขู่|đe dọa|mengancam|धमकी",
        ),
        (
            "unauthorised",
            r"身に覚えのない|不正利用|勝手に|모르는 결제|무단|해킹당|sin mi (?:permiso|autorizaci[oó]n|consentimiento)|no (?:reconozco|autoric[eé])|"
            r"alguien us[oó]|sem (?:a )?minha (?:permiss|autoriza)\w+|n[aã]o (?:reconhe[cç]o|autorizei)|senza (?:il mio|la mia)|non (?:riconosco|ho autorizzato)|"
            r"sans (?:mon|ma) (?:accord|autorisation)|que je n'ai pas (?:fait|autoris)\w*|das war nicht ich|nicht (?:autorisiert|von mir)|"
            r"ohne mein(?:e)? (?:wissen|zustimmung)|zonder mijn|niet door mij|bez mojej (?:wiedzy|zgody)|bilgim dışında|iznim olmadan|"
            r"без моего (?:ведома|согласия|разрешения)|не я\b|دون (?:علمي|إذني)|โดยที่ฉันไม่รู้|mà tôi không biết|tanpa (?:izin|sepengetahuan)",
        ),
        (
            "lost_money",
            r"詐欺|騙(?:し|さ)|だまさ|사기|보이스피싱|속았|estaf\w+|engañ\w+|timaron|fraude|golp(?:e|ista)\b|engana\w+|truff\w+|ingannat\w+|frod[ei]|"
            r"arnaqu\w+|escroqu\w+|betrog\w+|betrug\w*|betrüg\w+|reingefallen|abgezockt|opgelicht\w*|oplicht\w+|bedrog\w*|oszu\w+|naciąg\w+|"
            r"dolandır\w+|kandırıl\w+|мошен\w+|обман\w+|развели|кинули|احتيال|احتال|نصب|หลอก|โกง|lừa|penipu\w*|(?:di|ter)tipu|धोखा|ठग",
        ),
    )
)


def find_foreign_situation(folded: str) -> str | None:
    """What normalised text of any other language plainly says has happened, or None."""
    return next((name for name, pattern in _SITUATIONS if pattern.search(folded)), None)
