namespace Causality.Standalone.Client;

/// <summary>What an operator answers when it cannot do what is asked (RFC 9457).</summary>
internal sealed record ProblemAnswer
{
    public string? Type { get; init; }

    public string? Detail { get; init; }

    public string? Field { get; init; }

    public int? Line { get; init; }
}
