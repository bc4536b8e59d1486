using System.Globalization;
using System.Security.Cryptography;
using Causality.Core;

namespace Causality.Storage.Log.Writing;

/// <summary>A segment that this process writes: its journal, its entries, and what of it is published.</summary>
/// <remarks>Appended to by the writer's loop alone; read by the publisher.</remarks>
internal sealed class ActiveSegment(SegmentId id, OperatorId origin, Journal journal, long createdAt)
{
    private readonly List<LogEntry> _entries = [];
    private readonly Lock _lock = new();
    private long _sizeBytes;

    /// <summary>The segment.</summary>
    public SegmentId Id => id;

    /// <summary>Its writer.</summary>
    public OperatorId Origin => origin;

    /// <summary>True when nothing is appended any more.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>True when a write to its journal failed.</summary>
    public bool IsBroken => journal.IsBroken;

    /// <summary>How many entries were published last; they are the first ones.</summary>
    public int PublishedCount { get; set; }

    /// <summary>The content that was published last, when it holds nothing but our own entries; else null.</summary>
    public ContentHash? PublishedHash { get; set; }

    /// <summary>A name nobody else chooses: operator, moment, randomness.</summary>
    public static SegmentId NewId(OperatorId origin, DateTimeOffset now) => new(string.Create(
        CultureInfo.InvariantCulture, $"{origin}.{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));

    /// <summary>Writes entries to the journal, durably, as a whole.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused; seal the segment.</exception>
    public void Append(IReadOnlyList<LogEntry> entries)
    {
        journal.Append(entries);
        lock (_lock)
        {
            _entries.AddRange(entries);
            _sizeBytes += entries.Sum(entry => entry.CanonicalBytes.Length + 1L);
        }
    }

    /// <summary>True when it is time for another segment.</summary>
    public bool IsRotationDue(TimeProvider time)
    {
        lock (_lock)
            return SegmentRotation.IsDue(_entries.Count, _sizeBytes, time.GetElapsedTime(createdAt));
    }

    /// <summary>The acknowledged entries as of now, in the order of arrival.</summary>
    public LogEntry[] Snapshot()
    {
        lock (_lock)
            return [.. _entries];
    }

    /// <summary>Ends the appending.</summary>
    public void Seal() => IsSealed = true;

    /// <summary>Removes the journal; everything is published.</summary>
    public void DeleteJournal() => journal.Delete();

    /// <summary>Leaves the journal to be adopted by the next writer.</summary>
    public void Abandon() => journal.Dispose();
}
