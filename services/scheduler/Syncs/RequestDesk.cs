using System.Threading.Channels;
using Causality.Contracts;
using Causality.Messaging;
using Causality.Storage;
using Causality.Storage.Observing;

namespace Causality.Scheduler.Syncs;

/// <summary>Takes requests from everywhere in this process and admits those that wait together in one transaction.</summary>
/// <remarks>
/// A hundred thousand requests in a few seconds all want the same peers' rows; one transaction each would queue for hours behind the lock, hundreds at a
/// time pass in seconds. A caller returns once its request is committed, so a message is acknowledged only then.
/// </remarks>
public sealed class RequestDesk(ITransactionalOutbox outbox, IServiceScopeFactory scopes) : BackgroundService
{
    private const int MaxBatch = 500;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(2 * MaxBatch) { SingleReader = true });

    /// <summary>Admits a request together with its neighbours.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fallbackId">The sync id if it names none.</param>
    /// <param name="cancellationToken">Gives up waiting; the request may be admitted all the same.</param>
    /// <param name="isRepeated">See <see cref="RequestToAdmit.IsRepeated"/>.</param>
    /// <returns>One element per peer that the request covers.</returns>
    public async Task<IReadOnlyList<AdmittedSync>> AdmitAsync(SyncRequested request, Guid fallbackId, CancellationToken cancellationToken, bool isRepeated = false)
    {
        var waiting = new Waiting(new RequestToAdmit(request, fallbackId, isRepeated, Tracing.Current), new TaskCompletionSource<IReadOnlyList<AdmittedSync>>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(MaxBatch);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var waiting))
                    batch.Add(waiting);
                await AdmitBatchAsync(batch, stoppingToken);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var waiting))
                waiting.Answer.TrySetCanceled(stoppingToken);
        }
    }

    private async Task AdmitBatchAsync(List<Waiting> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await using var unit = await outbox.BeginAsync(cancellationToken);
            var admission = scope.ServiceProvider.GetRequiredService<SyncAdmission>();
            var admitted = await admission.AdmitAllAsync(unit.Database, new UnitPublisher(unit), batch.ConvertAll(waiting => waiting.Request), cancellationToken);
            Failpoint.Reach(Failpoints.AdmissionBeforeCommit);
            await unit.CommitAsync(cancellationToken);
            Failpoint.Reach(Failpoints.AdmissionAfterCommit);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.TrySetResult(admitted[i]);
        }
        catch (Exception exception)
        {
            // Each caller decides for itself: a message is tried again, an HTTP request gets its answer.
            foreach (var waiting in batch)
                waiting.Answer.TrySetException(exception);
        }
    }

    private sealed record Waiting(RequestToAdmit Request, TaskCompletionSource<IReadOnlyList<AdmittedSync>> Answer);
}
