namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>Names of the authentication schemes.</summary>
internal static class ControlSchemes
{
    /// <summary>Chooses one of the others by what the request brings.</summary>
    public const string Any = "causality";

    /// <summary>A token in the header <c>Authorization</c>.</summary>
    public const string Token = "causality-token";

    /// <summary>A browser's cookie.</summary>
    public const string Session = "causality-session";

    /// <summary>A user of this machine, while no token exists.</summary>
    public const string Local = "causality-local";
}
