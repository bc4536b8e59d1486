using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Servers;

namespace Causality.EndToEnd.Tests.Outages;

/// <summary>Two operators on servers that only they use, so that a test may kill them.</summary>
public sealed class PrivateServers : CrashingOperators
{
    private OperatorServers? _servers;

    /// <summary>The operators' database server.</summary>
    public PrivateServer Postgres { get; private set; } = null!;

    /// <summary>The operators' broker.</summary>
    public PrivateServer RabbitMq { get; private set; } = null!;

    protected override OperatorServers? Servers => _servers;

    public override async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var broker = PrivateServer.StartRabbitMqAsync(cancellationToken);
        Postgres = await PrivateServer.StartPostgresAsync(cancellationToken);
        RabbitMq = await broker;
        _servers = new OperatorServers(
            Postgres.Setting(TestServerVariables.Postgres), new Uri(RabbitMq.Setting(TestServerVariables.RabbitMq)), new Uri(RabbitMq.Setting(TestServerVariables.RabbitMqManagement)));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            foreach (var server in new[] { Postgres, RabbitMq })
            {
                if (server is not null)
                    await server.DisposeAsync();
            }
        }
    }
}

/// <summary>Starts them once.</summary>
[CollectionDefinition(Name)]
public sealed class PrivateServersCollection : ICollectionFixture<PrivateServers>
{
    public const string Name = "private servers";
}
