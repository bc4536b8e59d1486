using System.Security.Cryptography.X509Certificates;
using Causality.Contracts.Http;
using Causality.Protocol.Identity;
using Causality.Protocol.Server.Connections;
using Causality.Protocol.Server.Forwarding;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>Lets a request in by the key that its connection has proved to hold.</summary>
internal static class PeerAuthentication
{
    /// <summary>Looked up when there is no certificate, so that the answer takes the same way and time as for an unknown key.</summary>
    private static readonly string NobodysPin = new('0', SpkiPin.Length);

    public static KnownPeer? PeerOf(HttpContext context) => context.Features.Get<KnownPeer>();

    /// <summary>The key that the request has come with, as far as it was looked at.</summary>
    public static string? PinOf(HttpContext context) => context.Features.Get<ShownKey>()?.Pin;

    /// <summary>Wraps a handler: it runs for known peers that have the permission and are within their limits only, whatever pipeline it is mapped into.</summary>
    public static RequestDelegate Require(PeerPermissions permission, PeerLoad load, RequestDelegate handler) => async context =>
    {
        var (peer, pin, isForwarded) = await AuthenticateAsync(context);
        context.Features.Set(peer);
        var close = Open(context, peer, pin, isForwarded);
        try
        {
            RequirePermission(peer, permission);
            await PeerTurn.RunAsync(context, peer, load, () => handler(context));
        }
        finally
        {
            close?.Invoke();
        }
    };

    private static void RequirePermission(KnownPeer peer, PeerPermissions permission)
    {
        if (peer.Permissions.HasFlag(permission))
            return;
        var name = permission.ToString().ToLowerInvariant();
        throw new RequestProblemException(
            StatusCodes.Status403Forbidden, ProblemTypes.PermissionDenied, $"You do not have the permission '{name}' here: ask this operator for it.").With("permission", name);
    }

    /// <summary>Notes what can be cut when the key is let in no more: the connection, or of a proxy's connection this request only.</summary>
    /// <returns>To be called when the request ends; null when the connection remembers.</returns>
    private static Action? Open(HttpContext context, KnownPeer peer, string pin, bool isForwarded)
    {
        var sessions = context.RequestServices.GetRequiredService<PeerSessions>();
        var connection = context.Features.Get<DoorConnection>();
        if (isForwarded || connection is null)
        {
            connection?.Prove();
            return sessions.Open(pin, context.Abort);
        }

        connection.Prove(() =>
        {
            var budget = context.RequestServices.GetRequiredService<PeerBudgets>().Of(peer.Id);
            budget.Connect();
            connection.AtEnd(budget.Disconnect);
            connection.AtEnd(sessions.Open(pin, () => connection.Cut("its key is let in no more")));
        });
        return null;
    }

    private static async Task<(KnownPeer Peer, string Pin, bool IsForwarded)> AuthenticateAsync(HttpContext context)
    {
        var forwarded = context.RequestServices.GetRequiredService<ForwardedCertificates>();
        var isForwarded = forwarded.IsFromProxy(context);
        using var passedOn = isForwarded ? forwarded.Read(context) : null;
        var certificate = isForwarded ? passedOn : context.Connection.ClientCertificate;
        var pin = certificate is null ? NobodysPin : SpkiPin.Of(certificate);
        if (certificate is not null)
            context.Features.Set(new ShownKey(pin));
        var peer = await context.RequestServices.GetRequiredService<IKnownPeers>().FindByPinAsync(pin, context.RequestAborted);
        if (certificate is null || peer is null)
        {
            throw new RequestProblemException(
                StatusCodes.Status401Unauthorized, ProblemTypes.Unauthenticated,
                "The connection shows no key of a known peer: ask this operator to add your operator id and pin.");
        }

        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        return Fault(certificate, time.GetUtcNow()) is { } fault
            ? throw new RequestProblemException(StatusCodes.Status401Unauthorized, ProblemTypes.CertificateRejected, fault)
            : (peer, pin, isForwarded);
    }

    private static string? Fault(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now > certificate.NotAfter.ToUniversalTime())
            return "The certificate has expired: renew it with the same key.";
        if (now < certificate.NotBefore.ToUniversalTime())
            return "The certificate is not valid yet: check both clocks.";

        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault()?.EnhancedKeyUsages;
        return usages is not null && usages[IdentityCertificate.ClientAuthentication] is null ? "The certificate is not meant for clients: it lacks the extended key usage clientAuth." : null;
    }

    private sealed record ShownKey(string Pin);
}
