using MassTransit;

namespace Causality.Messaging.Tests.Sample;

/// <summary>A saga that counts.</summary>
public sealed class CounterState : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int Count { get; set; }

    public int Version { get; set; }

    public Guid? Timer { get; set; }
}
