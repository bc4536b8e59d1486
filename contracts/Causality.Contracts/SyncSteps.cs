namespace Causality.Contracts;

/// <summary>The steps of a sync, as messages name them.</summary>
public static class SyncSteps
{
    /// <summary>The <c>differ</c> finds out what differs.</summary>
    public const string Compare = "compare";

    /// <summary><c>transfer</c> moves it.</summary>
    public const string Transfer = "transfer";

    /// <summary>The <c>conflict-resolver</c> looks through it.</summary>
    public const string Resolve = "resolve";
}
