"""Real words and names that no mending may touch though the word list lacks them.

Each is one slip, or one space, away from words that rules look for: names of people, places and
firms, rare and new words, words of other tongues. A test says which is no longer needed.
"""

from __future__ import annotations

SPARED = frozenset(
    """
    amit anand anwar appleby arun asif atif belding dela dogan dowling escalante fairchild
    forman goodison hasan hashim heman homan homans huan hulman hyman hymans inman ladi
    longstaff maes mayall menon michaela michal munsch noa noor onslow peirson persson perssons
    pierson pilar portman reah redding sajid sewell shetty simeone staffan steff strome tice
    toman trask trish turnbull usman wirth

    andover bulimba charing deliveroo goole guci havant heathrow humanitas imessage mangere
    metformin ofcom onedrive rightmove waitrose woking wordpress yaar

    antiemetic blooding butches chamo chancer cheo clapback cobbing deathstroke derated faired
    feinted fricking griefing hardass humanlike immured maggoty managership metahuman metahumans
    minger miscarries oaky prosector racal raciest reposted reposting rubbishy scrammed slobbing
    snowblind statin stollen stonks strokers urate waitlist widowmaker yeet

    agentes chomo doen donde finde humanos perdon repas repos solicitar solicito stoff
    """.split()  # noqa: SIM905 - easier to read than a list
)
