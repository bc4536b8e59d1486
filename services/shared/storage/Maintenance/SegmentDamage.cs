using Causality.Core;

namespace Causality.Storage.Maintenance;

/// <summary>A segment whose content is not what it must be.</summary>
/// <param name="Segment">The row.</param>
/// <param name="Kind">One of <see cref="DamageKinds"/>.</param>
/// <param name="Detail">The same for people: what was expected and what was found.</param>
public sealed record SegmentDamage(SegmentMetadata Segment, string Kind, string Detail)
{
    /// <summary>The peer whose copy of the same content took its place; null while it is damaged.</summary>
    public string? RepairedFrom { get; init; }

    /// <summary>Why it was not repaired; null when it was, or when nobody tried.</summary>
    public string? NotRepaired { get; init; }
}
