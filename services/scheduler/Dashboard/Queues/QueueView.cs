using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>What the page of the queues shows.</summary>
/// <param name="Transport">What carries the messages, for people.</param>
/// <param name="Broker">The broker, or why it could not be looked at; null where no management API is set.</param>
/// <param name="Local">The outbox and the inbox, or why not.</param>
public sealed record QueueView(string Transport, Reading<BrokerView>? Broker, Reading<LocalMessages> Local);
