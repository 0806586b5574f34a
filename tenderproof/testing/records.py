"""What comes back from a platform, in the field's terms. Moments are aware datetimes, amounts ``Decimal`` in yuan."""

from tenderproof.testing.answers import Amount, Flag, Items, Many, Moment, Number, One, Record, Text


class Identified(Record):
    """Anything that has an identifier of its own (opaque: it must tell nothing)."""

    needed = ("id",)
    id = Text()


class Platform(Record):
    """What the platform publishes about itself (平台信息)."""

    platform_code = Text()
    name = Text()
    version = Text()
    sandbox = Flag()
    trust_anchors = Items()
    signing_certificates = Items()


class PlatformTime(Record):
    """The platform's time and its source (国家授时)."""

    needed = ("now",)
    now = Moment()
    source = Text()


class Registration(Identified):
    """A market entity's registration (注册信息)."""

    role = Text()
    name = Text()
    uscc = Text()
    state = Text()
    status = Text()
    verified_by = Text()
    verified_at = Moment()
    declared_at = Moment()


class ReceivedRegistration(Identified):
    """A registration that the public service platform told of (交换的注册信息): ``differences`` names what differs here."""

    role = Text()
    name = Text()
    uscc = Text()
    state = Text()
    registration_id = Text()
    differences = Items()


class Account(Identified):
    """Who is logged in."""

    role = Text()
    name = Text()
    registration_id = Text()
    state = Text()


class Challenge(Record):
    """A log-in challenge (挑战)."""

    needed = ("challenge_id", "challenge")
    challenge_id = Text()
    challenge = Text()
    expires_at = Moment()


class Session(Record):
    """An open session (会话)."""

    needed = ("token",)
    token = Text()
    account = One(Account)
    expires_at = Moment()


class Certificate(Record):
    """A certificate bound to a registration (绑定的数字证书)."""

    fingerprint = Text()
    purpose = Text()
    bound_at = Moment()


class Message(Identified):
    """A message in an inbox (站内消息), signed by the platform."""

    type = Text()
    object = Text()
    text = Text()
    sent_at = Moment()
    acknowledged_at = Moment()


class Project(Identified):
    """A project (项目); its code has 17 characters."""

    code = Text()
    name = Text()
    state = Text()


class TenderProject(Identified):
    """A tender project (招标项目); its code has 20 characters."""

    code = Text()
    name = Text()
    unified_deal_code = Text()
    state = Text()
    mode = Text()


class Section(Identified):
    """A section (标段、包); its code has 23 characters."""

    code = Text()
    name = Text()
    state = Text()
    suspended = Flag()
    tender_project_id = Text()


class PublishedSection(Record):
    """The public record of a section (第四十一条)."""

    needed = ("section_code",)
    section_code = Text()
    name = Text()
    state = Text()
    tender_project = One(Record)
    project = One(Record)
    tenderee = One(Record)
    notices = Items()
    clarifications = Items()
    anomalies = Items()


class Notice(Identified):
    """A notice (公告、公示)."""

    type = Text()
    title = Text()
    state = Text()
    content = One(Record)
    media = Items()
    submitted_at = Moment()
    published_at = Moment()
    signature = Text()
    signed_by = Items()
    history = Items()


class Provided(Record):
    """A thing as it came to the public service platform: ``at`` is when its sender says it was published."""

    needed = ("id", "kind", "object", "medium", "content", "received_at")
    id = Text()
    kind = Text()
    object = Text()
    medium = Text()
    content = One(Record)
    content_sha256 = Text()
    at = Moment()
    received_at = Moment()


class NotTaken(Record):
    """A record that an interface did not hand over (接口拒收、暂存记录): which data set, about which code, refused or held, and why."""

    data_set = Text()
    about = Text()
    state = Text()
    reasons = Many(Record)


class InterfaceState(Record):
    """How one interface does (接口运行状态): running, stopped, or unused so far; what was sent and what waits, was refused or is held."""

    needed = ("interface", "state")
    interface = Text()
    state = Text()
    trouble = Text()
    sent = Number()
    waiting = Number()
    not_taken = Many(NotTaken)


class Correction(Identified):
    """A request to correct a notice (公告更正要求)."""

    state = Text()
    text = Text()


class Invitation(Identified):
    """An invitation to bid (投标邀请书)."""

    section_id = Text()
    content = One(Record)
    reply_until = Moment()
    sent_at = Moment()
    accepted = Flag()


class InvitationDraft(Identified):
    """An invitation that is being prepared, or was submitted (投标邀请书草稿)."""

    section_id = Text()
    state = Text()
    bidder_ids = Items()
    content = One(Record)
    reply_until = Moment()


class Document(Identified):
    """A tender or prequalification document (招标文件、资格预审文件)."""

    kind = Text()
    state = Text()
    version = Number()
    sha256 = Text()
    published_at = Moment()
    available_from = Moment()
    available_until = Moment()
    fee = Amount()
    derived = One(Record)


class Download(Record):
    """Who obtained a document, when (下载记录)."""

    at = Moment()


class Question(Identified):
    """A bidder's question about a document."""

    about = Text()
    text = Text()
    asked_at = Moment()


class Clarification(Identified):
    """A clarification or change of a document (澄清与修改)."""

    about = Text()
    kind = Text()
    version_no = Number()
    text = Text()
    published_at = Moment()
    prominent = Flag()
    effective_deadline = Moment()


class ClarificationDraft(Identified):
    """A clarification or change that is being prepared, or was issued (澄清与修改草稿)."""

    about = Text()
    kind = Text()
    text = Text()
    state = Text()


class SiteVisit(Identified):
    """A visit of the site (踏勘现场), prepared or called; its record once there is one for the reader."""

    state = Text()
    at = Moment()
    place = Text()
    text = Text()


class Sealing(Record):
    """How bids of a section are sealed (加密要求)."""

    needed = ("encryption",)
    encryption = Text()
    decryption_mode = Text()
    segments = Items()
    deadline = Moment()


class Receipt(Identified):
    """A receipt for a bid, an application, its change or its withdrawal (签收回执), signed by the platform."""

    kind = Text()
    bid_id = Text()
    version = Number()
    section_id = Text()
    section_code = Text()
    bidder_name = Text()
    received_at = Moment()
    digest = Text()
    sealed = Flag()
    signature = Text()


class Delivery(Record):
    """How a clarification reached one of those who obtained the document: the notice to it, its receipt."""

    needed = ("bidder_name",)
    bidder_name = Text()
    sent_at = Moment()
    receipt = One(Receipt)


class BidStatus(Record):
    """What became of a bid, as its bidder sees it."""

    needed = ("bid_id",)
    bid_id = Text()
    version = Number()
    state = Text()
    received_at = Moment()
    digest = Text()


class Upload(Identified):
    """An upload in parts (分片上传)."""

    state = Text()


class Bond(Identified):
    """A bid bond (投标保证金)."""

    form = Text()
    amount = Amount()
    state = Text()
    conformity = One(Record)


class OpenedBid(Record):
    """A bid at the opening: before the announcement without its price."""

    needed = ("bid_id",)
    bid_id = Text()
    bidder_name = Text()
    state = Text()
    received_at = Moment()
    decrypted_at = Moment()


class AnnouncedBid(Record):
    """What is read out of one bid once all are decrypted (唱标内容)."""

    needed = ("bid_id", "bidder_name")
    bid_id = Text()
    bidder_name = Text()
    price = Amount()


class Opening(Record):
    """An opening (开标)."""

    needed = ("state",)
    state = Text()
    started_at = Moment()
    decrypt_until = Moment()
    bids = Many(OpenedBid)
    announcement = Many(AnnouncedBid)


class OpeningRecord(Record):
    """The opening record (开标记录)."""

    bids = Items()
    signature = Text()
    signed_by = Items()
    published_at = Moment()


class Draw(Record):
    """A drawing of experts (专家抽取); it tells no names."""

    needed = ("draw_id",)
    draw_id = Text()
    drawn = Number()
    notified_at = Moment()
    notified_by = Text()


class BaseDraw(Record):
    """What an expert base drew (专家库抽取结果): the experts by their numbers, when and how it told them."""

    needed = ("experts", "notified_at", "notified_by")
    experts = Items()
    notified_at = Moment()
    notified_by = Text()


class Committee(Record):
    """An evaluation committee (评标委员会): counts before the award, names after it."""

    size = Number()
    experts = Number()
    representatives = Number()
    state = Text()
    members = Items()


class Assignment(Record):
    """An expert's assignment to a committee."""

    section_id = Text()
    purpose = Text()


class EvaluatedBid(Record):
    """A bid under evaluation, with its content."""

    needed = ("bid_id",)
    bid_id = Text()
    bidder_name = Text()
    content = One(Record)


class Query(Identified):
    """A question of the committee to a bidder (评标澄清)."""

    bid_id = Text()
    text = Text()
    reply_until = Moment()


class Summary(Record):
    """Totals and ranks of an evaluation (评标汇总)."""

    bids = Items()


class Report(Identified):
    """The evaluation report (评标报告)."""

    state = Text()
    text = Text()
    candidates = Items()
    rejected = Items()
    signatures = Items()
    results = Items()
    completed_at = Moment()


class Award(Record):
    """The tenderee's decision (定标)."""

    bid_id = Text()
    decided_at = Moment()


class AwardNotice(Record):
    """Award and result notices (中标通知书、结果通知书); ``state`` is submitted, rejected or sent."""

    state = Text()
    sent_at = Moment()


class Contract(Identified):
    """The contract (合同)."""

    state = Text()
    price = Amount()
    signed_at = Moment()
    signed_by = Items()


class Fee(Identified):
    """A fee (费用)."""

    kind = Text()
    amount = Amount()
    state = Text()


class Objection(Identified):
    """An objection (异议)."""

    about = Text()
    state = Text()
    text = Text()
    filed_at = Moment()
    reply_until = Moment()


class Anomaly(Identified):
    """An anomaly of a section (异常情形)."""

    kind = Text()
    reason = Text()


class Alert(Record):
    """Something that is due or overdue (预警)."""

    needed = ("code",)
    code = Text()
    since = Moment()
    due_at = Moment()
    object = Text()


class Archive(Identified):
    """The archive of a section (归档), with its proof of integrity."""

    entries = Items()
    root = Text()
    signature = Text()


class AuditEntry(Record):
    """An entry of the audit trail (审计记录), chained to the one before."""

    needed = ("seq",)
    seq = Number()
    at = Moment()
    actor = One(Record)
    operation = Text()
    object = Text()
    outcome = Text()
    previous = Text()
    hash = Text()


class Tally(Record):
    """How many entries of the audit trail there are of one day, person, kind of act and result (审计统计)."""

    needed = ("operation", "outcome")
    actor = Text()
    operation = Text()
    outcome = Text()
    entries = Number()


class Event(Record):
    """An event on the supervision channel (监督通道)."""

    at = Moment()
    type = Text()


class Indicator(Record):
    """A sign of collusion (围标串标指标)."""

    needed = ("code",)
    code = Text()
    bids = Items()


class Order(Identified):
    """A supervisor's order (监督指令), with the platform's receipt."""

    kind = Text()
    executed_at = Moment()


class Complaint(Identified):
    """A complaint that the supervision notifies (投诉)."""

    state = Text()


class Relation(Record):
    """A relation between organisations (控股、管理关系)."""

    a = Text()
    b = Text()
    kind = Text()


class Entry(Record):
    """An entry of a library (资源库) or a list."""

    name = Text()
    uscc = Text()


class EntityRecord(Identified):
    """What is kept of a tenderee, an agency or a bidder (考评): deals, rewards and penalties, performance."""

    deals = Items()
    conduct = Items()
    performance = Items()


class File(Record):
    """Octets as they came: a document, a page, an archived file."""

    sha256 = Text()
    media_type = Text()

    @property
    def octets(self) -> bytes:
        """The whole content."""
        octets: bytes = self.raw["octets"]
        return octets

    def header(self, name: str) -> str | None:
        """A header of the answer in which it came, where the driver tells; None if it had none of this name."""
        found = self.raw.get("headers", {}).get(name.lower())
        return None if found is None else str(found)

    @property
    def text(self) -> str:
        """The content as UTF-8 text."""
        return self.octets.decode("utf-8", "replace")

    def __repr__(self) -> str:
        return f"File({self.raw['media_type']}, {len(self.octets)} octets)"
