namespace Causality.ConflictResolver.Tests.Hosting;

/// <summary>What becomes of a sync of a <see cref="Federation"/>; the value is how often its resolver is told of it.</summary>
public enum Fate
{
    /// <summary>The process dies after the import, before anybody has looked for conflicts; another is started.</summary>
    Dies = 0,

    /// <summary>All is well.</summary>
    Ends = 1,

    /// <summary>Its command is delivered twice.</summary>
    Doubles = 2,
}
