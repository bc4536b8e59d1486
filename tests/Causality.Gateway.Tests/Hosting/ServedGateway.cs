namespace Causality.Gateway.Tests.Hosting;

/// <summary>A gateway shared by the tests of one class.</summary>
public sealed class ServedGateway : IAsyncLifetime
{
    internal GatewayHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
