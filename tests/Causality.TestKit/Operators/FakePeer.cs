using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log.Reconciling;
using Causality.Storage.Log.Sharing;
using Causality.TestKit.Fakes;

namespace Causality.TestKit.Operators;

/// <summary>A peer without a network: its log in memory, and dials for everything that peers do wrong.</summary>
/// <param name="id">The peer's operator id.</param>
public sealed partial class FakePeer(string id = "beta") : ISyncProtocol
{
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ConcurrentQueue<string> _routes = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _gate;
    private int _sent;

    /// <summary>Dial: the part of its log that it shares.</summary>
    public SegmentScope Scope { get; set; } = SegmentScope.Everything;

    /// <summary>Dial: what it announces; by default everything there is.</summary>
    public IReadOnlyList<string> Capabilities { get; set; } = [SyncCapabilities.Symbols];

    /// <summary>Dial: changes what it answers to a message of a reconciliation; the route comes first.</summary>
    public Func<string, byte[], byte[]> Reconciliation { get; set; } = (_, answer) => answer;

    /// <summary>The peer's log.</summary>
    public InMemoryLog Log { get; } = new(id);

    /// <summary>How others address it.</summary>
    public PeerEndpoint Endpoint => new() { Id = id, Address = $"https://{id}.example:7443", Pins = [Pin] };

    /// <summary>Its pin.</summary>
    public static string Pin { get; } = new('b', 64);

    /// <summary>Dial: thrown by every call while set: a peer that is away, refuses, or shows another key.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Dial: what the list says instead of the truth.</summary>
    public Func<IEnumerable<SegmentMetadata>, IEnumerable<SegmentMetadata>> List { get; set; } = segments => segments;

    /// <summary>Dial: segments whose bytes are altered on the way or at rest.</summary>
    public ISet<string> Altered { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Dial: segments that are listed but cannot be had any more.</summary>
    public ISet<string> Vanished { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Dial: runs before each fetch, for a log that grows between listing and fetching.</summary>
    public Action<FakePeer>? BeforeFetch { get; set; }

    /// <summary>Dial: runs before each answer that names reconciled segments, for a log that grows between finding and asking.</summary>
    public Func<SegmentsRequest, Task>? BeforeSegments { get; set; }

    /// <summary>Dial: the next fetch streams this many segments and then fails; -1 for never. Used once.</summary>
    public int BreakNextFetchAfter { get; set; } = -1;

    /// <summary>Dial: the next fetch streams this many segments and then stands still until its caller gives up; -1 for never. Used once.</summary>
    public int StallNextFetchAfter { get; set; } = -1;

    /// <summary>Done when that fetch stands still: everything before is taken.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>Dial: every fetch ends in silence after this many segments, against the protocol; -1 for never.</summary>
    public int WithholdAfter { get; set; } = -1;

    /// <summary>The routes of reconciliation asked so far, in order.</summary>
    public IReadOnlyCollection<string> Routes => _routes;

    /// <summary>The segments asked for so far, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Dial: the next calls fail so, one each.</summary>
    public void FailNext(params Exception[] failures)
    {
        foreach (var failure in failures)
            _failures.Enqueue(failure);
    }

    /// <summary>Dial: calls wait until <see cref="Release"/>, as with a peer that is slow.</summary>
    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the calls go on.</summary>
    public void Release() => Interlocked.Exchange(ref _gate, null)?.TrySetResult();

    private SharedLog Shared => new SharedLogs(Log, new SegmentIndex(Log)).Of(Scope);

    /// <inheritdoc/>
    public async Task<PeerInfo> GetInfoAsync(PeerEndpoint peer, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        var head = await Shared.Log.GetHeadAsync(cancellationToken).ConfigureAwait(false);
        return new PeerInfo(new OperatorId(id), head.Fingerprint.ToRoot(), head.SegmentCount, head.EntryCount, head.SizeBytes, Capabilities) { Scope = Scope };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SegmentMetadata> GetSegmentListAsync(PeerEndpoint peer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        foreach (var segment in List(await Shared.Log.GetSegmentMetadataAsync(null, int.MaxValue, cancellationToken).ConfigureAwait(false)))
            yield return segment;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(PeerEndpoint peer, IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await Log.GetSegmentMetadataAsync(ids, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<LogSegment?> GetSegmentAsync(PeerEndpoint peer, SegmentId id, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await Log.ExportSegmentAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FetchedSegment> FetchSegmentsAsync(
        PeerEndpoint peer, IReadOnlyList<SegmentWish> wanted, FetchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        BeforeFetch?.Invoke(this);
        var breakAfter = BreakNextFetchAfter;
        var stallAfter = StallNextFetchAfter;
        (BreakNextFetchAfter, StallNextFetchAfter) = (-1, -1);
        for (var index = 0; index < wanted.Count && index != WithholdAfter; index++)
        {
            if (index == breakAfter)
                throw new PeerUnavailableException(SyncReasons.PeerUnavailable, $"Peer '{id}' closed the connection; check that its gateway runs.");
            if (index == stallAfter)
            {
                _stalled.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
            }

            _asked.Enqueue(wanted[index].Segment.Id.Value);
            yield return await FetchAsync(wanted[index], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LogEntry>?> GetEntriesAsync(PeerEndpoint peer, SegmentId id, IReadOnlyCollection<ContentHash> entryHashes, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        var segment = await Log.ExportSegmentAsync(id, cancellationToken).ConfigureAwait(false);
        return segment is null ? null : [.. Enumerable.Range(0, segment.Count).Select(segment.EntryAt).Where(entry => entryHashes.Contains(entry.Hash))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, EntryKey>> GetWinnersAsync(PeerEndpoint peer, IReadOnlyCollection<string> entryIds, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await ((Causality.Storage.Log.ISharedLog)Log).FindWinnersAsync(entryIds, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many segments were sent to it so far, whether it took them or not.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Dial: segments that are refused when they are sent, with this reason.</summary>
    public IDictionary<string, string> Refused { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<PushedSegment> SendSegmentAsync(PeerEndpoint peer, LogSegment segment, ITransferPace? pace, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _sent);
        if (Refused.TryGetValue(segment.Metadata.Id.Value, out var reason))
            return new PushedSegment(0, reason, $"Peer '{id}' refused it.");
        var result = await Log.ImportSegmentAsync(segment, cancellationToken).ConfigureAwait(false);
        return new PushedSegment(result.EntriesAdded, null, null);
    }

    private async Task<FetchedSegment> FetchAsync(SegmentWish wish, CancellationToken cancellationToken)
    {
        var wanted = wish.Segment;
        var segment = await Log.ExportSegmentAsync(wanted.Id, cancellationToken).ConfigureAwait(false);
        if (wish.Entries is { } entries)
        {
            var found = segment?.IndexesOf(entries.ToHashSet()) ?? [];
            var part = found.Count == 0 ? null : LogSegment.FromEntries(wanted.Id, wanted.Origin, found.Select(segment!.EntryAt));
            return new FetchedSegment(wanted, part, part is null ? FetchedSegment.Gone : null, part is null ? "None of the entries is at the peer." : null, part?.Content.Length ?? 0);
        }

        if (segment is null || (wanted.HasContentHash ? segment.Metadata.ContentHash != wanted.ContentHash : segment.Metadata.SizeBytes != wanted.SizeBytes) || Vanished.Contains(wanted.Id.Value))
            return new FetchedSegment(wanted, null, FetchedSegment.Gone, $"Segment {wanted.Id} has changed or gone at the peer.", 0);
        if (!Altered.Contains(wanted.Id.Value))
            return new FetchedSegment(wanted, segment, null, null, segment.Content.Length);

        var bytes = segment.Content.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        try
        {
            LogSegment.ParseVerified(wanted.Id, wanted.Origin, bytes, segment.Metadata.ContentHash);
            throw new InvalidOperationException("Altered bytes passed the check.");
        }
        catch (ContentHashMismatchException mismatch)
        {
            return new FetchedSegment(wanted, null, SyncReasons.ContentHashMismatch, mismatch.Message, bytes.Length);
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (_gate is { } gate)
            await gate.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_failures.TryDequeue(out var next))
            throw next;
        if (Failure is { } failure)
            throw failure;
    }
}
