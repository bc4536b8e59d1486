using System.Security.Cryptography.X509Certificates;
using Causality.Contracts.Http;
using Causality.Protocol.Identity;
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

    /// <summary>Wraps a handler: it runs for known peers that have the permission only, whatever pipeline it is mapped into.</summary>
    public static RequestDelegate Require(PeerPermissions permission, RequestDelegate handler) => async context =>
    {
        var peer = await AuthenticateAsync(context);
        context.Features.Set(peer);
        if (!peer.Permissions.HasFlag(permission))
        {
            var name = permission.ToString().ToLowerInvariant();
            throw new RequestProblemException(
                StatusCodes.Status403Forbidden, ProblemTypes.PermissionDenied, $"You do not have the permission '{name}' here: ask this operator for it.").With("permission", name);
        }

        if (context.RequestServices.GetService<IServingPaces>()?.Of(peer.Id) is { } pace)
            context.Response.Body = new PacedBody(context.Response.Body, pace);
        await handler(context);
    };

    private static async Task<KnownPeer> AuthenticateAsync(HttpContext context)
    {
        var certificate = context.Connection.ClientCertificate;
        var pin = certificate is null ? NobodysPin : SpkiPin.Of(certificate);
        var peer = await context.RequestServices.GetRequiredService<IKnownPeers>().FindByPinAsync(pin, context.RequestAborted);
        if (certificate is null || peer is null)
        {
            throw new RequestProblemException(
                StatusCodes.Status401Unauthorized, ProblemTypes.Unauthenticated,
                "The connection shows no key of a known peer: ask this operator to add your operator id and pin.");
        }

        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        if (Fault(certificate, time.GetUtcNow()) is { } fault)
            throw new RequestProblemException(StatusCodes.Status401Unauthorized, ProblemTypes.CertificateRejected, fault);
        return peer;
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
}
