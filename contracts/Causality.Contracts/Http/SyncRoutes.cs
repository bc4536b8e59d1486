namespace Causality.Contracts.Http;

/// <summary>The routes of the peer protocol, version 1, shared by client and server. Documented in <c>contracts/sync-protocol-v1.md</c>.</summary>
public static class SyncRoutes
{
    /// <summary>What every route of the protocol begins with.</summary>
    public const string Prefix = "/sync/v1";

    /// <summary>GET: who answers, what it speaks, how large its log is.</summary>
    public const string Info = Prefix + "/info";

    /// <summary>GET: segment metadata, paged by <c>after</c> and <c>limit</c>.</summary>
    public const string Segments = Prefix + "/segments";

    /// <summary>POST: metadata of named segments.</summary>
    public const string SegmentMetadata = Segments + "/metadata";

    /// <summary>POST: many segments in one streamed answer.</summary>
    public const string FetchSegments = Segments + "/fetch";

    /// <summary>GET: the content of one segment. A template: <c>{id}</c> stands for the segment id.</summary>
    public const string Segment = Segments + "/{id}";

    /// <summary>POST: some entries of one segment. A template: <c>{id}</c> stands for the segment id.</summary>
    public const string SegmentEntries = Segment + "/entries";

    /// <summary>POST: which versions of named entry ids the operator shows.</summary>
    public const string ResolveConflicts = Prefix + "/conflicts/resolve";

    /// <summary>POST: reconcile segments by ranges (Negentropy).</summary>
    public const string Reconcile = Prefix + "/reconcile";

    /// <summary>POST: reconcile the entries of one segment by ranges (Negentropy). A template: <c>{id}</c> stands for the segment id.</summary>
    public const string ReconcileSegment = Segment + "/reconcile";

    /// <summary>POST: symbols of the segments in some ranges.</summary>
    public const string ReconcileSymbols = Reconcile + "/symbols";

    /// <summary>POST: metadata of segments that were found by reconciling.</summary>
    public const string ReconcileSegments = Reconcile + "/segments";

    /// <summary>POST: symbols of the entries of several segments together.</summary>
    public const string ReconcileEntrySymbols = Reconcile + "/entries/symbols";

    /// <summary>POST: the hashes of entries that were found by their symbols.</summary>
    public const string ReconcileEntries = Reconcile + "/entries";

    /// <summary>POST: how named segments compare with those here.</summary>
    public const string Diff = Prefix + "/diff";

    /// <summary>The path of one page of the segment list.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="limit">Most segments wanted, 1 to <see cref="SyncLimits.MaxPageSize"/>.</param>
    public static string SegmentsPage(string? after, int limit) =>
        after is null ? $"{Segments}?limit={limit}" : $"{Segments}?after={Uri.EscapeDataString(after)}&limit={limit}";

    /// <summary>The path of one segment's content.</summary>
    public static string SegmentOf(string id) => $"{Segments}/{Uri.EscapeDataString(id)}";

    /// <summary>The path of one segment's entries.</summary>
    public static string EntriesOf(string id) => $"{SegmentOf(id)}/entries";

    /// <summary>The path of the reconciliation of one segment's entries.</summary>
    public static string ReconciliationOf(string id) => $"{SegmentOf(id)}/reconcile";
}
