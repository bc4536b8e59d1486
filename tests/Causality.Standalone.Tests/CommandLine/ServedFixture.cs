namespace Causality.Standalone.Tests.CommandLine;

/// <summary>One operator for many commands.</summary>
public sealed class ServedFixture : IAsyncLifetime
{
    internal ServedOperator Operator { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Operator = await ServedOperator.StartAsync("operator-a");

    public async ValueTask DisposeAsync()
    {
        if (Operator is not null)
            await Operator.DisposeAsync();
    }
}
