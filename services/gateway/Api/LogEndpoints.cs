using Causality.Contracts.Http;
using Causality.Gateway.Options;
using Causality.Protocol.Identity;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Wire;
using Causality.Storage.Log;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Causality.ServiceDefaults.Control;

namespace Causality.Gateway.Api;

/// <summary>The log as a whole, and who keeps it.</summary>
internal static class LogEndpoints
{
    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApplicationRoutes.Log, LogAsync).OnListener(ListenerKind.Application).RequireAuthorization(ControlPolicies.Read);
        routes.MapPost(ApplicationRoutes.Publish, PublishAsync).OnListener(ListenerKind.Application).RequireAuthorization(ControlPolicies.Append);
        routes.MapGet(ApplicationRoutes.Identity, IdentityAsync).OnListener(ListenerKind.Application).RequireAuthorization(ControlPolicies.Read);
    }

    private static async Task LogAsync(HttpContext context)
    {
        var log = context.RequestServices.GetRequiredService<ISyncableStorage>();
        var head = await log.GetHeadAsync(context.RequestAborted);
        await AnswerAsync(context, new LogAnswer
        {
            OperatorId = IdentityOf(context).OperatorId.Value,
            Root = head.Fingerprint.ToRoot(),
            Segments = head.SegmentCount,
            Entries = await log.CountAsync(context.RequestAborted),
            SizeBytes = head.SizeBytes,
            Version = head.Version,
        });
    }

    /// <summary>Answers with the log as peers see it from now on.</summary>
    private static async Task PublishAsync(HttpContext context)
    {
        await context.RequestServices.GetRequiredService<ILogWriter>().PublishAsync(context.RequestAborted);
        await LogAsync(context);
    }

    private static Task IdentityAsync(HttpContext context)
    {
        var identity = IdentityOf(context);
        return AnswerAsync(context, new IdentityAnswer
        {
            OperatorId = identity.OperatorId.Value,
            Pin = identity.Pin,
            NextPin = context.RequestServices.GetRequiredService<IdentityRotation>().Show().NextPin,
            CertificateExpiresAt = identity.Certificate.NotAfter.ToUniversalTime(),
            PeerUrl = PeerUrl(context.RequestServices),
        });
    }

    private static string? PeerUrl(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<GatewayOptions>>().Value.AdvertisedUrl is { } advertised)
            return advertised;

        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var bound = addresses.FirstOrDefault(address => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

        // "Every address" is where we listen, not where anybody could connect to.
        return bound is null || BindingAddress.Parse(bound).Host is "*" or "+" or "0.0.0.0" or "[::]" ? null : bound;
    }

    private static OperatorIdentity IdentityOf(HttpContext context) => context.RequestServices.GetRequiredService<OperatorIdentity>();

    private static Task AnswerAsync<T>(HttpContext context, T answer) =>
        context.Response.WriteAsJsonAsync(answer, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
}
