"""Languages of other scripts, and of South-East Asia, as people type them in plain Latin letters.

The model of languages hardly knows these spellings ("mera order kahan hai"), but small words give
them away. No list holds a word that an English of the world uses, nor greetings and thanks, which
people borrow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

FEWEST = 2  # different words of a language
SHARE = 3  # at least one in so many words

# By the languages that write so, the commonest first: the others look the same.
# fmt: off
WORDS: dict[tuple[str, ...], str] = {
    ("hi", "ur"): """
        hai hain hoon hua hui raha rahi rahe nahi nahin mera meri mujhe mujhko muje mujhse humko
        hamara hamari humein aap aapka aapki aapke aapko tumhara kya kyu kyun kyon kab kahan kaha
        kidhar kaise kaisa kitna kitne kitni kaun kuch koi yeh woh abhi tak phir lekin magar aur
        bhi bahut bohot bohat boht chahiye chahie chaiye karo karna karni karne karke karta karte
        karti kiya kijiye karein karenge karega diya dijiye dena dedo kardo gaya gayi gaye aaya
        aayi aayega ayega aaega milega milegi milenge mila hoga hogi wapas wapis paisa paise jaldi
        dobara kripya sakte sakta sakti lagega lagenge bataye batao bataiye galat kharab apna apni
        apne mein liye hafte iska iski uska uski nhi rha rhi rhe krna krdo krke apka apki apke apko
        mjhe maine humne tum tera teri tere toh agar kyunki sirf thoda hota hoti hote bhejo bhejna
        bheja lena chahta chahte chahti baat""",
    ("mr",): """
        majha majhi majhe maza mazi mala kuthe kadhi aahe ahe aala ala nahi pahije pahijet parat
        tumhi tumchi tumcha zala jhala karaycha karaychi sanga ajun""",
    ("gu",): """
        maro maru mane tame tamaru tamari che chhe kyare nathi joie joiye karvu karvanu haju
        avyo aavyo avi ketla pachha paisa""",
    ("ne",): """
        mero malai tapai tapaiko cha chha chaina chhaina kaha kahile kasari kina aayena bhayo
        bhayena chahiyo garna garnu firta paisa ajhai hunchha""",
    ("bn",): """
        amar ami apnar apnader apnara tomar keno kobe kothay kothai koto kokhon kivabe kibhabe
        ekhono ekhon asheni aseni ashbe asbe pabo paini taka ferot hobe hoyni hoyeche hoise korte
        korbo korechi korsi koren korun parchi parbo jabe diben khub ektu ekta onek kintu theke
        jonno sathe bolte bolun kotha koi kharap""",
    ("ta",): """
        naan enaku enakku enoda ennoda unga ungal neenga nenga enga enge eppo eppadi epdi enna evlo
        innum inum varala varum vandhuchu vanthuchu irukku iruku irukka illai venum vendum vendam
        panam kaasu pannunga panunga pannanum thirumba kudunga sollunga mudiyala mudiyuma ippo
        romba konjam vaaram""",
    ("te",): """
        naku naaku nenu meeru miru ekkada yekkada eppudu yeppudu enduku entha undi unnadi ledu
        raledu raaledu kaledu vastundi vastayi vachindi ravali kavali kaavali cheyandi cheyali
        chesanu dabbulu inka ivvandi cheppandi ayindi malli chala""",
    ("ar",): """
        enta enti entu fein feen fen wein wain wayn leish lesh shou shu sar mish mesh msh
        mosh mafi mafish lessa lesa lissa halla hala dyali dyal diali kayn wach wesh chno mochkil
        bghit abgha abghi abgi areed ureed oreed bidi bedi beddi biddi momken mumken talab talabi
        talaby floos flous flousi floosi flosy fulus masari wasal wesel weslet wselet wslat
        wslatni mawasalsh mawaslsh kteer keteer ktir kaman elli illi enno inno emta imta
        kifak kifik keefak ezayak khedma khalas maksoor maksoora 3ayez 3ayza 3ayz 3awez 3awza 3aiz
        bta3 bta3i bta3y beta3i taba3 taba3i ta3 ta3i 3andi 3ndi 3endi sama7t sama7ti e7na halla2
        hala2 delwa2ty 7aga mo7tag me7tag ya3ni 3shan 3ashan raje3 arga3 terga3""",
    ("fa",): """
        shoma sefaresh sefaresham sefareshamo kojast kojas koja chera chetor kei inghadr inqadr
        mikham mikhaam nemikham nayomade nayomad nist hast hastam bedid bedin bedeh pulam poolam
        lotfan kardam kardid konam konid konin nemishe mishe shode nashode daram daran baraye vase
        hanooz hanuz cheghadr dige keshid""",
    ("id",): """
        saya aku kamu anda kami tidak belum sudah boleh ingin minta tolong kenapa mengapa bagaimana
        dimana yang dengan untuk ini itu apa apakah berapa lagi juga saja pesanan barang barangnya
        sampai dikirim kirim kembali batal batalkan ganti lambat cara alamat kalau atau tapi kak
        mau bisa nggak gak enggak gimana kapan uang akun banget aja udah paket dong kok nih sih
        karena""",
    ("ms",): """
        saya aku kamu anda kami tidak belum sudah boleh ingin minta tolong kenapa mengapa bagaimana
        dimana yang dengan untuk ini itu apa apakah berapa lagi juga saja pesanan barang barangnya
        sampai dikirim kirim kembali batal batalkan ganti lambat cara alamat kalau atau tapi kak
        nak mahu tak macam akaun tukar duit wang cakap dapat sangat""",
    ("ru",): """
        moy moya moyo moego gde kogda pochemu kak chto eto vy mne menya vam uzhe eshche esche
        eshe tolko mozhno nuzhno nuzhen nado hochu khochu xochu zakaz zakaza posylka posilka dengi
        vernut vernite otmenit otmenite pridet prishel prishlo prishla oplatit oplata skolko
        chelovek chelovekom pogovorit dolgo seychas srochno bylo budet esli chtoby ochen""",
    ("uk",): """
        moye moya zamovlennya koly chomu hroshi posylka meni mene shche vzhe treba mozhna shcho
        pryide pryyde""",
    ("el",): """
        pou einai mou sou sas dhen tha thelo thelw thelei theloume ton tou pote poso
        giati pws kai apo gia exo exw exete paraggelia parangelia lefta xrimata dema akoma irthe
        erthei erxetai boro mporo mporeite piso pisw kapoion""",
    ("vi",): """
        toi cua chua duoc nhan khong giao muon minh hoi roi dau giup nguoi chuyen gio tien hoan
        voi""",
}
# fmt: on
FAMILIES = tuple(WORDS)
OF_WORD: dict[str, list[int]] = {}
for _number, _words in enumerate(WORDS.values()):
    for _word in _words.split():
        OF_WORD.setdefault(_word, []).append(_number)
ARABIC = FAMILIES.index(("ar",))
# English words that every tongue borrows: they say nothing against it.
BORROWED = frozenset(
    (
        *("order", "ordered", "delivery", "refund", "parcel", "money", "back", "get"),
        *("please", "pls", "plz", "thanks", "thank"),
    )
)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# Arabic with digits for letters that Latin has not: 3ayez, sama7t. By itself it may be a code.
_ARABIZI = re.compile(r"(?=.*[235679])(?=(?:.*[a-z]){3})[a-z235679]+")


def romanised(plain: str, spoken: Sequence[str], english: Collection[str]) -> str | None:
    """Give the language of a text in Latin letters by its small words, None where they are few.

    `english` are the words that count against it. Of languages that look the same, the one that is
    `spoken`, else the commonest.
    """
    words = _TOKEN.findall(plain.lower())
    hits = [(number, word) for word in words for number in OF_WORD.get(word, ())]
    if not hits:
        return None
    if any(number == ARABIC for number, _ in hits):
        hits += [(ARABIC, word) for word in words if _ARABIZI.fullmatch(word)]
    counts = Counter(number for number, _ in hits)
    family = max(counts, key=lambda one: (counts[one], _is_spoken(one, spoken), -one))
    different = len({word for number, word in hits if number == family})
    against = sum(word in english and word not in BORROWED for word in words)
    if different < FEWEST or counts[family] * SHARE < len(words) or counts[family] <= against:
        return None
    codes = FAMILIES[family]
    return next((code for code in codes if code in spoken), codes[0])


def _is_spoken(family: int, spoken: Sequence[str]) -> bool:
    return any(code in spoken for code in FAMILIES[family])
