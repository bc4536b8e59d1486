using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.Protocol.Wire;
using Causality.Scheduler.Syncs;

namespace Causality.Scheduler.Peers;

/// <summary>Checks a peer that somebody wants to add, and brings it into its one form.</summary>
internal static class PeerValidation
{
    public const int MaxPins = 2;

    /// <summary>The peer with a normalized address and lower-case pins.</summary>
    /// <exception cref="InvalidPeerException">Names the field at fault and what to do.</exception>
    public static PeerRequest Normalize(PeerRequest request, string ownId)
    {
        if (!OperatorId.IsValid(request.Id))
            throw new InvalidPeerException("id", $"'{Printable.Shorten(request.Id)}' is not an operator id: use 1 to {OperatorId.MaxLength} lower-case letters, digits and '-', beginning with a letter or digit.");
        if (request.Id == ownId)
            throw new InvalidPeerException("id", $"'{request.Id}' is this operator itself; a peer is another one.");
        if (SyncSettingsMerge.FindFault(request.Overrides) is { } fault)
            throw new InvalidPeerException("overrides", fault);

        return request with { Address = NormalizeAddress(request.Address), Pins = NormalizePins(request.Pins), Permissions = NormalizePermissions(request.Permissions), Scope = NormalizeScope(request.Scope) };
    }

    private static string NormalizeAddress(string? address)
    {
        if (string.IsNullOrEmpty(address))
            throw new InvalidPeerException("address", "it is missing; give the peer gateway's https://host:port.");
        if (!WebAddress.TryParse(address, out var uri) || uri!.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0)
            throw new PeerAddressRefusedException("it is not an https address; give the peer gateway's https://host:port.");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new PeerAddressRefusedException("user info, a query or a fragment has no place in a peer's address; give https://host:port.");

        var path = uri.AbsolutePath.TrimEnd('/');
        if (path.Length > 0 && path != "/sync")
            throw new PeerAddressRefusedException($"the path '{Printable.Shorten(path)}' is not expected; give https://host:port.");
        return uri.GetLeftPart(UriPartial.Authority);
    }

    private static List<string>? NormalizePermissions(IReadOnlyList<string>? permissions)
    {
        if (permissions?.FirstOrDefault(name => !PeerPermissionNames.All.Contains(name)) is { } strange)
            throw new InvalidPeerException("permissions", $"'{Printable.Shorten(strange)}' is no permission: use {string.Join(", ", PeerPermissionNames.All)}.");
        return permissions is null ? null : [.. PeerPermissionNames.All.Where(permissions.Contains)];
    }

    private static IReadOnlyList<string>? NormalizeScope(IReadOnlyList<string>? scope)
    {
        try
        {
            return scope is null or { Count: 0 } ? scope : SegmentScope.Of(scope).Prefixes;
        }
        catch (FormatException exception)
        {
            throw new InvalidPeerException("scope", exception.Message);
        }
    }

    private static string[] NormalizePins(IReadOnlyList<string>? pins)
    {
        if (pins is not { Count: >= 1 and <= MaxPins })
            throw new InvalidPeerException("pins", $"give 1 pin, or {MaxPins} during a key rotation; the peer's operator reads it from GET /v1/identity.");

        var normalized = new string[pins.Count];
        for (var i = 0; i < pins.Count; i++)
        {
            if (!ContentHash.TryParse(pins[i], out var pin))
                throw new InvalidPeerException($"pins[{i}]", $"'{Printable.Shorten(pins[i])}' is not a pin: 64 hexadecimal digits, the SHA-256 of the peer's public key.");
            normalized[i] = pin.ToString();
        }

        return normalized;
    }
}
