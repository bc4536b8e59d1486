using Causality.Messaging.Tests.Sample;
using Causality.Storage;
using Causality.Storage.Database;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.Messaging.Tests.Hosting;

/// <summary>A process on the bus, as the services build it, with the sample's tables.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly IHost _host;

    private Service(IHost host) => _host = host;

    public Observations Seen => _host.Services.GetRequiredService<Observations>();

    public ITransactionalOutbox Outbox => _host.Services.GetRequiredService<ITransactionalOutbox>();

    public IBus Bus => _host.Services.GetRequiredService<IBus>();

    public IServiceProvider Provider => _host.Services;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Built, its tables made, but no hosted service runs: like a process that dies at once.</summary>
    public static async Task<Service> BuildAsync(Backend backend, Action<IBusRegistrationConfigurator> configure, Action<BusOptions>? options = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Causality.Messaging", LogLevel.Information);
        builder.Services.AddSingleton<Observations>();
        builder.Services.AddSingleton<ILoggerProvider, LogLines>();
        builder.Services.AddCausalityStorage(backend.Configure);
        builder.Services.AddEntityTables<SampleTables>();
        builder.Services.AddCausalityBus(bus =>
        {
            backend.Configure(bus);
            options?.Invoke(bus);
        }, configure);
        var service = new Service(builder.Build());
        await service._host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(Cancelled);
        await service.QueryAsync(database => SampleTables.CreateAsync(database, Cancelled));
        return service;
    }

    public static async Task<Service> StartAsync(Backend backend, Action<IBusRegistrationConfigurator> configure, Action<BusOptions>? options = null)
    {
        var service = await BuildAsync(backend, configure, options);
        await service.StartAsync(Cancelled);
        return service;
    }

    /// <summary>Starts what was built; returns when the bus is ready.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    public async Task<T> QueryAsync<T>(Func<CausalityDbContext, Task<T>> query)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<CausalityDbContext>());
    }

    public Task<List<string>> EffectsAsync() => QueryAsync(database => database.Set<Effect>().OrderBy(effect => effect.Id).Select(effect => effect.Text).ToListAsync(Cancelled));

    /// <summary>Commits messages and nothing else.</summary>
    public async Task CommitAsync(Action<IOutboxUnit> fill, Guid? orderKey = null)
    {
        await using var unit = await Outbox.BeginAsync(Cancelled, orderKey);
        fill(unit);
        await unit.CommitAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
