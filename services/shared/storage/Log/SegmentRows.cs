using Causality.Core;
using Causality.Storage.Database.Records;

namespace Causality.Storage.Log;

/// <summary>Rows to metadata and back, in one place.</summary>
internal static class SegmentRows
{
    /// <summary>What a row says.</summary>
    public static SegmentMetadata ToMetadata(this SegmentRecord row) => new()
    {
        Id = new SegmentId(row.Id),
        Origin = new OperatorId(row.Origin),
        StartTimestamp = row.StartTimestamp,
        EndTimestamp = row.EndTimestamp,
        EntryCount = row.EntryCount,
        ContentHash = new ContentHash(row.ContentHash),
        SizeBytes = row.SizeBytes,
    };

    /// <summary>Makes a row say <paramref name="metadata"/>.</summary>
    public static void Describe(this SegmentRecord row, SegmentMetadata metadata, long version)
    {
        row.Id = metadata.Id.Value;
        row.Origin = metadata.Origin.Value;
        row.StartTimestamp = metadata.StartTimestamp;
        row.EndTimestamp = metadata.EndTimestamp;
        row.EntryCount = metadata.EntryCount;
        row.ContentHash = metadata.ContentHash.ToByteArray();
        row.SizeBytes = metadata.SizeBytes;
        row.ChangedVersion = version;
    }

    /// <summary>What the head row says.</summary>
    public static LogHead ToHead(this HeadRecord row) =>
        new(row.Version, LogFingerprint.FromParts(row.FingerprintSum, row.SegmentCount), row.SegmentCount, row.EntryCount, row.SizeBytes);

    /// <summary>Makes the head row say <paramref name="head"/>.</summary>
    public static void Describe(this HeadRecord row, LogHead head)
    {
        row.Version = head.Version;
        row.FingerprintSum = head.Fingerprint.SumBytes;
        row.SegmentCount = head.SegmentCount;
        row.EntryCount = head.EntryCount;
        row.SizeBytes = head.SizeBytes;
    }

    /// <summary>The head after a segment took the place of nothing or of an earlier content.</summary>
    public static LogHead With(this LogHead head, SegmentMetadata? before, SegmentMetadata after)
    {
        var fingerprint = before is null ? head.Fingerprint : head.Fingerprint.Remove(LogFingerprint.ItemOf(before.Id, before.ContentHash));
        return new LogHead(
            head.Version + 1,
            fingerprint.Add(LogFingerprint.ItemOf(after.Id, after.ContentHash)),
            head.SegmentCount + (before is null ? 1 : 0),
            head.EntryCount + after.EntryCount - (before?.EntryCount ?? 0),
            head.SizeBytes + after.SizeBytes - (before?.SizeBytes ?? 0));
    }
}
