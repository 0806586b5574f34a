"""Stories bring a tender to a stage, so that a check can begin where its clause begins.

Each stage takes facts (see :class:`~tenderproof.testing.tender.Facts`) or a tender that has come less far, and tells on from there.
A step that a story needs and that the platform refuses is the platform's trouble, never an assertion.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from tenderproof.evidence.chance import Chance
from tenderproof.testing import papers
from tenderproof.testing.actors import Administrator, Agency, Auditor, Bidder, Expert, Owner, Person, Supervisor, Tenderee, Verifier
from tenderproof.testing.cast import Cast, first
from tenderproof.testing.clock import SECOND, Clock
from tenderproof.testing.contents import Content
from tenderproof.testing.identities import Identities, Identity
from tenderproof.testing.records import (
    Archive,
    Award,
    AwardNotice,
    Committee,
    Contract,
    Document,
    Notice,
    Opening,
    OpeningRecord,
    Project,
    Registration,
    Report,
    Section,
    Summary,
    TenderProject,
)
from tenderproof.testing.tender import DAY, HOUR, Bid, Facts, Tender, Times
from tenderproof.testing.visits import Visitors
from tenderproof.vocabulary import Missing, PlatformTrouble

_BEFORE_THE_DEADLINE = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_REPRESENTATIVE = "representative"
_ROLES = ("tenderee", "agency", "bidder", "expert", "verifier", "administrator", "auditor", "supervisor")
_STAFF = ("expert", "verifier", "administrator", "auditor", "supervisor")


class Stories:
    """Tells tenders. One a worker; what it makes once (further bidders, projects, a tender to read) is shared by that worker's checks."""

    def __init__(self, cast_of: Cast, clock: Clock, identities: Identities, chance: Chance, epoch: datetime | None = None) -> None:
        """``epoch`` is the moment at which stories begin, where a fresh clock may begin there; without it they begin now."""
        self._cast, self._clock, self._identities, self._chance, self._epoch = cast_of, clock, identities, chance, epoch
        self._further: list[Bidder] = []
        self._known: Tender | None = None
        self._projects: dict[tuple[str, str], Project] = {}
        self._steps = (
            ("created", self._create),
            ("announced", self._announce),
            ("bidding", self._issue_documents),
            ("sealed", self._deliver_bids),
            ("opening", self._start_opening),
            ("opened", self._open),
            ("committee", self._form_committee),
            ("evaluating", self._start_evaluation),
            ("evaluated", self._evaluate),
            ("publicity", self._publish_candidates),
            ("decided", self._decide),
            ("awarded", self._award),
            ("contracted", self._contract),
            ("archived", self._archive),
        )
        self._prequalification = (
            ("created", self._create),
            ("prequalifying", self._announce_prequalification),
            ("applied", self._deliver_applications),
            ("applications_opened", self._open_applications),
            ("application_committee", self._form_application_committee),
            ("examining", self._start_examination),
        )

    # -- the stages --------------------------------------------------------------------------------------------------

    def created(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """Project, tender project and section are there and submitted; nothing is announced. The clock stands at ``times.start``."""
        return self._to("created", tender, facts)

    def announced(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The notice is published; in an invited tender, invitations are sent and accepted."""
        return self._to("announced", tender, facts)

    def bidding(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The documents are published and the bidders have obtained them; it is a minute after ``document_from``."""
        return self._to("bidding", tender, facts)

    def sealed(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """Every bidder has delivered a sealed bid; it is the day before the deadline."""
        return self._to("sealed", tender, facts)

    def opening(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The deadline has come and the opening has started; nothing is decrypted."""
        return self._to("opening", tender, facts)

    def opened(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """All bids are decrypted and announced; the record is confirmed."""
        return self._to("opened", tender, facts)

    def committee(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The committee is drawn, formed and signed in."""
        return self._to("committee", tender, facts)

    def evaluating(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The evaluation is open; no score is given."""
        return self._to("evaluating", tender, facts)

    def evaluated(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """Scores are final, the report is signed by all; the cheapest bid is first."""
        return self._to("evaluated", tender, facts)

    def publicity(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The candidates' publicity is running."""
        return self._to("publicity", tender, facts)

    def decided(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The publicity is over and the tenderee has decided for the first in rank."""
        return self._to("decided", tender, facts)

    def awarded(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The result is published; award and result notices are sent."""
        return self._to("awarded", tender, facts)

    def contracted(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """Both have signed the contract."""
        return self._to("contracted", tender, facts)

    def archived(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The section is archived."""
        return self._to("archived", tender, facts)

    def prequalifying(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """Prequalification is announced, its documents are published and obtained; ``bid_deadline`` is the applications' deadline."""
        return self._to("prequalifying", tender, {"prequalification": True, **facts} if tender is None else facts)

    def applied(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """Every bidder has delivered a sealed application; it is the day before the applications' deadline."""
        return self._to("applied", tender, {"prequalification": True, **facts} if tender is None else facts)

    def applications_opened(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The applications are opened and decrypted."""
        return self._to("applications_opened", tender, {"prequalification": True, **facts} if tender is None else facts)

    def application_committee(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The prequalification committee is formed and signed in."""
        return self._to("application_committee", tender, {"prequalification": True, **facts} if tender is None else facts)

    def examining(self, tender: Tender | None = None, **facts: Any) -> Tender:
        """The applications are being examined."""
        return self._to("examining", tender, {"prequalification": True, **facts} if tender is None else facts)

    def finished(self) -> Tender:
        """A tender that is archived: to read, never to act on (see :meth:`known`)."""
        return self.known("archived")

    def known(self, stage: str) -> Tender:
        """A tender that has come to this stage, or further: to read, never to act on.

        One a worker, told on as far as somebody asks; where it cannot be told on, the next who asks has another.
        """
        names = [name for name, _ in self._steps]
        told, self._known = self._known, None
        if told is None or names.index(told.stage) < names.index(stage):
            with self._cast.apart("known"):
                told = self._to(stage, told, {})
        self._known = told
        return told

    # -- the people --------------------------------------------------------------------------------------------------

    def tenderee(self) -> Tenderee:
        """The declared tenderee."""
        return cast("Tenderee", first(self._cast, "tenderee"))

    def agency(self) -> Agency:
        """The declared agency."""
        return cast("Agency", first(self._cast, "agency"))

    def verifier(self) -> Verifier:
        """The operator's verifier."""
        return cast("Verifier", first(self._cast, "verifier"))

    def supervisor(self) -> Supervisor:
        """The declared supervisor."""
        return cast("Supervisor", first(self._cast, "supervisor"))

    def auditor(self) -> Auditor:
        """The declared auditor."""
        return cast("Auditor", first(self._cast, "auditor"))

    def administrator(self) -> Administrator:
        """The declared administrator."""
        return cast("Administrator", first(self._cast, "administrator"))

    def bidders(self, count: int) -> tuple[Bidder, ...]:
        """So many bidders: the declared ones, and where they are too few, others registered once a worker."""
        declared = [cast("Bidder", actor) for actor in self._cast.declared("bidder")]
        while len(declared) + len(self._further) < count:
            with self._cast.apart(f"bidder-{len(self._further) + 1}"):
                self._further.append(self.bidder())
        return tuple([*declared, *self._further][:count])

    def bidder(self, identity: Identity | None = None) -> Bidder:
        """A new bidder that is registered and verified, with this identity if one is given."""
        return cast("Bidder", self.admitted(identity or self._identities.fresh("bidder")))

    def visitors(self) -> Visitors:
        """Somebody of each role: of those who take part new ones, whose names nobody else has, of the others who is declared.

        The bidder among them has obtained the document of a tender that is under way.
        """
        tender = self.bidding()
        own = [self.admitted(self._identities.fresh(role)) for role in ("tenderee", "agency", "bidder")]
        cast("Bidder", own[-1]).download(tender.document).require()
        return Visitors(tender, own, [person for role in _STAFF for person in self._cast.declared(role)[:1]])

    def admitted(self, identity: Identity) -> Person:
        """Somebody whose registration is submitted and verified."""
        person = self.applicant(identity)
        submitted = person.submit_registration().value
        self.verifier().verify(submitted, source="国家企业信用信息公示系统").require()
        return person

    def applicant(self, identity: Identity) -> Person:
        """Somebody whose registration is still being edited, and who goes on with it."""
        self.registered(identity)
        return self.continued(identity)

    def continued(self, identity: Identity) -> Person:
        """Somebody who has applied already, and goes on with it."""
        return self._cast.acting(identity)

    def registered(self, identity: Identity) -> Registration:
        """A registration that is still being edited."""
        return self._cast.public.register(self.registration(identity)).value

    def registration(self, identity: Identity) -> Content:
        """What an entity hands in to be registered, with the agreement that the platform offers."""
        agreement = self._cast.public.agreement(identity.role).value
        return self._identities.registration(identity, str(agreement.get("version", "")))

    # -- the steps ---------------------------------------------------------------------------------------------------

    def _to(self, stage: str, tender: Tender | None, facts: dict[str, Any]) -> Tender:
        if tender is not None and facts:
            raise TypeError("Facts are chosen when a story begins; a tender that is under way has its own.")
        told = tender or self._begin(Facts.of(facts))
        steps = self._steps if any(name == stage for name, _ in self._steps) else self._prequalification
        names = [name for name, _ in steps]
        if told.stage and told.stage not in names:
            raise ValueError(f"The tender is at {told.stage}; {stage} belongs to another story.")
        done, wanted = names.index(told.stage) if told.stage else -1, names.index(stage)
        if wanted < done:
            raise ValueError(f"The tender is at {told.stage}; a story does not go back to {stage}.")
        for name, step in steps[done + 1 : wanted + 1]:
            step(told)
            told.stage = name
        return told

    def _begin(self, facts: Facts) -> Tender:
        tenderee = self.tenderee()
        owner: Owner = self.agency() if facts.organisation == "agency" else tenderee
        now = self._chance.now()
        return Tender(facts, Times.of(facts, self._epoch or now), owner, tenderee, self.verifier(), now)

    def _create(self, tender: Tender) -> None:
        tenderee, facts = tender.tenderee, tender.facts
        project = tender.made[Project] = self._project(tenderee, papers.project(facts))
        drafted = tenderee.create_tender_project(project, papers.tender_project(facts)).value
        if tender.owner is not tenderee:
            drafted = tenderee.authorise(drafted, tender.owner).value
        tender.made[TenderProject] = tenderee.submit_tender_project(drafted).value
        tender.made[Section] = tender.owner.create_section(drafted, papers.section(facts)).value
        self._clock.move_to(tender, tender.times.start)

    def _project(self, tenderee: Tenderee, paper: Content) -> Project:
        """A submitted project that says this; tenders of one tenderee share it, as many tender projects may come of one project."""
        of = tenderee.identity.account, repr(paper)
        if of not in self._projects:
            with self._cast.apart("project"):
                self._projects[of] = tenderee.submit_project(tenderee.create_project(paper).value).value
        return self._projects[of]

    def _announce(self, tender: Tender) -> None:
        if tender.facts.mode == "invited":
            self._invite(tender)
            return
        submitted = tender.owner.announce(tender.tender_project, papers.notice(tender)).value
        tender.made[Notice] = tender.verifier.review_notice(submitted).value

    def _invite(self, tender: Tender) -> None:
        tender.bidders = self.bidders(max(tender.facts.bidders, 3))
        ids = [bidder.me().value.registration_id for bidder in tender.bidders]
        tender.invitations = tender.owner.invite(tender.section, papers.invitation(tender, ids)).value
        for bidder in tender.bidders:
            mine = [found for found in bidder.my_invitations().value if found.section_id == tender.section.id]
            if not mine:
                raise PlatformTrouble(f"{bidder.identity.name} was invited and finds no invitation.")
            bidder.reply_invitation(mine[0], accept=True).require()

    def _issue_documents(self, tender: Tender) -> None:
        drafted = tender.owner.draft_document(tender.section, papers.document(tender)).value
        tender.made[Document] = tender.owner.publish_document(drafted).value
        self._obtain(tender)

    def _obtain(self, tender: Tender) -> None:
        tender.bidders = tender.bidders or self.bidders(tender.facts.bidders)
        afterwards = tender.times.document_from + _MINUTE
        if not tender.facts.one_by_one:
            self._clock.move_to(tender, afterwards)
        for number, bidder in enumerate(tender.bidders):
            if tender.facts.one_by_one:  # what happens at one instant has no order that two runs would share
                self._clock.move_to(tender, tender.times.document_from + number * SECOND)
            bidder.download(tender.document).require()
        if tender.facts.one_by_one:  # however many there were, it is the same time afterwards
            self._clock.move_to(tender, afterwards)

    def _deliver_bids(self, tender: Tender) -> None:
        self._clock.move_to(tender, max(tender.times.document_from, tender.bid_deadline - _BEFORE_THE_DEADLINE))
        for number, bidder in enumerate(tender.bidders):
            if tender.facts.pay_bonds:
                tender.bonds[bidder.identity.name] = bidder.pay_bond(tender.section, papers.bond(tender, number)).value
            self.deliver(tender, bidder, number)

    def deliver(self, tender: Tender, bidder: Bidder, number: int) -> Bid:
        """Let a bidder deliver the bid that the papers give to this number; the tender remembers it."""
        sealed = bidder.sealed_bid(tender.section, papers.bid(tender, number))
        bid = Bid(bidder, sealed, bidder.deliver(sealed).value)
        tender.bids.append(bid)
        return bid

    def _announce_prequalification(self, tender: Tender) -> None:
        submitted = tender.owner.announce(tender.tender_project, papers.notice(tender, "prequalification")).value
        tender.made[Notice] = tender.verifier.review_notice(submitted).value
        drafted = tender.owner.draft_document(tender.section, papers.document(tender, "prequalification")).value
        tender.made[Document] = tender.owner.publish_document(drafted).value
        self._obtain(tender)

    def _deliver_applications(self, tender: Tender) -> None:
        self._clock.move_to(tender, max(tender.times.document_from, tender.bid_deadline - _BEFORE_THE_DEADLINE))
        for number, bidder in enumerate(tender.bidders):
            sealed = bidder.sealed_bid(tender.section, papers.application(tender, number), kind="application")
            tender.applications.append(Bid(bidder, sealed, bidder.deliver(sealed).value))

    def _open_applications(self, tender: Tender) -> None:
        self.attend(tender)
        self._clock.move_to(tender, tender.times.opening_at)
        tender.owner.open_bids(tender.section, kind="application").require()
        for application in tender.applications:
            self.decrypt(tender, application)
        tender.made[Opening] = tender.owner.complete_opening(tender.section, kind="application").value

    def attend(self, tender: Tender) -> None:
        """Let every bidder with a bid sign in to the opening, half an hour before it."""
        self._clock.move_before(tender, tender.times.opening_at, by=HOUR / 2)
        for bid in tender.bids or tender.applications:
            bid.bidder.sign_attendance(tender.section, bid.sealed.kind).require()

    def _start_opening(self, tender: Tender) -> None:
        self.attend(tender)
        self._clock.move_to(tender, tender.times.opening_at)
        tender.made[Opening] = tender.owner.open_bids(tender.section).value

    def _open(self, tender: Tender) -> None:
        for bid in tender.bids:
            self.decrypt(tender, bid)
        tender.made[Opening] = tender.owner.complete_opening(tender.section).value
        tender.made[OpeningRecord] = tender.owner.confirm_opening_record(tender.section).value

    @staticmethod
    def decrypt(tender: Tender, bid: Bid) -> None:
        """Let everybody release the keys that a bid needs."""
        bid.bidder.release_key(bid.sealed, bid.receipt).require()
        if tender.facts.decryption_mode == "tenderee_and_bidder":
            tender.tenderee.release_tenderee_key(bid.sealed, bid.receipt).require()

    def _form_application_committee(self, tender: Tender) -> None:
        self._form(tender, "prequalification")

    @staticmethod
    def _start_examination(tender: Tender) -> None:
        tender.owner.start_examination(tender.section).require()

    def _form_committee(self, tender: Tender) -> None:
        self._form(tender, "evaluation")

    def _form(self, tender: Tender, purpose: str) -> None:
        self._clock.move_to(tender, tender.times.opening_at + HOUR)
        drawn = tender.owner.draw_experts(tender.section, papers.draw(tender, purpose)).value
        representatives = self.representatives(tender)[: tender.facts.representatives]
        accounts = [person.me().value.id for person in representatives]
        formed = tender.owner.form_committee(tender.section, papers.committee(tender, [drawn.draw_id], accounts, purpose)).value
        tender.made[Committee] = formed
        tender.experts = self.assigned(tender)
        for expert in tender.experts:
            expert.sign_in(tender.section, papers.signing_in()).require()

    def experts(self, trait: str = "") -> list[Expert]:
        """The declared experts: those with a trait, or without one those about whom nothing is special."""
        return [cast("Expert", actor) for actor in self._cast.declared("expert", trait)]

    def known_as(self) -> frozenset[str]:
        """By what the declared people are known where they log in: their login names, and the accounts' ids, which are often the same."""
        people = [one.identity for role in _ROLES for one in self._cast.declared(role)]
        return frozenset(name for one in people for name in (one.login, one.account) if name)

    def representatives(self, tender: Tender) -> list[Expert]:
        """The tenderee's representatives: of this tenderee, where the declaration says whose they are."""
        found = self._cast.declared("expert", f"{_REPRESENTATIVE}:{tender.tenderee.identity.account}")
        return [cast("Expert", actor) for actor in found or self._cast.declared("expert", _REPRESENTATIVE)]

    def assigned(self, tender: Tender) -> tuple[Expert, ...]:
        """The members whom the platform has drawn: it tells no names, so each expert is asked, the likeliest first."""
        likely = f"specialty:{tender.facts.specialty}"
        experts = sorted(self._cast.declared("expert"), key=lambda actor: likely not in actor.identity.traits)
        found: list[Expert] = []
        for actor in [*experts, *self.representatives(tender), *self._experts_of_bidders()]:
            expert = cast("Expert", actor)
            if any(mine.get("section_id") == tender.section.id for mine in expert.assignments(tender.section).value):
                found.append(expert)
            if len(found) == tender.facts.committee:
                return tuple(found)
        raise Missing(f"the committee has {tender.facts.committee} members; {len(found)} of them have a declared account")

    def _experts_of_bidders(self) -> list[Person]:
        """The declared experts of bidders' own units: a platform may draw them where their unit does not bid."""
        units = [f"unit:{bidder.identity.account}" for bidder in self._cast.declared("bidder")]
        return [expert for unit in units for expert in self._cast.declared("expert", unit)]

    @staticmethod
    def _start_evaluation(tender: Tender) -> None:
        tender.owner.start_evaluation(tender.section).require()

    def _evaluate(self, tender: Tender) -> None:
        for expert in tender.experts:
            for bid in tender.bids:
                expert.score(bid.receipt, papers.scores(tender, bid)).require()
            expert.finalise_scores(tender.section).require()
        self._clock.move_to(tender, tender.times.opening_at + 8 * HOUR)
        chair = self.chair(tender)
        tender.made[Summary] = chair.evaluation_summary(tender.section).value
        chair.draft_report(tender.section, papers.report(tender)).require()
        for expert in tender.experts:
            tender.made[Report] = expert.sign_report(tender.section).value

    @staticmethod
    def chair(tender: Tender) -> Expert:
        """The member whom the committee has elected; the first where the platform lets any member draft."""
        for expert in tender.experts:
            mine = [found for found in expert.assignments(tender.section).value if found.get("section_id") == tender.section.id]
            if mine and mine[0].get("chair") is True:
                return expert
        return tender.experts[0]

    def _publish_candidates(self, tender: Tender) -> None:
        starts = self._clock.now(tender) + HOUR
        tender.owner.publish_candidates(tender.section, papers.publicity(tender, starts)).require()
        tender.publicity = tender.verifier.review_candidates(tender.section).value
        self._clock.move_to(tender, starts)

    def _decide(self, tender: Tender) -> None:
        self._clock.move_to(tender, self._clock.now(tender) + (tender.facts.publicity_days + 1) * DAY)
        tender.made[Award] = tender.tenderee.decide_award(tender.section, papers.award(tender)).value

    @staticmethod
    def _award(tender: Tender) -> None:
        tender.owner.publish_result(tender.section, papers.result(tender)).require()
        tender.result = tender.verifier.review_result(tender.section).value
        Stories.notify(tender, "中标结果已确定")

    @staticmethod
    def notify(tender: Tender, words: str) -> None:
        """Let the owner submit award and result notices in these words, and have them verified, unless they are out already."""
        submitted = tender.owner.send_award_notices(tender.section, words).value
        sent = submitted.says("sent_at")
        tender.made[AwardNotice] = submitted if sent else tender.verifier.review_award_notices(tender.section).value

    def _contract(self, tender: Tender) -> None:
        self._clock.move_to(tender, self._clock.now(tender) + DAY)
        drafted = tender.tenderee.draft_contract(tender.section, papers.contract(tender)).value
        tender.tenderee.sign_contract(drafted).require()
        tender.made[Contract] = tender.winner.bidder.sign_contract(drafted).value

    @staticmethod
    def _archive(tender: Tender) -> None:
        tender.made[Archive] = tender.owner.make_archive(tender.section).value
