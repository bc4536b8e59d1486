using System.Globalization;
using System.Net.Http.Headers;
using Causality.Contracts;
using Causality.Core;

namespace Causality.Protocol.Client;

/// <summary>What a failed exchange means: one place where errors of the transport and HTTP statuses become the exceptions of <see cref="ISyncProtocol"/>.</summary>
internal static class PeerFaults
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static string Name(PeerEndpoint peer) => $"Peer '{Printable.Shorten(peer.Id)}' at {Printable.Shorten(peer.Address, 128)}";

    /// <summary>The pinned key was not shown.</summary>
    public static PeerRefusedException PinMismatch(PeerEndpoint peer, string found) => new(
        SyncReasons.PinMismatch,
        $"{Name(peer)} shows another key than the one pinned: expected {string.Join(" or ", peer.Pins.Select(pin => Printable.Shorten(pin)))}, found {found}. "
        + "Either something else answers at that address, or the peer has a new key: ask its operator, then correct the address or the pin.");

    /// <summary>The exchange broke below HTTP, or within the answer.</summary>
    public static Exception Broken(PeerEndpoint peer, Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is PeerRefusedException refused)
                return new PeerRefusedException(refused.Reason, refused.Message, exception);
        }

        var kind = (exception as HttpRequestException)?.HttpRequestError ?? (exception as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown;
        return kind switch
        {
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError =>
                new ProtocolViolationException($"{Name(peer)} does not answer in well-formed HTTP: {exception.Message}", exception),
            HttpRequestError.NameResolutionError => Unavailable(peer, "its host name cannot be resolved; check the address", exception),
            HttpRequestError.SecureConnectionError => Unavailable(peer, "the TLS handshake failed; check that the address is a gateway's peer address", exception),
            HttpRequestError.ResponseEnded => Truncated(peer, exception),
            _ when exception is OperationCanceledException => Unavailable(peer, "the connection could not be made in time; check the address and the firewall", exception),
            _ => Unavailable(peer, $"the connection failed ({exception.Message.TrimEnd('.')}); check that it runs and can be reached", exception),
        };
    }

    public static PeerUnavailableException Unavailable(PeerEndpoint peer, string why, Exception? inner = null) =>
        new(SyncReasons.PeerUnavailable, $"{Name(peer)}: {why}.", null, inner);

    public static PeerUnavailableException Truncated(PeerEndpoint peer, Exception inner) =>
        Unavailable(peer, "the answer is truncated: the connection ended before the answer did", inner);

    /// <summary>The peer answered with a status that is no success.</summary>
    public static Exception Status(PeerEndpoint peer, HttpResponseMessage response, string? problem)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture) + (problem is null ? "" : $" ({Printable.Shorten(problem, 256)})");
        return (int)response.StatusCode switch
        {
            429 or 503 => new PeerUnavailableException(SyncReasons.PeerOverloaded, $"{Name(peer)} asks us to wait: {status}.", Wait(response.Headers.RetryAfter)),
            401 or 403 => new PeerRefusedException(SyncReasons.PeerRefused, $"{Name(peer)} does not let us in: {status}. Ask its operator to add this operator's id and pin."),
            408 or >= 500 => Unavailable(peer, $"it answered {status}"),
            _ => new ProtocolViolationException($"{Name(peer)} answered {status} to {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}, which the protocol does not allow."),
        };
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, LongestWait.Ticks));
    }
}
