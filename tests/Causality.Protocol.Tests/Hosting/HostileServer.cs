using System.Net;
using Causality.Contracts;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>A peer with the right key and whatever behaviour a test gives it, and a client that talks to it.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly OperatorIdentity _identity;
    private readonly OperatorIdentity _clientIdentity;

    private HostileServer(WebApplication application, OperatorIdentity identity, OperatorIdentity clientIdentity, HttpSyncProtocol protocol) =>
        (_application, _identity, _clientIdentity, Protocol) = (application, identity, clientIdentity, protocol);

    public HttpSyncProtocol Protocol { get; }

    public PeerEndpoint Endpoint => new()
    {
        Id = "mallory",
        Address = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        Pins = [_identity.Pin],
    };

    public static async Task<HostileServer> StartAsync(RequestDelegate behaviour, HttpSyncProtocolOptions? options = null)
    {
        var identity = TestIdentities.Make("mallory");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(identity).AddSingleton<IKnownPeers>(new FixedPeers());
        builder.Services.AddPeerListener(_ => new ListenAddress("https", IPAddress.Loopback, false, 0));
        var application = builder.Build();
        application.Run(behaviour);
        await application.StartAsync();
        var clientIdentity = TestIdentities.Make("alpha");
        return new HostileServer(application, identity, clientIdentity, new HttpSyncProtocol(clientIdentity, options ?? new HttpSyncProtocolOptions(), TimeProvider.System));
    }

    /// <summary>Answers every request with one body.</summary>
    public static Task<HostileServer> AnsweringAsync(string contentType, byte[] body, int status = 200, Action<IHeaderDictionary>? headers = null) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        headers?.Invoke(context.Response.Headers);
        return context.Response.Body.WriteAsync(body).AsTask();
    });

    /// <summary>Ends when the client has closed the connection.</summary>
    public static async Task UntilTheClientLeavesAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public async ValueTask DisposeAsync()
    {
        Protocol.Dispose();
        await _application.DisposeAsync();
        _identity.Dispose();
        _clientIdentity.Dispose();
    }
}
