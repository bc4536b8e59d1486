using Causality.Contracts;
using Causality.Core;
using Causality.Messaging;
using Causality.Protocol;
using Causality.Storage;
using Causality.Storage.Database;
using Microsoft.Extensions.Logging;

namespace Causality.ServiceDefaults.Steps;

/// <summary>What every step of a sync has in common: a failure with a known reason is an answer to the saga, anything else is a fault for the retry and the error queue.</summary>
public static class SyncStep
{
    /// <summary>Runs a step; failures that have a reason code become <see cref="SyncStepFailed"/>.</summary>
    /// <param name="outbox">Where the answer goes out.</param>
    /// <param name="step">One of <see cref="SyncSteps"/>.</param>
    /// <param name="syncId">The sync.</param>
    /// <param name="attempt">The attempt that asked.</param>
    /// <param name="logger">The step's log.</param>
    /// <param name="work">The step; publishes its own answer when it succeeds.</param>
    /// <param name="cancellationToken">The process is stopping: the command goes back to the queue.</param>
    public static async Task RunAsync(ITransactionalOutbox outbox, string step, Guid syncId, int attempt, ILogger logger, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (AttemptStoppedException stopped)
        {
            logger.AttemptStopped(step, stopped.SyncId, stopped.Attempt);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Explain(exception) is { } failure)
        {
            logger.StepFailed(step, syncId, attempt, failure.Reason, exception.Message);
            await using var unit = await outbox.BeginAsync(cancellationToken, syncId);
            unit.Publish(new SyncStepFailed
            {
                SyncId = syncId,
                Attempt = attempt,
                Step = step,
                Reason = failure.Reason,
                Detail = exception.Message,
                Retryable = failure.Retryable,
                RetryAfterMs = failure.RetryAfter is { } wait ? (long)wait.TotalMilliseconds : null,
            });
            await unit.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Tells the saga that the step is alive, without figures.</summary>
    public static async Task ReportAsync(ITransactionalOutbox outbox, string step, Guid syncId, int attempt, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken, syncId);
        unit.Publish(Progress(step, syncId, attempt));
        await unit.CommitAsync(cancellationToken);
    }

    /// <summary>The message that a step is alive.</summary>
    public static SyncStepProgressed Progress(string step, Guid syncId, int attempt) => new() { SyncId = syncId, Attempt = attempt, Step = step };

    // The one place where an exception becomes a reason code and the answer to "retry?".
    private static Failure? Explain(Exception exception) => exception switch
    {
        PeerUnavailableException unavailable => new(unavailable.Reason, true, unavailable.RetryAfter),
        PeerRefusedException refused => new(refused.Reason, false),
        ProtocolViolationException => new(SyncReasons.ProtocolViolation, false),
        ContentHashMismatchException => new(SyncReasons.ContentHashMismatch, true),
        SegmentInvalidException => new(SyncReasons.SegmentInvalid, false),
        StorageUnavailableException => new(SyncReasons.StorageFailed, true),
        _ => null,
    };

    private sealed record Failure(string Reason, bool Retryable, TimeSpan? RetryAfter = null);
}
