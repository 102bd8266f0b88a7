"""English word lists."""

from __future__ import annotations

from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

PREPOSITIONS = word_set(
    """
    about above across after against along among around as at before behind below between by during for from in inside
    into like of off on onto out outside over per since than through throughout to toward towards under until upon via
    with within without
    """
)

PRONOUNS = word_set(
    """
    all another any anyone anything both each either everyone everything he her here his how i it its many most my
    neither nobody none nothing one other others our several she some somebody someone something such that their there
    these they this those we what whatever when where which who whoever whole whose why you your
    """
)

AUXILIARIES = word_set(
    """
    am are be been being can cannot could did do does had has have is may might must shall should was were will would
    isn't aren't don't doesn't can't won't
    """
)

FUNCTION_WORDS = (
    PREPOSITIONS
    | PRONOUNS
    | AUXILIARIES
    | word_set(
        """
        a iff again almost already also although always an and because but else ever even every few first hence however if
        instead just let lets less maybe more much never no nor not now often once only or own perhaps please quite rather same
        so sometimes soon henceforth hereafter hereinafter still than the then therefore though thus too usually very whether while yet vs
        actually additionally basically currently especially furthermore generally initially mainly moreover
        mostly namely normally originally otherwise particularly similarly specifically typically
        """
    )
)

_IRREGULAR_VERBS = word_set(
    """
    began begun bound broken brought built chosen done drawn driven found given gone got held kept known laid led left
    made meant put ran read sent set shown split spread stood taken thrown told understood went written
    """
)

VERB_BASES = word_set(
    """
    talk explore examine accept access add adhere aggregate aim allow analyse analyze answer apply arrange assign attach authenticate
    authorize automate avoid balance be become begin belong bind block boot bootstrap bridge bring build bundle cache call
    carry catch change check choose claim clean clone close collect combine commit communicate compare compile comprise
    compute configure connect consist consume contain control convert coordinate copy correspond cover create debug declare
    decouple define delete deliver denote depend deploy derive describe destroy detect determine develop differ disable
    discover display distribute divide do download drive drop edit eliminate embed emit enable encapsulate encrypt enforce
    ensure enter establish evaluate evict exclude execute exist expand expose extend extract fetch filter find fix follow
    force form forward generate get give group grow guarantee handle have help hide hold host identify ignore implement
    import improve include increase index inform inherit initialize inject insert inspect install integrate interact
    intercept invoke isolate join keep kill know label launch lead learn let limit link list listen load locate lock log
    look lose maintain make manage manipulate map match mean measure merge migrate modify monitor mount move name need
    notify observe obtain offer open operate orchestrate organize originate override own pack package parse pass perform
    persist pick place play point populate prepare present prevent process produce promote propagate protect provide
    provision proxy prune publish pull push put query queue rank reach read rebuild receive reconcile record recover
    reduce refer reflect refresh regulate reject relate release rely remain remove rename render replace replicate report
    represent request require reserve reset resolve respond restart restore restrict result retain retrieve return reuse
    roll route run save scale schedule search secure see select send separate serialize serve set setup share ship show
    sign simplify simulate sit solve sort specify split spread stand start stay stop store stream submit supply support
    switch synchronize tag take tell terminate test track transfer transform translate transmit treat trigger try tune
    turn uncordon unify uninstall unpack update upgrade upload use validate vary verify view visit wait want warn watch
    work wrap write
    adapt adjust advise allocate append appear assess assume augment bypass calculate choose compress concatenate construct
    customize deal decode decrease decrypt derive diagnose discuss dispatch empower encode encourage engage enhance enrich
    facilitate formulate gather illustrate infer interpret introduce iterate maximize mention minimize mitigate mimic
    multiply normalize omit optimize penalize predict prefer prioritize prohibit propose prove quantify randomize recommend
    redirect refactor refine remind reorder repeat rephrase rewrite sanitize simulate standardize subtract suggest summarize
    surround understand utilize visualize
    """
)

# Forms that are verbs of the list but far more often nouns in notes.
_MORE_OFTEN_NOUNS = word_set(
    """
    access accesses answer answers block blocks bridge bridges bundle bundles cache caches call calls change changes check
    checks claim claims clone clones commit commits control controls copy copies cover filter filters form forms group
    groups host hosts index label labels launch limit limits link links list lists load loads lock locks log logs look map
    maps match measure measures merge mount mounts name names need object objects pack package packages pass place places
    play point points present process processes proxy query queries queue queues rank record records release releases
    report reports request requests reserve result results return roll route routes scale schedule schedules search
    set sets setup share shares show sign sort split start stop store stores stream streams supply support switch switches
    tag tags test tests track transfer trigger triggers update updates upgrade view views wait watch work works volume
    building being string thing nothing something anything everything setting settings meaning warning pricing timing
    networking computing engineering programming accounting operating existing processing scheduling balancing logging monitoring caching
    clustering routing scaling testing training learning ring king spring morning evening feed seed speed need embed
    red bed hundred based related distributed shared advanced limited fixed nested
    """
)

_INFLECTED = pattern(r"(?P<stem>[a-z]{2,}?)(?P<ending>ies|es|s|ied|ed|d|ing)$")


def _is_form(word: str) -> bool:
    """Whether WORD is an inflected form of a listed verb; `loss` is none of `lose`."""
    if word.endswith("ss"):
        return False
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if stem in VERB_BASES or stem + "e" in VERB_BASES:
                return True
            # A doubled consonant: running, mapped.
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in VERB_BASES:
                return True
    return (word.endswith("ies") and word[:-3] + "y" in VERB_BASES) or (
        word.endswith("ied") and word[:-3] + "y" in VERB_BASES
    )


def is_verb(word: str) -> bool:
    """Whether WORD (lower case) is most likely a verb or participle."""
    if word in _MORE_OFTEN_NOUNS:
        return False
    return word in VERB_BASES or word in AUXILIARIES or word in _IRREGULAR_VERBS or _is_form(word)


_NO_COMMAND = word_set(
    """
    access answer balance block bridge bundle cache call claim clone commit control cover filter form group host index
    label link load lock log map match merge mount name object package point process proxy query queue record release
    report request result return route scale schedule search service share store stream switch tag test track
    transfer trigger update view volume watch work
    """
)


def is_bare_verb(word: str) -> bool:
    """Whether WORD alone is a base or third-person form that is seldom a noun."""
    if word in _MORE_OFTEN_NOUNS or word in _NO_COMMAND or word.endswith("ing"):
        return False
    return word in VERB_BASES or (word.endswith("s") and _is_form(word) and word.removesuffix("s") not in _NO_COMMAND)


def begins_topic(word: str) -> bool:
    """Whether a title of several words that begins with WORD says what to do: `create`, `viewing`."""
    if word.endswith("s") and is_bare_verb(word):
        return True
    if word in VERB_BASES:
        return word not in _NO_COMMAND or word == "block"
    return (
        word.endswith("ing") and _is_form(word) and word not in {"building", "being", "scaling", "rolling", "running"}
    )


SECTION_WORDS = word_set(
    """
    about addendum admin advantages advice alternatives analysis answer answers appendix architecture article articles
    attention author authors background basic basics benefits bibliography book books bug bugs case cases caveats
    challenges chapter characteristics cheatsheet checklist code command commands comment comments common comparison conclusion conclusions config
    configuration cons contents course courses data debug debugging description details definition definitions demo
    difference differences disadvantages doc docs documentation download downloads draft edit error errors etc ex example
    examples exercise exercises explanation extra faq feature features fields files fix fixes format further general
    getting started cleanup workaround workarounds glossary guide guides hints history how howto howtos idea ideas images important info information install
    installation intro introduction issue issues journal keys known limitations link links list lists literature
    log main manual meetings misc miscellaneous more motivation name names naming new news note notes nota old options
    other others outline output overview parameters paper papers plan plans preface prerequisites problem problems projects
    pros purpose question questions quickstart quote quotes reading readme reasons recap recipes reference references
    related remark remarks requirements resource resources result results review rules sample samples section see
    settings setup shorts snippets solution solutions source sources steps structure stuff summary syntax table
    tables task tasks term terms test tests text theory tip tips title todo todos tools topic topics troubleshooting
    tutorial tutorials types upside upsides downside downsides update updates usage use usecases using value values variant variants var vars version versions
    lecture lectures lesson lessons pitfall pitfalls video videos warning warnings what why work workflow
    """
)

NEVER_WORDS = word_set(
    """
    advantage advantages advice answer answers background bibliography con cons contents disadvantage disadvantages drawback
    drawbacks e.g. eg errors etc example examples exercise exercises explanation faq features further hint hints howto howtos idea ideas important info installation intro
    introduction issues link links literature misc miscellaneous more note notes other others plan plans prerequisite prerequisites
    problem problems pro pros purpose question questions quote quotes recap recipes reference references related remark remarks takeaway takeaways
    see solution solutions stuff summary terms tip tips todo todos troubleshooting tutorial tutorials usage use warning
    warnings what why how who
    """
)

GENERIC_WORDS = word_set(
    """
    abstraction abstractions behavior capability compatibility dependencies dependency distribution documentation execution
    hierarchy implementation implementations information representation requirement requirements specification specifications
    action actions addition amount application applications area array attribute attributes backup backups body box button
    callback change changes check class client collection color column columns component components content context
    copy count create current database date day default defaults deprecated destination device devices dict directory
    display document element elements end engine entry environment event events external feature field file
    filter first flag flags folder form full function functions get goal group header headers height help host
    image index input integer interface internal item items key kind label language last layer left length level library
    line lines local login logs machine main memory menu message messages method methods mode model module modules
    monitoring name names network networks node number object objects operation operations option order owner package packages
    page pages parameter part parts password path paths pattern person place plugin plugins point port ports position post
    print priority process processes product production program programs project projects property put query range
    record region release remove report request required response responses right role root row rows rule
    schema scope screen script scripts search security server servers service services session set shell size software
    space spec standard start state states status stop storage store string system systems tag tags target team template
    thing things time timeout token tool top total type types unit url user users utils value variable variables view
    way web window word words works year
    """
)

INFORMAL_WORDS = word_set(
    """
    adm admin app apps arg args auth backend bin bool cfg char cmd conf config configs const cpp csv ctrl dev devel dir dirs
    doc docs elif env eof etc exe ext func gui hostname id init int io kb lang lib libs localhost login lon mb mem misc msg
    num obj os param params pid pkg pre prod ptr readme ref regex repo repos req rgb sec src stderr stdin stdout str struct
    subdir sudo sys tmp txt uint url usr util utils uuid val vars ver wiki www
    """
)

QUALIFIERS = word_set(
    """
    alpha beta default deprecated disambiguation e.g. eg etc example experimental i.e. ie legacy new obsolete often old
    only open-source opensource optional plural preferred private public recommended required singular stable unstable usually
    """
)

ABSTRACT_WORDS = word_set(
    """
    advantage aim answer approach benefit cause choice concern consequence difference drawback effect example exception fact
    focus goal idea intent intention issue key kind limitation lot main motivation need number part point problem purpose
    question reason requirement result role rule set solution step sum thing way
    """
)

LOOSE_WORDS = word_set(
    """
    additional available better biggest cool desired different efficient example existing extra favorite favourite few following
    good helpful important interesting latest likely major minor my necessary new newest nice obvious
    other own popular possible preferred previous proper recent recommended relevant rock-solid several similar some
    suitable upcoming useful various wrong your decreased enhanced excellent fewer improved increased reduced
    """
)
"""Adjectives that only qualify: what begins with one of them is described, not named."""

TOPIC_HEADS = word_set(
    """
    advice alternative application approach artifact aspect benefit best case challenge choice comment comparison concept
    convention criteria criterion drawback essential event evolution example experiment experience fact feature feedback foundation fundamental goal
    guideline history idea import importance improvement info installation inference issue kind knowledge language
    library limit limitation link list material meeting mistake nuance objective opinion paper pitfall plan practice preparation
    principle problem project pros proposal provider question reason recommendation registration research resource review role scope service
    shortcut site solution source standard step strategy style task technique thing thought tip tool topic trend trick
    area evaluation enhancement mechanics roadmap simulation summary terminology workflow
    tutorial type usage variant variety vendor video way ways website webinar
    """
)
"""Nouns that head the titles of sections and seldom terms: `API types`, `Concurrency approaches`, `Evolution of …`."""

KEYWORDS = word_set(
    """
    abstract array async await boolean break case catch char class closure coroutine const constexpr continue deprecated
    double enum exception export extern final float foreach function generator generic global goto immutable implicit import
    inline int integer interface iterator lambda lazy literal local lock long macro mutable mutex namespace null object
    operator override pointer private protected public raise recursion register return semaphore short signed static string
    struct super switch synchronized thread throw trait tuple type union unsigned virtual void volatile yield
    """
)
"""Words of programming languages: terms in notes on one, however common they are."""
