using Causality.Contracts.Http.Control;
using Causality.Protocol.Identity;
using Causality.Scheduler;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Causality.Standalone.Embedding;

/// <summary>An operator in this process, for an application that has no web host of its own: make it, start it, use its log and its sync manager, stop it.</summary>
public sealed class CausalityOperator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _started;

    private CausalityOperator(WebApplication app) => _app = app;

    /// <summary>Peers, syncs and their results.</summary>
    public SyncManager SyncManager => _app.Services.GetRequiredService<SyncManager>();

    /// <summary>The operator's log.</summary>
    public ISyncableStorage Log => _app.Services.GetRequiredService<ISyncableStorage>();

    /// <summary>Everything else that the operator registers.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The operator's id.</summary>
    public string Id => Identity.OperatorId.Value;

    /// <summary>The pin that peers need to know this operator by.</summary>
    public string Pin => Identity.Pin;

    /// <summary>Where peers reach this operator, once started.</summary>
    public string PeerAddress => AddressOf(Uri.UriSchemeHttps);

    /// <summary>Where the application and control API answer, once started.</summary>
    public string Address => AddressOf(Uri.UriSchemeHttp);

    private OperatorIdentity Identity => _app.Services.GetRequiredService<OperatorIdentity>();

    /// <summary>Composes an operator; nothing is opened before <see cref="StartAsync"/>.</summary>
    /// <param name="configure">Its settings.</param>
    /// <param name="args">A command line that is read as configuration, such as <c>--Sync:SyncInterval=00:01:00</c>.</param>
    /// <param name="customize">A last look at the host, for logging or for services of the application's own, such as an <c>IPeerDiscovery</c>.</param>
    public static CausalityOperator Create(Action<CausalityOperatorOptions> configure, string[]? args = null, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args ?? []);
        builder.AddCausalityOperator(configure);
        customize?.Invoke(builder);
        return new CausalityOperator(builder.Build().UseCausalityOperator());
    }

    /// <summary>Opens the log and the listeners and starts syncing.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _started, 1);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (OptionsValidationException)
        {
            // Nothing has begun, and a host that has not begun fails to stop: that would hide which setting is wrong.
            Volatile.Write(ref _started, 0);
            throw;
        }
    }

    /// <summary>Finishes what is in hand and closes everything.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => Interlocked.Exchange(ref _started, 0) == 1 ? _app.StopAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>How another operator adds this one as a peer.</summary>
    public PeerRequest AsPeer() => new() { Id = Id, Address = PeerAddress.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal), Pins = [Pin] };

    /// <summary>Stops the operator, if it runs, and lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    private string AddressOf(string scheme) =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith(scheme + "://", StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"Operator {Id} has no {scheme} address before it is started.");
}
