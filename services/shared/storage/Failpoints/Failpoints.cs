using static Causality.Storage.ServiceNames;

namespace Causality.Storage;

/// <summary>Every point at which a test can kill a service (see <see cref="Failpoint"/>), in one place.</summary>
public static class Failpoints
{
    /// <summary>A message has been handed over by the broker; nothing has been done about it.</summary>
    public const string MessageReceived = "message-received";

    /// <summary>A transactional consumer or saga is done and its rows are written; its transaction is open.</summary>
    public const string ConsumerBeforeCommit = "consumer-before-commit";

    /// <summary>A transactional consumer's or saga's transaction is committed; its messages are rows only.</summary>
    public const string ConsumerAfterCommit = "consumer-after-commit";

    /// <summary>A unit of work has written its rows; its transaction is open.</summary>
    public const string UnitBeforeCommit = "unit-before-commit";

    /// <summary>A unit of work is committed; its messages are rows only.</summary>
    public const string UnitAfterCommit = "unit-after-commit";

    /// <summary>All consumers of a message are done; the broker does not know.</summary>
    public const string MessageBeforeAcknowledge = "message-before-acknowledge";

    /// <summary>The acknowledgement has been given to the connection.</summary>
    public const string MessageAfterAcknowledge = "message-after-acknowledge";

    /// <summary>The dispatcher is about to publish a committed message from memory.</summary>
    public const string DispatcherBeforePublish = "dispatcher-before-publish";

    /// <summary>The broker has confirmed the dispatcher's message; the outbox row is still there.</summary>
    public const string DispatcherAfterPublish = "dispatcher-after-publish";

    /// <summary>Confirmed rows are about to be deleted from the outbox.</summary>
    public const string OutboxBeforeDelete = "outbox-before-delete";

    /// <summary>Confirmed rows are deleted from the outbox.</summary>
    public const string OutboxAfterDelete = "outbox-after-delete";

    /// <summary>The sweeper has leased a row and is about to publish it.</summary>
    public const string SweeperBeforePublish = "sweeper-before-publish";

    /// <summary>The broker has confirmed the sweeper's message; the leased row is still there.</summary>
    public const string SweeperAfterPublish = "sweeper-after-publish";

    /// <summary>A batch of requests is decided; its transaction is open and nobody has an answer.</summary>
    public const string AdmissionBeforeCommit = "admission-before-commit";

    /// <summary>A batch of requests is admitted; nobody has an answer.</summary>
    public const string AdmissionAfterCommit = "admission-after-commit";

    /// <summary>The plan of an earlier attempt is forgotten; nothing is planned.</summary>
    public const string PlanAfterReset = "plan-after-reset";

    /// <summary>A chunk of the plan is written; its transaction is open.</summary>
    public const string PlanBeforeCommit = "plan-before-commit";

    /// <summary>A chunk of the plan is committed; the next one is not, and the saga knows nothing.</summary>
    public const string PlanAfterCommit = "plan-after-commit";

    /// <summary>A blob's bytes stand in a temporary file; those of its batch need not yet.</summary>
    public const string BlobAfterTemporary = "blob-after-temporary";

    /// <summary>All temporary files of a batch are durable; none has its name.</summary>
    public const string BlobBeforeRename = "blob-before-rename";

    /// <summary>A blob has its name; the others of its batch need not yet.</summary>
    public const string BlobAfterRename = "blob-after-rename";

    /// <summary>All blobs of a batch have their names; the directories are not flushed.</summary>
    public const string BlobBeforeDirectoryFlush = "blob-before-directory-flush";

    /// <summary>Blobs are durable and their rows written; the transaction is open.</summary>
    public const string ImportBeforeCommit = "import-before-commit";

    /// <summary>Blobs and rows are stored, the plan is settled; whoever asked does not know.</summary>
    public const string ImportAfterCommit = "import-after-commit";

    /// <summary>A batch of a transfer is stored and settled; the next one is on its way.</summary>
    public const string TransferBetweenBatches = "transfer-between-batches";

    /// <summary>Versions in conflict are written to the ledger; the transaction is open.</summary>
    public const string LedgerBeforeCommit = "ledger-before-commit";

    /// <summary>A chunk of the ledger is committed; the saga does not know how many.</summary>
    public const string LedgerAfterCommit = "ledger-after-commit";

    /// <summary>Appended entries are written to the journal; they are not durable and nobody has an answer.</summary>
    public const string JournalBeforeFlush = "journal-before-flush";

    /// <summary>Appended entries are durable in the journal; nobody has an answer.</summary>
    public const string JournalAfterFlush = "journal-after-flush";

    /// <summary>A segment's state is taken to be published; nothing of it is stored.</summary>
    public const string SegmentBeforePublish = "segment-before-publish";

    /// <summary>A segment's state is published; its journal holds the same entries.</summary>
    public const string SegmentAfterPublish = "segment-after-publish";

    /// <summary>A part of an answer with segments has been sent to a peer.</summary>
    public const string FetchMidStream = "fetch-mid-stream";

    private static readonly string[] Consuming = [Scheduler, Differ, Transfer, ConflictResolver];
    private static readonly string[] Storing = [Transfer, Gateway];

    /// <summary>Every point with the services that pass it in an ordinary sync.</summary>
    public static IReadOnlyList<FailpointPlace> All { get; } =
    [
        new(MessageReceived, Consuming),
        new(ConsumerBeforeCommit, [Scheduler]),
        new(ConsumerAfterCommit, [Scheduler]),
        new(UnitBeforeCommit, Consuming),
        new(UnitAfterCommit, Consuming),
        new(MessageBeforeAcknowledge, Consuming),
        new(MessageAfterAcknowledge, Consuming),
        new(DispatcherBeforePublish, Consuming),
        new(DispatcherAfterPublish, Consuming),
        new(OutboxBeforeDelete, Consuming),
        new(OutboxAfterDelete, Consuming),
        new(SweeperBeforePublish, Consuming),
        new(SweeperAfterPublish, Consuming),
        new(AdmissionBeforeCommit, [Scheduler]),
        new(AdmissionAfterCommit, [Scheduler]),
        new(PlanAfterReset, [Differ]),
        new(PlanBeforeCommit, [Differ]),
        new(PlanAfterCommit, [Differ]),
        new(BlobAfterTemporary, Storing),
        new(BlobBeforeRename, Storing),
        new(BlobAfterRename, Storing),
        new(BlobBeforeDirectoryFlush, Storing),
        new(ImportBeforeCommit, Storing),
        new(ImportAfterCommit, Storing),
        new(TransferBetweenBatches, [Transfer]),
        new(LedgerBeforeCommit, [ConflictResolver]),
        new(LedgerAfterCommit, [ConflictResolver]),
        new(JournalBeforeFlush, [Gateway]),
        new(JournalAfterFlush, [Gateway]),
        new(SegmentBeforePublish, [Gateway]),
        new(SegmentAfterPublish, [Gateway]),
        new(FetchMidStream, [Gateway]),
    ];
}
