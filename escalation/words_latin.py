"""Ways to ask for a person in Hindi and Urdu in Latin letters, and in other tongues so written."""

from __future__ import annotations

from escalation.text import words_of

PERSON_HI = (
    r"(?:insaa?n|insaano|aa?dmi|aa?dami|bande|banda|vyakti|shakhs|manushya|agent|manager|staff|"
    r"executive|representative|operator|numaa?in?d[ae]y?|customer (?:care|service|support)|"
    r"(?:asli|real|human) (?:\w+ )?(?:bande|insaan|insan|aadmi|person|agent)|team|malik|owner)"
)
TALK_HI = r"(?:baa?th?|bat ?cheet|gal|gall)"
DONE_HI = r"(?! (?:\w+ )?(?:ho ga|ho chuki|hui|hogayi|ki thi|kar li|kar chuk|ho gay))"
ROMANISED = words_of(
    rf"{PERSON_HI} (?:\w+ )?(?:se|sey|say|sy|nal|naal|wale se|walo se) ~2 {TALK_HI}{DONE_HI}",
    rf"kisi (?:\w+ )?(?:\w+ )?(?:se|sey|say|sy) (?:\w+ )?{TALK_HI}{DONE_HI}",
    r"(?:koi|koyi) (?:\w+ )?(?:insaa?n|aa?dmi|banda|agent|human|real person|person) (?:\w+ )?"
    r"(?:hai|hain|he|h|hoga|milega|available)",
    rf"{PERSON_HI} (?:\w+ )?(?:se|sey|say|sy|ko|pe|par) (?:\w+ )?(?:connect|jod|jodo|jor|joro|"
    r"transfer|milwa\w{0,3}|mila\w{0,3}) ?(?:kar|karo|kara|karao|karwa\w{0,3}|do|"
    r"dijiye|dein|den|kijiye|ki)?",
    rf"{PERSON_HI} (?:ko )?(?:bula|bulao|bulaiye|bulado|bulwao)",
    r"mujhe (?:\w+ )?(?:call|phone) (?:back )?kar(?:o|do|wa\w{0,3}|ein|en|iye)?",
    r"(?:mujhe|muje|mjhe|humein|hume) (?:\w+ )?(?:insaa?n|agent|human|real person) (?:chahiye|"
    r"chaiye|chahie|chahye)",
    r"(?:bot|robot|machine) se (?:\w+ )?(?:nahi|nahin|nai|mat) (?:\w+ )?(?:baa?th?|karni|karna)",
)
INDONESIAN = words_of(
    r"(?:bicara|berbicara|ngobrol|bercakap|cakap|chat|ngomong|hubungkan|sambungkan|disambungkan|"
    r"dihubungkan|terhubung|hubungi) ~4 (?:orang|manusia|cs|agen|operator|admin|staf|staff|"
    r"petugas|manajer|pengurus|pegawai|customer service|khidmat pelanggan)",
    r"ada (?:orang|manusia|admin) (?:\w+ )?(?:tak|gak|nggak|ga|kah|di sini|disini|ke)",
)
TAGALOG = words_of(
    r"(?:makausap|kausap|makakausap|kumausap|kausapin|maka ?usap|makipag ?usap|makapag ?usap) ~4 "
    r"(?:tao|taong|agent|representative|manager|staff|customer service|supervisor)",
    r"(?:may|meron) ~2 (?:tao|taong) (?:ba|dito|diyan)",
)
VIETNAMESE = words_of(
    r"(?:noi chuyen|gap|ket noi|noi may|chat|lien he|trao đoi) (?:\w+ )?(?:\w+ )?(?:nguoi that|"
    r"nhan vien|tu van vien|con nguoi|quan ly|tong đai vien)",
)
TURKISH = words_of(
    r"(?:insan\w{0,4}|temsilci\w{0,6}|yetkili\w{0,5}|musteri hizmetleri\w{0,4}|operator\w{0,4}|"
    r"gercek bir[iı]?(?: kisi| insan)?\w{0,4}|mudur\w{0,4}) (?:\w+ )?(?:\w+ )?(?:konus\w{2,10}|"
    r"gorus\w{2,10}|bagla\w{1,10}|aktar\w{1,8})",
    r"(?:baglay[iı]n|aktar[iı]n|baglar m[iı]s[iı]n\w{0,3}) ~3 (?:insan\w{0,4}|temsilci\w{0,6}|"
    r"yetkili\w{0,5})",
)
POLISH = words_of(
    r"(?:rozmawiac|porozmawiac|pogadac|po[lł]acz\w{0,5}|skontaktowac|prze[lł]acz\w{0,5}) ~4 "
    r"(?:cz[lł]owiekiem|konsultant\w{0,3}|kims|osob[aey]|pracowniki\w{1,3}|doradca|"
    r"kierowniki\w{1,3}|"
    r"obs[lł]uga)",
)
SWAHILI = words_of(
    r"(?:kuongea|ongea|niongee|zungumza|kuzungumza|unganisha|niunganishe) na ~2 (?:mtu|binadamu|"
    r"wakala|mhudumu|afisa|meneja)",
)
PHRASES = (ROMANISED, INDONESIAN, TAGALOG, VIETNAMESE, TURKISH, POLISH, SWAHILI)
