using Causality.Messaging.Outbox;
using Causality.Messaging.Transactions;
using MassTransit;
using MassTransit.Scheduling;

namespace Causality.Messaging.Timers;

/// <summary>Schedules messages as outbox rows: within a transactional consumer in its transaction, elsewhere in one of their own.</summary>
internal sealed class DatabaseTimers(ConsumeContext context, TransactionalOutbox outbox) : IScheduleMessageProvider
{
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe,
        CancellationToken cancellationToken) where T : class
    {
        Guid token;
        if (context is ICapturingContext)
        {
            token = ScheduleTokenIdCache<T>.GetTokenId(message, NewId.NextGuid());
            var timed = new ScheduleSendPipe<T>(pipe, scheduledTime) { ScheduledMessageId = token };
            var endpoint = await context.GetSendEndpoint(destinationAddress).ConfigureAwait(false);
            await endpoint.Send(message, timed, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await using var unit = await outbox.BeginUnitAsync(cancellationToken).ConfigureAwait(false);
            token = unit.Schedule(destinationAddress, scheduledTime.ToUniversalTime(), message, pipe);
            await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return new ScheduledMessageHandle<T>(token, scheduledTime, destinationAddress, message);
    }

    public async Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        if (context is ICapturingContext captured)
        {
            captured.Session.Cancel(tokenId);
            return;
        }

        await using var unit = await outbox.BeginUnitAsync(cancellationToken).ConfigureAwait(false);
        unit.Cancel(tokenId);
        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) => CancelScheduledSend(tokenId, cancellationToken);
}
