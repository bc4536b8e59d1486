namespace Causality.ConflictResolver.Ledger;

/// <summary>Who decided, or is waited for. Numbers are stored: never renumber.</summary>
public enum Decider
{
    /// <summary>A built-in strategy, by the settings.</summary>
    Policy = 0,

    /// <summary>A strategy of the operator's own in C#.</summary>
    Plugin = 1,

    /// <summary>A program that answers messages.</summary>
    Message = 2,

    /// <summary>A person.</summary>
    Person = 3,
}
