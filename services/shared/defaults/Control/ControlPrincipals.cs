using System.Security.Claims;
using Causality.ServiceDefaults.Control.Authentication;

namespace Causality.ServiceDefaults.Control;

/// <summary>What a page wants to know of the one who looks at it.</summary>
public static class ControlPrincipals
{
    /// <summary>True when there is a session of a browser, which can be ended; false for a token in a header, and for a user of this machine.</summary>
    public static bool HasSession(this ClaimsPrincipal principal) => principal.Identity?.AuthenticationType == ControlSchemes.Session;

    /// <summary>True when the one may change what the operator does.</summary>
    public static bool MayOperate(this ClaimsPrincipal principal) => principal.IsInRole(ControlPolicies.Operate);
}
