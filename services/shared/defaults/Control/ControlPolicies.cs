namespace Causality.ServiceDefaults.Control;

/// <summary>Names of the authorization policies. Every route declares one; a route without one answers nobody.</summary>
public static class ControlPolicies
{
    /// <summary>Look: state, history, the log. A token with the role <c>read</c> or <c>operate</c>.</summary>
    public const string Read = "read";

    /// <summary>Change what the operator does: peers, syncs, schedule, decisions, tokens. A token with the role <c>operate</c>.</summary>
    public const string Operate = "operate";

    /// <summary>Write entries to the log. A token with the role <c>append</c>.</summary>
    public const string Append = "append";

    /// <summary>What a route gets that declares nothing; nobody satisfies it.</summary>
    internal const string Undeclared = "undeclared";

    /// <summary>The policies that a route may declare; also the roles that a token may carry.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Operate, Append];
}
