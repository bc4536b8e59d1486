namespace Causality.Standalone.Tests.Embedding;

/// <summary>Tests with an operator or a bus inside the test's own process: one after the other, because the bus keeps its logger per process. Those that only start programs run beside them.</summary>
[CollectionDefinition(Name)]
public sealed class InThisProcess
{
    public const string Name = "in this process";
}
