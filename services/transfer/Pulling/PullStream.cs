using System.Threading.Channels;
using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Log.Staging;
using Causality.Transfer.Pacing;

namespace Causality.Transfer.Pulling;

/// <summary>One of the streams of a pull: takes a request's worth of the plan at a time, fetches it, and fills batches for the one who stores.</summary>
/// <remarks>
/// A batch is offered when it is worth a barrier and a transaction. While the one before it is still being stored this one grows on, up to a bound at which the
/// stream stops reading and the peer waits: so a fast disk gets small batches, a slow one large ones, and memory stays where it is.
/// </remarks>
internal sealed class PullStream(
    ISyncProtocol protocol, IImportStaging staging, TransferSegments command, FetchOptions options, PeerPatience patience, PullQueue requests, RequestSize size, ChannelWriter<PullBatch> batches, TimeProvider time)
    : IAsyncDisposable
{
    private const long WorthBytes = 8 * 1024 * 1024;
    private const int WorthSegments = 250;
    private const long MostBytes = 32 * 1024 * 1024;
    private const long MostBytesKept = 8 * 1024 * 1024;
    private const int MostSegments = 1_000;
    private static readonly TimeSpan WorthTime = TimeSpan.FromMilliseconds(250);

    private PullBatch? _batch;

    private static bool IsFull(PullBatch batch) => batch.Bytes >= MostBytes || batch.BytesKept >= MostBytesKept || batch.Count >= MostSegments;

    private bool IsWorthStoring(PullBatch batch) =>
        batch.Entries >= command.Settings.BatchSize && (batch.Bytes >= WorthBytes || batch.Count >= WorthSegments || time.GetElapsedTime(batch.Began) >= WorthTime);

    /// <summary>Works until no request is left, or one fails.</summary>
    /// <param name="cancellationToken">Ends it; what has come whole is handed over.</param>
    /// <param name="keep">Ends that as well; what is not stored then is dropped.</param>
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken keep)
    {
        try
        {
            while (requests.Take(size.Entries) is { } wanted)
            {
                var coming = await FetchPatientlyAsync(wanted, cancellationToken, keep);
                size.Note(coming, wanted.Sum(planned => planned.Entries));
            }
        }
        finally
        {
            // Also after a break, and when the process is asked to stop: what came in whole is worth keeping.
            if (_batch is { } last && !keep.IsCancellationRequested)
                await HandOverAsync(last, keep);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batch?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<TimeSpan> FetchPatientlyAsync(PlannedSegment[] wanted, CancellationToken cancellationToken, CancellationToken keep)
    {
        while (true)
        {
            try
            {
                return await FetchAsync(wanted, cancellationToken, keep);
            }
            catch (PeerUnavailableException overloaded) when (overloaded.Reason == SyncReasons.PeerOverloaded)
            {
                // An answer that asks to wait comes instead of a stream, so nothing of this request has been taken.
                if (!await patience.WaitAsync(overloaded, cancellationToken))
                    throw;
            }
        }
    }

    // Returns how long it came, without the way there and back: that of a far peer is no reason to ask for little.
    private async Task<TimeSpan> FetchAsync(PlannedSegment[] wanted, CancellationToken cancellationToken, CancellationToken keep)
    {
        var (received, first) = (0, 0L);
        // Where little is to come, and where entries do, compressing is worth it on any link.
        var how = options with { Compressed = options.Compressed || requests.IsSmall || wanted[0].Wish.Entries is not null };
        await foreach (var fetched in protocol.FetchSegmentsAsync(command.Peer, Array.ConvertAll(wanted, planned => planned.Wish), how, cancellationToken))
        {
            if (received == 0)
                first = time.GetTimestamp();
            patience.Reset();
            TransferMetrics.BytesIn.Add(fetched.BytesReceived);
            var batch = _batch ??= new PullBatch(staging.Begin(command.SyncId), time.GetTimestamp());
            await batch.AddAsync(wanted[received++], fetched, keep);
            if (IsFull(batch))
                await HandOverAsync(batch, cancellationToken);
            else if (IsWorthStoring(batch) && batches.TryWrite(batch))
                _batch = null;
        }

        // Rows that nobody answers for would stay pending, and be asked for again and again.
        if (received < wanted.Length)
            throw new ProtocolViolationException($"Peer '{command.Peer.Id}' answered for {received} of the {wanted.Length} segments asked for; each wanted segment needs an answer.");
        return time.GetElapsedTime(first);
    }

    private async Task HandOverAsync(PullBatch batch, CancellationToken cancellationToken)
    {
        await batches.WriteAsync(batch, cancellationToken);
        _batch = null;
    }
}
