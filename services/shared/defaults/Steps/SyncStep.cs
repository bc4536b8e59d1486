using Causality.Contracts;
using Causality.Messaging;
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
    /// <param name="count">Adds to a failure what the step had done by then; null for a step that counts nothing.</param>
    public static async Task RunAsync(
        ITransactionalOutbox outbox, string step, Guid syncId, int attempt, ILogger logger, Func<Task> work, CancellationToken cancellationToken, Func<CausalityDbContext, SyncStepFailed, Task<SyncStepFailed>>? count = null)
    {
        try
        {
            await work();
        }
        catch (AttemptStoppedException stopped)
        {
            logger.AttemptStopped(step, stopped.SyncId, stopped.Attempt);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && StepFailure.Of(exception) is { } failure)
        {
            logger.StepFailed(step, syncId, attempt, failure.Reason, exception.Message);
            await using var unit = await outbox.BeginAsync(cancellationToken, syncId);
            var failed = new SyncStepFailed
            {
                SyncId = syncId,
                Attempt = attempt,
                Step = step,
                Reason = failure.Reason,
                Detail = exception.Message,
                Retryable = failure.Retryable,
                RetryAfterMs = failure.RetryAfter is { } wait ? (long)wait.TotalMilliseconds : null,
            };
            unit.Publish(count is null ? failed : await count(unit.Database, failed));
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
}
