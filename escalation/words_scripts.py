"""Ways to ask for a person in the large languages that are not written in plain Latin letters.

These scripts put no gaps between words, or bend their ends, so phrases are found anywhere. They
are folded as the customer's text is: without accents, Korean in single letters.
"""

from __future__ import annotations

import re

from escalation.text import fold

ANYTHING = "[^.!?\u3002\uff01\uff1f\u061f\u0964\u06d4\n]{0,24}"
FEW = "[^.!?\u3002\uff01\uff1f\n]{0,6}"


def _either(*phrases: str) -> str:
    return "(?:" + "|".join(re.escape(fold(one).text) for one in phrases) + ")"


def _then(first: str, *rest: str, gap: str = ANYTHING) -> str:
    return gap.join((first, *rest))


_NOT_WANTED = "".join(f"(?<!{one})" for one in ("\u4e0d", "\u522b", "\u5225", "\u662f"))
_NOT_NEEDED = "".join(
    f"(?<!{one})" for one in ("不要", "不用", "别", "別", "是", "无需", "無需", "不需要")
)
CHINESE = re.compile(
    "|".join(
        (
            _NOT_NEEDED + _either("人工客服", "人工服务", "人工服務", "人工坐席", "真人客服"),
            _NOT_NEEDED + _either("转人工", "轉人工", "转接人工", "轉接人工", "接人工", "找人工"),
            _NOT_WANTED
            + _then(
                _either(
                    "要", "找", "想", "联系", "聯繫", "聯絡", "叫", "跟", "和", "让", "讓", "接"
                ),
                _either("真人", "客服人员", "客服人員", "经理", "經理", "主管", "负责人", "活人"),
                gap=FEW,
            ),
            _either("有人吗", "有人嗎", "有人在吗", "有人在嗎", "有没有人", "有沒有人在"),
            _either("给我打电话", "給我打電話", "给我回电", "給我回電"),
        )
    )
)
_JA_PEOPLE = _either(
    "人間",
    "オペレーター",
    "オペレータ",
    "担当者",
    "担当の方",
    "スタッフ",
    "係の人",
    "責任者",
    "店員",
)
JAPANESE = re.compile(
    "|".join(
        (
            _then(
                _JA_PEOPLE,
                _either(
                    "話し", "話せ", "話さ", "代わっ", "かわっ", "つない", "繋い", "つなげ", "お願い"
                ),
                gap=FEW,
            ),
            "(?<![\u4e00-\u9fff])" + _either("人と話", "人につない", "人に繋", "人に代わ"),
            _either("有人対応", "有人チャット", "有人サポート", "誰かいますか"),
        )
    )
)
KOREAN = re.compile(
    "|".join(
        (
            _then(
                _either("상담원", "상담사", "담당자", "직원", "매니저"),
                _either("연결", "바꿔", "통화", "대화", "얘기", "이야기", "불러"),
            ),
            _then(
                _either("사람이랑", "사람과", "사람하고", "사람한테"),
                _either("통화", "대화", "얘기", "이야기", "상담", "말하"),
            ),
        )
    )
)
INDIC = re.compile(
    "|".join(
        (
            _then(
                _either(
                    "इंसान", "इन्सान", "आदमी", "व्यक्ति", "किसी से", "एजेंट", "मैनेजर",
                    "कस्टमर केयर", "ग्राहक सेवा", "प्रतिनिधि",
                ),
                _either(
                    "बात कर", "बात हो", "जोड़", "कनेक्ट", "ट्रांसफर",
                    "बात कराओ", "बात करा",
                ),
            ),
            _then(
                _either("মানুষ", "প্রতিনিধি", "কারো সাথে", "কারও সাথে", "এজেন্ট"),
                _either("কথা বল", "সংযোগ"),
            ),
            _then(
                _either("மனிதர", "நபர", "அதிகாரி", "ஊழியர"),
                _either("பேச", "இணை"),
            ),
        )
    )
)  # fmt: skip
ARABIC = re.compile(
    "|".join(
        (
            _then(
                _either("تحدث", "تكلم",
                        "اكلم", "أكلم", "احكي", "تواصل", "حولني", "حوّلني", "حولوني"),
                _either("شخص", "موظف", "إنسان", "انسان", "أحد", "مسؤول", "مدير", "ممثل", "بشر",
                        "خدمة العملاء"),
            ),
            _either("أريد موظف", "اريد موظف", "شخص حقيقي", "موظف بشري"),
            _then(
                _either("انسان سے", "نمائندے سے", "کسی سے", "منیجر سے", "ایجنٹ سے"),
                _either("بات کر", "بات ہو", "رابطہ"),
            ),
            _then(
                _either("انسان", "اپراتور", "پشتیبان", "کارشناس", "یک نفر"),
                _either("صحبت کن", "حرف بزن", "وصل کن"),
            ),
        )
    )
)  # fmt: skip
_RU_PEOPLE = _either(
    "человек", "оператор", "менеджер", "специалист", "сотрудник", "живым", "консультант",
    "людин", "кем-то", "кем-нибудь", "руководител", "начальник",
)  # fmt: skip
CYRILLIC = re.compile(
    "|".join(
        (
            _then(
                _either(
                    "поговорить", "пообщаться", "связаться с", "соедините", "переключите",
                    "переведите на", "позовите", "свяжите", "поговорити", "з'єднайте", "зв'яжіть",
                    "покличте", "переключіть",
                ),
                _RU_PEOPLE,
            ),
            _then(_either("нужен", "нужна", "дайте", "хочу", "потрібен"),
                  _either("живой человек", "живого человека", "оператор", "жива людина")),
        )
    )
)  # fmt: skip
OTHERS = re.compile(
    "|".join(
        (
            _then(
                _either("คุย", "ติดต่อ", "โอนสาย", "พูด", "ขอสาย"),
                _either("เจ้าหน้าที่", "กับคน", "พนักงาน", "แอดมิน", "คนจริง"),
            ),
            _then(
                _either("לדבר עם", "תעבירו", "תחברו", "אפשר נציג", "רוצה נציג"),
                _either("נציג", "אדם", "מישהו", "אנושי", "מנהל", "שירות"),
            ),
            _either("אפשר נציג", "רוצה נציג", "נציג אנושי"),
            _then(
                _either("μιλήσω", "συνδέστε", "μιλησω"),
                _either("άνθρωπο", "εκπρόσωπο", "υπάλληλο", "κάποιον", "υπεύθυνο"),
            ),
        )
    )
)
PHRASES = (CHINESE, JAPANESE, KOREAN, INDIC, ARABIC, CYRILLIC, OTHERS)
