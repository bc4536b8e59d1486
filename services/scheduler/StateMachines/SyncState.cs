using MassTransit;

namespace Causality.Scheduler.StateMachines;

/// <summary>One sync: the saga's state while it runs, its record afterwards. Table <c>scheduler.syncs</c>; times are milliseconds since the Unix epoch.</summary>
public sealed class SyncState : SagaStateMachineInstance, ISagaVersion
{
    /// <summary>The sync id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Optimistic concurrency token.</summary>
    public int Version { get; set; }

    /// <summary>Name of the state.</summary>
    public string CurrentState { get; set; } = "";

    /// <summary>True until the sync has ended; at most one row per peer is.</summary>
    public bool Active { get; set; }

    /// <summary>The peer.</summary>
    public string PeerId { get; set; } = "";

    /// <summary>The peer's endpoint when the sync was admitted, as JSON.</summary>
    public string Peer { get; set; } = "{}";

    /// <summary>The settings in force, as JSON.</summary>
    public string Settings { get; set; } = "{}";

    /// <summary>Who asked.</summary>
    public string? RequestedBy { get; set; }

    /// <summary>When it was admitted.</summary>
    public long StartedAt { get; set; }

    /// <summary>When it ended; null while it runs.</summary>
    public long? EndedAt { get; set; }

    /// <summary>Number of the comparison that the sync is in, counted from 1; answers to an earlier one are ignored.</summary>
    public int Attempt { get; set; }

    /// <summary>Attempts that failed.</summary>
    public int Retries { get; set; }

    /// <summary>Shares of the plan handed to transfer since the last comparison.</summary>
    public int Share { get; set; }

    /// <summary>Times that the comparison was repeated because the peer's segments had changed meanwhile.</summary>
    public int Rounds { get; set; }

    /// <summary>When the state's wait is over; null when the sync has ended.</summary>
    public long? DeadlineAt { get; set; }

    /// <summary>When the saga was last told that its deadline has passed; null for never.</summary>
    public long? DeadlineNotifiedAt { get; set; }

    /// <summary>When the next attempt begins; null unless waiting to retry.</summary>
    public long? NextAttemptAt { get; set; }

    /// <summary>When the sync as a whole must have ended; null for no such bound.</summary>
    public long? EndsBy { get; set; }

    /// <summary>When something last moved.</summary>
    public long LastProgressAt { get; set; }

    /// <summary>When the last <c>SyncProgressed</c> was published, which bounds their rate.</summary>
    public long LastProgressEventAt { get; set; }

    /// <summary>When the present transfer began; null before the first.</summary>
    public long? TransferStartedAt { get; set; }

    /// <summary>Content bytes received before the present transfer began.</summary>
    public long BytesBeforeTransfer { get; set; }

    /// <summary>Our root fingerprint when last compared.</summary>
    public string? LocalRoot { get; set; }

    /// <summary>The peer's root fingerprint when last compared.</summary>
    public string? RemoteRoot { get; set; }

    /// <summary>Prefixes of the segment ids that were compared last, separated by commas; null for the whole log.</summary>
    public string? Scope { get; set; }

    /// <summary>W3C <c>traceparent</c> of the admission; null when the request was in no trace.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Segments in the plan.</summary>
    public long SegmentsPlanned { get; set; }

    /// <summary>Entries in the plan.</summary>
    public long EntriesPlanned { get; set; }

    /// <summary>Content bytes in the plan.</summary>
    public long BytesPlanned { get; set; }

    /// <summary>Segments stored or merged.</summary>
    public long SegmentsSynced { get; set; }

    /// <summary>Entries new to our log.</summary>
    public long EntriesSynced { get; set; }

    /// <summary>Content bytes received.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Segments of the plan that are not done yet; null before the first comparison has ended.</summary>
    public long? SegmentsRemaining { get; set; }

    /// <summary>Entries of them.</summary>
    public long? EntriesRemaining { get; set; }

    /// <summary>Content bytes of them.</summary>
    public long? BytesRemaining { get; set; }

    /// <summary>What the sync leaves out, as JSON: by the latest comparison while it runs, all of it once it has ended; null for nothing.</summary>
    public string? LeftOut { get; set; }

    /// <summary>Entry ids in conflict because of this sync.</summary>
    public long Conflicts { get; set; }

    /// <summary>Reason code of the last thing that went wrong; null if nothing did.</summary>
    public string? Reason { get; set; }

    /// <summary>The same for people.</summary>
    public string? Error { get; set; }

    /// <summary>The states it has been in, as JSON; null for none yet.</summary>
    public string? Timeline { get; set; }

    /// <summary>Whether the failure just noted is worth another attempt; not stored.</summary>
    public bool FailureIsRetryable { get; set; }

    /// <summary>How long the peer asked to be left alone in the failure just noted; not stored.</summary>
    public TimeSpan? RetryAfter { get; set; }
}
