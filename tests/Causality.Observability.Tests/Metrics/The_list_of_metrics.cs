using Causality.Observability.Tests.Tools;
using Causality.ServiceDefaults.Telemetry.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Observability.Tests.Metrics;

/// <summary>The page that people read, against the operator that they run.</summary>
public sealed class The_list_of_metrics : IAsyncDisposable
{
    private readonly Operators _operators = new();

    public ValueTask DisposeAsync() => _operators.DisposeAsync();

    [Fact]
    public async Task Should_be_what_a_running_operator_tells()
    {
        var one = await _operators.StartAsync("one");

        var told = one.Services.GetRequiredService<MetricsPage>().Kinds.Where(pair => pair.Name.StartsWith("causality_", StringComparison.Ordinal)).ToList();

        told.ShouldBe(MetricsReference.Ours);
    }
}
