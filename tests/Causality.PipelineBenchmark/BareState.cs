using MassTransit;

namespace Causality.PipelineBenchmark;

/// <summary>A saga that is forgotten with its process.</summary>
internal sealed class BareState : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int Version { get; set; }
}
