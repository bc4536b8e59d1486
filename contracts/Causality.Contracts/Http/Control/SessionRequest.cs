namespace Causality.Contracts.Http.Control;

/// <summary>Begins a session of a browser.</summary>
public sealed record SessionRequest
{
    /// <summary>The text of a token with the role <c>read</c> or <c>operate</c>.</summary>
    public string? Token { get; init; }
}
