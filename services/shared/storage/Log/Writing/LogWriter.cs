using System.Threading.Channels;
using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Log.Index;
using Causality.Storage.Native;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Log.Writing;

/// <summary>Appends to the log: batches that come together are written together, made durable once, and acknowledged then.</summary>
internal sealed class LogWriter(
    IOptions<LogWriterOptions> options, DataFolder folder, IDurability durability, EntryIndex index, AppendChecker checker, PendingEntries pending,
    SegmentPublisher publisher, JournalAdoption adoption, TimeProvider time, ILogger<LogWriter> logger) : IHostedService, ILogWriter, IAsyncDisposable
{
    private const int MaxQueuedBatches = 1_024;
    private const int MaxGroupBatches = 256;

    private readonly Channel<AppendRequest> _queue = Channel.CreateBounded<AppendRequest>(new BoundedChannelOptions(MaxQueuedBatches) { SingleReader = true });
    private readonly PublishPace _pace = new(publisher, options.Value.PublishDelay, time, logger);
    private readonly Lock _lock = new();
    private ActiveSegment? _active;
    private bool _hasAdopted;
    private Task? _loop;

    /// <summary>Appends a batch; see <see cref="ILogStorage.AppendBatchAsync"/>.</summary>
    public async Task<AppendResult> AppendAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
    {
        AppendChecker.CheckLimits(entries);
        EnsureStarted();
        var request = new AppendRequest(entries);
        try
        {
            await _queue.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new StorageUnavailableException("The log writer is stopping; nothing was appended; retry at another replica or after the restart.", e);
        }

        return await request.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PublishAsync(CancellationToken cancellationToken = default) => publisher.PublishAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await adoption.AdoptAsync(cancellationToken).ConfigureAwait(false);
        _hasAdopted = true;
        EnsureStarted();
    }

    /// <summary>Writes what is queued, publishes everything and removes the journals; what cannot be published is adopted at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await EndLoopsAsync(cancellationToken).ConfigureAwait(false);
        _active?.Seal();
        try
        {
            await publisher.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException e)
        {
            LogMessages.PublishFailed(logger, _active?.Id.Value ?? "(sealed)", e);
        }

        publisher.Abandon();
    }

    /// <summary>Lets go. Publishing needs the services that are being disposed with this one, so whoever did not stop leaves journals to be adopted.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndLoopsAsync(CancellationToken.None).ConfigureAwait(false);
        publisher.Abandon();
    }

    private async Task EndLoopsAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (_loop is { } loop)
            await loop.WaitAsync(cancellationToken).ConfigureAwait(false);

        await _pace.DisposeAsync().ConfigureAwait(false);
    }

    private void EnsureStarted()
    {
        lock (_lock)
            _loop ??= Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var group = new List<AppendRequest>(MaxGroupBatches);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            for (var bytes = 0L; bytes < AppendLimits.MaxBatchBytes && group.Count < MaxGroupBatches && _queue.Reader.TryRead(out var request);)
            {
                group.Add(request);
                bytes += request.Entries.Sum(entry => entry.CanonicalBytes.Length + 1L);
            }

            try
            {
                await WriteAsync(group).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Every caller hears the reason; the loop goes on with the next group.
                group.ForEach(request => request.Refuse(e));
                if (_active is { IsBroken: true })
                    Seal();
            }
        }
    }

    private async Task WriteAsync(List<AppendRequest> group)
    {
        if (publisher.Waiting > SegmentPublisher.MaxWaiting)
            throw new StorageUnavailableException($"{publisher.Waiting} segments wait for being published; see the log for why that fails. Nothing was appended; retry later.");

        if (!_hasAdopted)
            await adoption.AdoptAsync(CancellationToken.None).ConfigureAwait(false);
        _hasAdopted = true;
        await index.RefreshAsync().ConfigureAwait(false);

        var accepted = Check(group);
        var entries = accepted.SelectMany(pair => pair.Fresh).ToList();
        if (entries.Count > 0)
            Write(entries);
        foreach (var (request, fresh) in accepted)
            request.Acknowledge(fresh.Count);
    }

    private List<(AppendRequest Request, List<LogEntry> Fresh)> Check(List<AppendRequest> group)
    {
        var accepted = new List<(AppendRequest, List<LogEntry>)>(group.Count);
        var together = new Dictionary<string, ContentHash>(StringComparer.Ordinal);
        foreach (var request in group)
        {
            try
            {
                accepted.Add((request, checker.Select(request.Entries, together)));
            }
            catch (DuplicateEntryException e)
            {
                request.Refuse(e);
            }
        }

        return accepted;
    }

    private void Write(List<LogEntry> entries)
    {
        if (_active?.IsRotationDue(time) == true)
            Seal();

        _active ??= NewSegment();
        _active.Append(entries);

        // Readable first, then known: who finds an entry in the index must find its bytes as well.
        pending.Add(entries);
        index.AddPending(entries);
        if (_active.IsRotationDue(time))
            Seal();
        else
            _pace.Appended();
    }

    private ActiveSegment NewSegment()
    {
        var origin = new OperatorId(options.Value.Operator);
        var id = ActiveSegment.NewId(origin, time.GetUtcNow());
        var segment = new ActiveSegment(id, origin, Journal.Create(folder, durability, id, origin), time.GetTimestamp());
        publisher.Add(segment);
        return segment;
    }

    private void Seal()
    {
        _active?.Seal();
        _active = null;
        _pace.Sealed();
    }
}
