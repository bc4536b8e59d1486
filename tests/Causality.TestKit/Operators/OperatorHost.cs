using Causality.Messaging;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults;
using Causality.Storage.Database;
using Causality.Storage.Log;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.TestKit.Operators;

/// <summary>One process of an operator, composed as <c>ServiceProcess</c> composes it, on a free port, with what the bus carries on record.</summary>
public sealed class OperatorHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private OperatorHost(WebApplication application)
    {
        _application = application;
        Http = new HttpClient { BaseAddress = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    /// <summary>A client of the process's own HTTP.</summary>
    public HttpClient Http { get; }

    /// <summary>The process's services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>What the bus has carried, of the types that the test wanted on record.</summary>
    public BusRecorder Bus => Services.GetRequiredService<BusRecorder>();

    /// <summary>The operator's log, without a writer: seed it by import.</summary>
    public ISyncableStorage Log => Services.GetRequiredService<ISyncableStorage>();

    /// <summary>Starts a process of operator <c>alpha</c>.</summary>
    /// <param name="store">Where it keeps its things.</param>
    /// <param name="serviceName">One of the storage's service names.</param>
    /// <param name="services">Adds its rooms.</param>
    /// <param name="consumers">Adds its consumers and the test's recorders.</param>
    /// <param name="map">Maps its routes; null for none.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="settings">More configuration.</param>
    public static async Task<OperatorHost> StartAsync(
        OperatorStore store, string serviceName, Action<WebApplicationBuilder> services, Action<IBusRegistrationConfigurator> consumers,
        Action<IEndpointRouteBuilder>? map = null, TimeProvider? time = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Operator:Id"] = "alpha", ["Http:Url"] = "http://127.0.0.1:0" });
        builder.Configuration.AddInMemoryCollection(store.Settings);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<BusRecorder>();
        builder.AddServiceDefaults(serviceName);
        builder.Logging.ClearProviders();
        builder.Services.AddOperatorIdentity();
        builder.Services.AddApplicationListener("http://127.0.0.1:0");
        builder.Services.AddCausalityBus(builder.Configuration, consumers);
        services(builder);

        var application = builder.Build();
        var routes = application.UseServiceDefaults();
        map?.Invoke(routes);
        await application.StartAsync().ConfigureAwait(false);
        return new OperatorHost(application);
    }

    /// <summary>Publishes as another service would.</summary>
    public async Task PublishAsync<T>(T message) where T : class => await Services.GetRequiredService<IBus>().Publish(message).ConfigureAwait(false);

    /// <summary>Publishes under a message id of the test's choosing: the same one again is a redelivery.</summary>
    public async Task PublishAsync<T>(T message, Guid messageId) where T : class =>
        await Services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = messageId).ConfigureAwait(false);

    /// <summary>Reads the database.</summary>
    public async Task<T> QueryAsync<T>(Func<CausalityDbContext, Task<T>> query)
    {
        var scope = Services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await query(scope.ServiceProvider.GetRequiredService<CausalityDbContext>()).ConfigureAwait(false);
    }

    /// <summary>Changes the database in a transaction of its own.</summary>
    public async Task ChangeAsync(Func<CausalityDbContext, Task> change)
    {
        var unit = await Services.GetRequiredService<ITransactionalOutbox>().BeginAsync(CancellationToken.None).ConfigureAwait(false);
        await using (unit.ConfigureAwait(false))
        {
            await change(unit.Database).ConfigureAwait(false);
            await unit.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the process gracefully.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        SqliteConnection.ClearAllPools();
    }
}
