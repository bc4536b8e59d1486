namespace Causality.Contracts.Http.Control;

/// <summary>Who is asking.</summary>
public sealed record SessionInfo
{
    /// <summary>Name of the token; <c>local</c> for a user of this machine while no token exists; <c>bootstrap</c> for the token of the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do: <c>read</c>, <c>operate</c>, <c>append</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When the session of the browser ends; null without one.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
