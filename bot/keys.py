"""Every Redis key this package owns: one function each, with type, fields, lifetime and owner.

`{bNN}` is one of 64 fixed buckets: a message, its Turn and its outbox entry change in one script on
one Cluster slot, while conversations still spread over all slots. BUCKETS must never change.
"""

import zlib

BUCKETS = 64
SCHEMA = 1


def bucket(conversation: str) -> int:
    """Give the bucket number (0-63) of a conversation."""
    return zlib.crc32(conversation.encode()) % BUCKETS


def _in_bucket(number: int, name: str) -> str:
    return f"attune:{{b{number:02d}}}:{name}"


def _of(conversation: str, name: str) -> str:
    return _in_bucket(bucket(conversation), f"c:{conversation}:{name}")


def schema() -> str:
    """STRING, the schema version of the data; for ever; bot.store."""
    return "attune:schema"


def secret() -> str:
    """STRING, random key that signs widget tokens; for ever; bot.store."""
    return "attune:secret"


def meta(conversation: str) -> str:
    """HASH: channel, external, created_ms, last_ms, name, email, customer_id, locale, episode,
    ticket (only while a person holds it), token, reasons, rated, language, due:<kind>:<id> (JSON
    with due_ms), card:<line> (JSON {word, text?}; bot.own_card), first_reply_ms (of the open
    ticket); bot.conversations.
    """
    return _of(conversation, "meta")


def log(conversation: str) -> str:
    """STREAM of entries, field `d` = JSON; the entry id is the message id; bot.conversations."""
    return _of(conversation, "log")


def events(conversation: str) -> str:
    """HASH event id -> JSON {fp, mid, ids?, turn?}; as long as the log; bot.conversations."""
    return _of(conversation, "events")


def inbox(conversation: str) -> str:
    """LIST of event ids accepted and not yet committed, oldest first; bot.conversations."""
    return _of(conversation, "inbox")


def words(conversation: str) -> str:
    """HASH at_ms (when it was read), text (what was said); as long as the log; bot.search."""
    return _of(conversation, "words")


def looking(conversation: str) -> str:
    """ZSET person id -> ms when they last looked; 60 s; bot.looking."""
    return _of(conversation, "looking")


def lock(conversation: str) -> str:
    """STRING token of whoever takes turns now; 2.5 s; bot.conversations."""
    return _of(conversation, "lock")


def pending(number: int) -> str:
    """ZSET conversation -> ms of its oldest uncommitted message; bot.conversations."""
    return _in_bucket(number, "pending")


def outbox(number: int) -> str:
    """STREAM of effects still to be carried to endpoints, queue and live stream; bot.relay."""
    return _in_bucket(number, "outbox")


def held(number: int) -> str:
    """ZSET conversation -> ms since a person holds it; bot.conversations."""
    return _in_bucket(number, "held")


def due(number: int) -> str:
    """ZSET "kind conversation" -> ms of the earliest `due:kind:…` in its hash; bot.conversations.

    Kinds: sending (a reply that can still be undone), promise, snooze,
    mention (a colleague named in a note).
    """
    return _in_bucket(number, "due")


def every(number: int) -> str:
    """ZSET conversation -> ms of its last entry; bot.conversations."""
    return _in_bucket(number, "all")


def alarms() -> str:
    """ZSET held conversation -> ms when its clocks are looked at next; bot.alarms."""
    return "attune:{clock}:alarms"


def breached() -> str:
    """ZSET held conversation -> ms since a clock of it is breached; bot.alarms."""
    return "attune:{clock}:breached"


def rewrite() -> str:
    """STRING, ms when something was erased that Redis's file still holds; a minute; bot.erasing."""
    return "attune:{clock}:rewrite"


def waits(priority: str) -> str:
    """ZSET "mark waited told" of the last 50 tickets that were answered, in ms -> when; bot.waits.

    The mark is a hash of the ticket's id, so that no conversation is named.
    """
    return f"attune:{{wait}}:{priority}"


def live() -> str:
    """STREAM, capped: conversation `c` got entry `i`, or the queue changed; bot.live."""
    return "attune:{live}"


def typing() -> str:
    """PUB/SUB channel of who is typing where; nothing is stored; bot.live."""
    return "attune:typing"


def pack_live() -> str:
    """STRING, number of the published pack version; bot.packs."""
    return "attune:{pack}:live"


def pack_sequence() -> str:
    """STRING, the last version number given out; for ever; bot.packs."""
    return "attune:{pack}:sequence"


def pack_version(number: int) -> str:
    """HASH: texts, head, report, override, author, why, at_ms; immutable; bot.packs."""
    return f"attune:{{pack}}:v:{number}"


def pack_versions() -> str:
    """ZSET version number -> ms published; bot.packs."""
    return "attune:{pack}:versions"


def pack_head(key: str) -> str:
    """HASH: head (base64 safetensors), report; by what it was fitted on; immutable; bot.heads."""
    return f"attune:{{pack}}:head:{key}"


def pack_vectors() -> str:
    """STRING, base64 safetensors: phrase vectors already computed; a cache; bot.heads."""
    return "attune:{pack}:vectors"


def pack_draft() -> str:
    """HASH: texts, revision, base, author, at_ms; until published or dropped; bot.packs."""
    return "attune:{pack}:draft"


def pack_plan() -> str:
    """HASH of the planned publication: id, texts, base, at_ms, made_ms, author, person, why,
    accepted, anyway, stage, lease, leased_ms, tries, version, problem; until the next; bot.plan.
    """
    return "attune:{pack}:plan"


def pack_rehearsal() -> str:
    """HASH of the last rehearsal: id, state, texts, digest, live, by, days, times, done, total,
    report (ids and codes), why; a day after its last sign of life; bot.rehearsal_run.
    """
    return "attune:{pack}:rehearsal"


def comparisons() -> str:
    """HASH reply -> JSON {id, sides, texts, started_ms, by, ended_ms?}: the last comparison of two
    wordings of each reply; until the next one of it; bot.comparisons.
    """
    return "attune:{pack}:comparisons"


def people() -> str:
    """HASH person id -> JSON {email, name, role, password, version, created_ms, skills?,
    capacity?}; bot.people.
    """
    return "attune:{auth}:people"


def person_by_email() -> str:
    """HASH e-mail, lower case -> person id; bot.people."""
    return "attune:{auth}:emails"


def session(digest: str) -> str:
    """HASH: person, version, csrf, created_ms, read:<conversation>, draft:<version>:<piece>; its
    TTL is the idle time.
    """
    return f"attune:{{auth}}:session:{digest}"


def sessions_of(person: str) -> str:
    """SET of session digests, so that all can be ended; bot.people."""
    return f"attune:{{auth}}:sessions:{person}"


def sign_in_link(digest: str) -> str:
    """STRING, JSON {person, version}; single use, 24 h; bot.people."""
    return f"attune:{{auth}}:link:{digest}"


def sign_in_tries(what: str) -> str:
    """STRING count of failed sign-ins by account or address; 15 min; bot.people."""
    return f"attune:{{auth}}:tries:{what}"


def audit_trail() -> str:
    """STREAM of who did what: at, person, what, about; bot.people."""
    return "attune:{auth}:audit"


def channels() -> str:
    """HASH channel name -> JSON {secrets: [current, previous?], created_ms, kind?, given?: as
    secrets, of the other side}; bot.channels.
    """
    return "attune:{auth}:channels"


def endpoints() -> str:
    """HASH endpoint name -> JSON {address, events, words, secrets, created_ms}; until removed;
    bot.outgoing.endpoints. All keys of outgoing events lie in `{out}`.
    """
    return "attune:{out}:endpoints"


def endpoint_cursors() -> str:
    """HASH source (`queue`, or an outbox as `b00`) -> its last entry made into events; kept;
    bot.outgoing.feed.
    """
    return "attune:{out}:cursors"


def endpoint_sequence() -> str:
    """STRING counter whose INCR is the next lease of a delivery; for ever; bot.outgoing.lanes."""
    return "attune:{out}:sequence"


def endpoint_line(name: str) -> str:
    """ZSET of "conversation|place|event JSON", all scores 0: what waits; bot.outgoing.lanes."""
    return f"attune:{{out}}:of:{name}:line"


def endpoint_due(name: str) -> str:
    """ZSET conversation -> ms when its oldest event is tried next; bot.outgoing.lanes."""
    return f"attune:{{out}}:of:{name}:due"


def endpoint_flying(name: str) -> str:
    """ZSET conversation -> ms when the lease of its try ends; bot.outgoing.lanes."""
    return f"attune:{{out}}:of:{name}:flying"


def endpoint_heads(name: str) -> str:
    """HASH conversation -> "lease tries place" of its event under way; bot.outgoing.lanes."""
    return f"attune:{{out}}:of:{name}:heads"


def endpoint_state(name: str) -> str:
    """HASH: halt, why, number, fails, since_ms, rest_ms, sent_ms, sent, failed, dead, lost; until
    the endpoint is removed; bot.outgoing.lanes.
    """
    return f"attune:{{out}}:of:{name}:state"


def endpoint_log(name: str) -> str:
    """STREAM of tries, field `d` = JSON: about the last 1,000 of 14 days; bot.outgoing.lanes."""
    return f"attune:{{out}}:of:{name}:log"


def lookups() -> str:
    """HASH lookup name -> JSON {name, address, secret, created_ms, private, demo}; until removed;
    bot.lookups.registry.
    """
    return "attune:{auth}:lookups"


def lookup_answer(name: str, digest: str) -> str:
    """STRING JSON of what a lookup said to a question; 30 s; bot.lookups.registry."""
    return f"attune:{{lookup}}:{name}:{digest}"
