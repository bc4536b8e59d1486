using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Log;

namespace Causality.ReconciliationBenchmark;

/// <summary>Metadata of many segments that follow from their numbers; no contents. Segment i changed last in version i + 1.</summary>
internal sealed class SyntheticLog : ISyncableStorage
{
    private const long Epoch = 1_767_225_600_000;
    private const long Spacing = 61_337;
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";
    private readonly int _count;
    private readonly Func<int, bool> _isHere;
    private readonly LogHead _head;

    public SyntheticLog(int count, Func<int, bool> isHere)
    {
        (_count, _isHere) = (count, isHere);
        var fingerprint = LogFingerprint.Empty;
        for (var number = 0; number < count; number++)
        {
            if (isHere(number))
                fingerprint = fingerprint.Add(LogFingerprint.ItemOf(IdOf(number), HashOf(number)));
        }

        _head = new LogHead(Enumerable.Range(0, count).Reverse().First(isHere) + 1, fingerprint, fingerprint.Count, fingerprint.Count * 1_000, fingerprint.Count * 253_000);
    }

    public static SegmentMetadata Segment(int number) => new()
    {
        Id = IdOf(number),
        Origin = new OperatorId(number % 2 == 0 ? "alpha" : "beta"),
        StartTimestamp = Epoch + (number * Spacing),
        EndTimestamp = Epoch + (number * Spacing) + 59_998,
        EntryCount = 1_000 + (number % 97),
        SizeBytes = 253_000 + (number % 9_973),
        ContentHash = HashOf(number),
    };

    public Task<LogHead> GetHeadAsync(CancellationToken cancellationToken = default) => Task.FromResult(_head);

    public Task<IReadOnlyList<SegmentChange>> GetChangesAsync(long version, int limit, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<SegmentChange>>(
        [.. Numbers((int)version).Take(limit).Select(number => new SegmentChange(number + 1, Segment(number)))]);

    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentsOfVersionsAsync(IReadOnlyCollection<long> versions, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SegmentMetadata>>([.. versions.Select(version => Segment((int)version - 1)).OrderBy(segment => segment.Id)]);

    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SegmentMetadata>>([.. ids.Select(NumberOf).Where(_isHere).Select(Segment).OrderBy(segment => segment.Id)]);

    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(SegmentId? after, int limit, CancellationToken cancellationToken = default) => throw Unused();

    public Task<IReadOnlyList<SegmentId>> FindSegmentsAsync(ContentHash entry, CancellationToken cancellationToken = default) => throw Unused();

    public Task<ImportResult> ImportSegmentAsync(LogSegment segment, CancellationToken cancellationToken = default) => throw Unused();

    public Task<IReadOnlyList<ImportResult>> ImportBatchAsync(
        IReadOnlyList<LogSegment> segments, Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken = default) => throw Unused();

    public Task<LogSegment?> ExportSegmentAsync(SegmentId id, CancellationToken cancellationToken = default) => throw Unused();

    public IImportBatch BeginImport() => throw Unused();

    public Task<SegmentContent?> OpenSegmentAsync(SegmentMetadata known, CancellationToken cancellationToken = default) => throw Unused();

    public Task<SegmentContent?> OpenSegmentAsync(SegmentId id, ContentHash? contentHash, CancellationToken cancellationToken = default) => throw Unused();

    public Task<LogDiff> GetLogDifferencesAsync(IReadOnlyCollection<SegmentMetadata> remote, CancellationToken cancellationToken = default) => throw Unused();

    public Task<AppendResult> AppendAsync(LogEntry entry, CancellationToken cancellationToken = default) => throw Unused();

    public Task<AppendResult> AppendBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default) => throw Unused();

    public Task<AppendResult> CheckBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default) => throw Unused();

    public IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, CancellationToken cancellationToken = default) => throw Unused();

    public IAsyncEnumerable<LogEntry> ReadTimeRangeAsync(long fromTimestamp, long toTimestamp, CancellationToken cancellationToken = default) => throw Unused();

    public Task<long> CountAsync(CancellationToken cancellationToken = default) => throw Unused();

    public Task<LogEntry?> GetByIdAsync(string id, CancellationToken cancellationToken = default) => throw Unused();

    private static InvalidOperationException Unused([CallerMemberName] string member = "") => new($"A comparison of segments does not use {member}.");

    private IEnumerable<int> Numbers(int first)
    {
        for (var number = first; number < _count; number++)
        {
            if (_isHere(number))
                yield return number;
        }
    }

    // As the writer names its segments: operator, time of the first entry, eight random digits.
    private static SegmentId IdOf(int number) => new(
        $"{(number % 2 == 0 ? "alpha" : "beta")}.{DateTimeOffset.FromUnixTimeMilliseconds(Epoch + (number * Spacing)).ToString(TimeFormat, CultureInfo.InvariantCulture)}.{(uint)(number * 2_654_435_761):x8}");

    private static int NumberOf(SegmentId id) =>
        (int)((new DateTimeOffset(DateTime.ParseExact(id.Value.Split('.')[1], TimeFormat, CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeMilliseconds() - Epoch) / Spacing);

    private static ContentHash HashOf(int number) => ContentHash.Of(Encoding.UTF8.GetBytes("content " + number.ToString(CultureInfo.InvariantCulture)));
}
