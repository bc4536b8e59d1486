using System.Security.Claims;
using Causality.ServiceDefaults.Control.Tokens;

namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>A token as the principal of a request.</summary>
internal static class TokenIdentity
{
    private const string HashClaim = "token-hash";

    public static ClaimsPrincipal Of(KnownToken token, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, token.Name), new Claim(HashClaim, Convert.ToHexStringLower(token.Hash)), .. token.Roles.Select(role => new Claim(ClaimTypes.Role, role))], scheme));

    /// <summary>The hash of the token that a session was begun with; empty when the cookie holds none.</summary>
    public static byte[] HashOf(ClaimsPrincipal principal) => principal.FindFirstValue(HashClaim) is { } text ? Convert.FromHexString(text) : [];

    /// <summary>The roles, in the order of <see cref="ControlPolicies.All"/>.</summary>
    public static IReadOnlyList<string> RolesOf(ClaimsPrincipal principal) => [.. ControlPolicies.All.Where(principal.IsInRole)];
}
