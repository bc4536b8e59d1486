using Microsoft.Extensions.Logging;

namespace Causality.Storage;

/// <summary>What the store writes to the process log. Event ids 1000 to 1099.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1000, LogLevel.Information, "Database schema brought up to date: {Count} migrations, the last is {Last}")]
    public static partial void Migrated(ILogger logger, int count, string last);

    [LoggerMessage(1001, LogLevel.Warning, "The database is not up yet, trying again: {Reason}")]
    public static partial void DatabaseNotUpYet(ILogger logger, string reason);

    [LoggerMessage(1010, LogLevel.Information, "Journal of segment {SegmentId} adopted from a writer that ended: {Entries} entries published")]
    public static partial void JournalAdopted(ILogger logger, string segmentId, int entries);

    [LoggerMessage(1011, LogLevel.Error, "Journal of segment {SegmentId} is damaged before its end; {Entries} entries were saved and the file was kept as '{Kept}' for examination")]
    public static partial void JournalDamaged(ILogger logger, string segmentId, int entries, string kept);

    [LoggerMessage(1012, LogLevel.Error, "Segment {SegmentId} could not be published; its entries stay in the journal and publishing is tried again")]
    public static partial void PublishFailed(ILogger logger, string segmentId, Exception error);

    [LoggerMessage(1013, LogLevel.Debug, "Segment {SegmentId} published with {Entries} entries in {Milliseconds} ms")]
    public static partial void Published(ILogger logger, string segmentId, int entries, long milliseconds);

    [LoggerMessage(1014, LogLevel.Error, "Looking for journals of writers that ended failed; it is tried again")]
    public static partial void AdoptionFailed(ILogger logger, Exception error);

    [LoggerMessage(1020, LogLevel.Information, "{Count} blobs that no segment uses any more were removed")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(1021, LogLevel.Error, "Sweeping unused blobs failed; it is tried again")]
    public static partial void SweepFailed(ILogger logger, Exception error);

    [LoggerMessage(1030, LogLevel.Warning, "The log went back from version {Known} to {Found} (a restored backup?); the entry index is built anew")]
    public static partial void IndexReset(ILogger logger, long known, long found);

    [LoggerMessage(1031, LogLevel.Warning, "The segment index (version {Known}) does not fit the log (version {Found}; a restored backup?) and is built anew")]
    public static partial void SegmentIndexReset(ILogger logger, long known, long found);

    [LoggerMessage(1032, LogLevel.Information, "Segment index ready: {Segments} segments in {Bytes} bytes, after {Milliseconds} ms")]
    public static partial void SegmentIndexReady(ILogger logger, int segments, long bytes, long milliseconds);

    [LoggerMessage(1033, LogLevel.Warning, "The segment index could not be filled at start; whoever asks next tries again")]
    public static partial void SegmentIndexNotReady(ILogger logger, Exception error);

    [LoggerMessage(1040, LogLevel.Information, "Store looked through: {Segments} segments, {Damaged} of them damaged")]
    public static partial void Scrubbed(ILogger logger, long segments, long damaged);

    [LoggerMessage(1041, LogLevel.Error, "Segment {SegmentId} is damaged ({Kind}): {Detail}. Its content is set aside; run 'causality verify --repair' if no line below says that it was fetched from a peer")]
    public static partial void Damaged(ILogger logger, string segmentId, string kind, string detail);

    [LoggerMessage(1042, LogLevel.Warning, "Segment {SegmentId} is whole again: its content came from {Peer}")]
    public static partial void Repaired(ILogger logger, string segmentId, string peer);

    [LoggerMessage(1043, LogLevel.Error, "Segment {SegmentId} could not be repaired: {Reason}. Restore its content from a backup")]
    public static partial void NotRepaired(ILogger logger, string segmentId, string reason);

    [LoggerMessage(1044, LogLevel.Error, "Looking through the store failed; the next pass begins after the usual interval")]
    public static partial void ScrubFailed(ILogger logger, Exception error);
}
